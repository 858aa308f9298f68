/** Which statements of an editor's text have been run, whatever comments they were sent with. */
import { describe, expect, it } from "vitest";
import { statementsOf } from "../../src/editor/statements.ts";
import type { StatementState } from "../../src/trace/state.ts";
import {
  alignedRuns,
  nextToRun,
  notRun,
  runsSoFar,
  withRunsElsewhere,
} from "../../src/views/session/progress.ts";

describe("what of a text has been run", () => {
  const sent = [
    "BEGIN",
    "SELECT 1 /* made up: why; not */",
    "/* first */ SELECT 2 # and\n",
    "SELECT /* within */ 3 -- last",
    "SELECT '-- no comment'",
    "SELECT 4;",
  ];
  const text =
    "BEGIN;\nSELECT 1 /* made up: why; not */;\n/* first */ SELECT 2 # and\n;\nSELECT /* within */ 3 -- last\n;\nSELECT '-- no comment';\nSELECT 4;\nSELECT 5;";
  const statements = statementsOf(text);
  const left = (runs: ReturnType<typeof alignedRuns>) =>
    notRun(statements, runs).map((one) => one.text);

  it("does not depend on comments before and after a statement", () => {
    const runs = alignedRuns(statements, sent);
    expect(runs.map((run) => run.nth)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(left(runs)).toEqual(["SELECT 5"]);
    const history = sent.map((sql) => ({ sql }) as StatementState);
    expect(runsSoFar(runs, text, history)).toEqual(runs);
    expect(left(withRunsElsewhere([], statements, sent, 0))).toEqual(["SELECT 5"]);
  });

  it("ends with what was run too early, when its turn comes", () => {
    const text = "BEGIN;\nSELECT 1;\nCOMMIT;";
    const all = statementsOf(text);
    const ok = { kind: "ok" };
    const nextAfter = (order: readonly number[]) => {
      const runs = order.map((at, nth) => ({ ...(all[at] as (typeof all)[number]), nth }));
      const history = runs.map((run) => ({ sql: run.text, outcome: ok }) as StatementState);
      return nextToRun(all, runs, history)?.text ?? null;
    };
    expect(nextAfter([2])).toBe("BEGIN");
    expect(nextAfter([2, 0])).toBe("SELECT 1");
    expect(nextAfter([2, 0, 1])).toBe("COMMIT");
    expect(nextAfter([0, 1, 2])).toBeNull();
  });

  it("depends on a comment within it, and on what the statement says", () => {
    const other = ["SELECT 3", "SELECT '-- no comment '", "SELECT 1 + 1 /* made up: why; not */"];
    expect(alignedRuns(statements, other)).toEqual([]);
  });
});
