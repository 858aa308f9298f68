import { expect, it } from "vitest";
import { explain } from "../../src/trace/explain.ts";
import { outcomesAt } from "../../src/trace/outcomes.ts";
import { appended, emptyTimeline } from "../../src/trace/timeline.ts";
import { runSql } from "../fixtures/run_sql.ts";

const SETUP = ["CREATE TABLE t (id INT PRIMARY KEY, v INT)", "INSERT INTO t VALUES (1, 1)"];

function told(steps: readonly string[], back = 0): readonly string[] {
  const { events } = runSql({ setup: SETUP, steps });
  const timeline = appended(emptyTimeline, events);
  return outcomesAt(timeline, timeline.length - back).map((event) => explain(event, "en"));
}

const WAIT = [
  "A: BEGIN",
  "A: UPDATE t SET v = 2 WHERE id = 1",
  "B: UPDATE t SET v = 3 WHERE id = 1",
];

it("a command that lets another session go on came to both, whatever purge does behind", () => {
  expect(told([...WAIT, "A: COMMIT"])).toEqual([
    "A is done: 0 rows affected.",
    "B is done: 1 row affected.",
  ]);
});

it("a statement that waits came to its wait, one that has waited to its end", () => {
  expect(told(WAIT)).toEqual([expect.stringMatching(/^B WAITS for the record lock/)]);
  expect(told([...WAIT, "+50"]).join()).toMatch(/^B fails.*1205|^B.*1205/);
});

it("within a command, and where it came to nothing, nothing is told", () => {
  expect(told([...WAIT, "A: COMMIT"], 1)).toEqual([]);
  expect(told(["A: BEGIN", "+5"])).toEqual([]);
});
