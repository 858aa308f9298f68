/** A picture's head: the statement that its sentence is about, whoever was asked to run something. */
import { describe, expect, it } from "vitest";
import type { SessionName } from "../../src/trace/ids.ts";
import { doingOf } from "../../src/views/pictures/doing.ts";
import { runSql } from "../fixtures/run_sql.ts";

const SETUP = ["CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 1), (2, 2)"];
const LINES = [
  "A: BEGIN",
  "A: UPDATE t SET v = 9 WHERE id = 1",
  "B: UPDATE t SET v = 8",
  "A: COMMIT",
];
const COMMIT = { session: "A" as SessionName, sql: "COMMIT" };

describe("the head of a picture", () => {
  it("names the statement that goes on, not the one that let it go on", () => {
    const { events, state } = runSql({ setup: SETUP, steps: LINES });
    const lastOf = (name: string) => events.findLast(({ session }) => session === name) ?? null;
    const commit = { session: "A", text: "COMMIT" };
    expect(doingOf(lastOf("B"), COMMIT, state)).toEqual({
      session: "B",
      text: "UPDATE t SET v = 8",
    });
    expect(doingOf(lastOf("A"), COMMIT, state)).toEqual(commit);
    expect(doingOf(null, COMMIT, state)).toEqual(commit);
    expect(doingOf(null, { advance: 2 }, state)).toEqual({ session: "", text: "+ 2 s" });
  });
});
