import { expect, it } from "vitest";
import { intMapToArray } from "../../src/base/int_map.ts";
import { setsLaterLevel } from "../../src/trace/later_level.ts";
import { appended, emptyTimeline } from "../../src/trace/timeline.ts";
import { runSql } from "../fixtures/run_sql.ts";

/** The statements that set a level for later. */
function later(...steps: readonly string[]): readonly string[] {
  const { events, state } = runSql({ setup: ["CREATE TABLE t (id INT PRIMARY KEY)"], steps });
  const timeline = appended(emptyTimeline, events);
  return intMapToArray(state.statements)
    .filter((statement) => setsLaterLevel(timeline, statement))
    .map(({ sql }) => sql);
}

const LEVEL = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

it("a level that is set in a transaction is for the next one", () => {
  expect(later("A: BEGIN", `A: ${LEVEL}`)).toEqual([LEVEL]);
  const variable = "SET transaction_isolation = 'READ-COMMITTED'";
  expect(later("A: BEGIN", "A: SELECT * FROM t", `A: ${variable}`)).toEqual([variable]);
});

it("a level that is set where no transaction is open, or for all new sessions, is no such thing", () => {
  expect(later(`A: ${LEVEL}`, "B: BEGIN", `A: ${LEVEL}`)).toEqual([]);
  const global = "SET GLOBAL TRANSACTION ISOLATION LEVEL READ COMMITTED";
  expect(
    later("A: BEGIN", `A: ${global}`, "A: SET @@GLOBAL.transaction_isolation = DEFAULT"),
  ).toEqual([]);
});

it("is told by the session's level, not by the statement's words", () => {
  expect(later("A: BEGIN", "A: SET @note = 'transaction_isolation'")).toEqual([]);
  expect(later("A: BEGIN", `A: PREPARE s FROM '${LEVEL}'`, "A: EXECUTE s")).toEqual(["EXECUTE s"]);
});
