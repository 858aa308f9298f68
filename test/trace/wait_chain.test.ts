/** Where the one in the way waits itself, the whole chain is told: who has to go first, and what. */
import { describe, expect, it } from "vitest";
import type { TraceEvent } from "../../src/trace/events.ts";
import { waitChains } from "../../src/trace/why/wait_chain.ts";
import { why } from "../../src/trace/why/why.ts";
import { runSql } from "../fixtures/run_sql.ts";

const SETUP = ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1), (2), (3)"];
const remove = (id: number) => `DELETE FROM t WHERE id = ${id}`;
/** B waits for A. */
const TWO = ["A: BEGIN", `A: ${remove(1)}`, "B: BEGIN", `B: ${remove(2)}`, `B: ${remove(1)}`];
const THREE = [...TWO, `C: ${remove(2)}`];

/** The answer to what the last statement waits for. */
function told(steps: readonly string[], language: "en" | "zh" = "en"): readonly string[] {
  const { events, state } = runSql({ setup: SETUP, steps });
  const isWait = (event: TraceEvent) => event.type === "statement.waiting";
  const wait = events.findLast(isWait);
  if (wait === undefined) throw new Error("nobody waits");
  return why(wait, state, language, (seq) => events[seq] ?? null)?.rule ?? [];
}

describe("a chain of waits", () => {
  it("comes before the rule, with what has to happen first", () => {
    expect(told(THREE)[0]).toBe(
      "C waits for B and B for A: first COMMIT or ROLLBACK in A, then B goes on, then C.",
    );
    expect(told(THREE, "zh")[0]).toBe(
      "C 等 B，B 等 A：首先要 A 里执行 COMMIT 或 ROLLBACK，然后依次轮到 B、C 继续。",
    );
    expect(told(TWO).join()).not.toContain("first COMMIT");
  });

  it("tells of KILL QUERY only where nothing but requests is in the way", () => {
    expect(told(THREE).join()).not.toContain("KILL QUERY");
    const share = "SELECT * FROM t WHERE id = 1 FOR SHARE";
    const queued = ["A: BEGIN", `A: ${share}`, `B: ${remove(1)}`, `C: ${share}`];
    expect(told(queued).at(-1)).toBe("KILL QUERY of B lets C go on without it.");
    expect(told(queued)[0]).toContain("C waits for B and B for A");
  });

  it("is told of the last of four through all of them, and once of all waits", () => {
    const steps = [...THREE, `D: ${remove(2)}`];
    expect(told(steps)[0]).toContain("D waits for B and B for A");
    const { state } = runSql({ setup: SETUP, steps });
    const said = waitChains(state).map(({ sessions }) => sessions.join(""));
    expect(said).toEqual(["CBA", "DBA"]);
    expect(waitChains(runSql({ setup: SETUP, steps: TWO }).state)).toEqual([]);
  });
});

it("a wait for metadata locks names the ways out by KILL, with the connections' ids", () => {
  const steps = ["A: BEGIN", "A: SELECT * FROM t", "B: ALTER TABLE t ADD v INT"];
  const alone = told(steps).join(" ");
  expect(alone).toMatch(/KILL \d+ closes A's connection, rolls back what is open there/);
  expect(alone).not.toContain("KILL QUERY");
  const { events, state } = runSql({ setup: SETUP, steps: [...steps, "C: SELECT * FROM t"] });
  const [alter] = events.filter(({ type }) => type === "mdl.waiting");
  if (alter === undefined) throw new Error("nobody waits");
  const said = why(alter, state, "en", (seq) => events[seq] ?? null)?.rule ?? [];
  expect(said.at(-1)).toMatch(/^KILL QUERY \d+ takes B's own request back: C goes on at once\.$/);
});

it("a wait that ran into its limit says how long it was", () => {
  const steps = [...TWO.slice(0, 2), `B: ${remove(1)}`, "+50"];
  const { events, state } = runSql({ setup: SETUP, steps });
  const end = events.findLast(({ type }) => type === "statement.ended");
  if (end === undefined) throw new Error("nothing ended");
  const said = why(end, state, "en", (seq) => events[seq] ?? null)?.rule ?? [];
  expect(said[0]).toBe("50 s ≥ innodb_lock_wait_timeout.");
});
