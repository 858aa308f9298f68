/** Which statements of an editor's text have been run, whatever comments they were sent with. */
import { describe, expect, it } from "vitest";
import { statementsOf } from "../../src/editor/statements.ts";
import type { StatementState } from "../../src/trace/state.ts";
import {
  alignedRuns,
  editedSince,
  inTurn,
  nextToRun,
  notRun,
  runsSoFar,
  withRuns,
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

describe("a statement that was edited since it ran", () => {
  const sent = ["BEGIN", "SELECT 15", "SET @a = 1", "INSERT INTO t VALUES (1)"];
  const history = sent.map((sql) => ({ sql }));
  const edited = (text: string) => {
    const statements = statementsOf(text);
    return editedSince(statements, alignedRuns(statements, sent), history).map(
      ({ start, end, nth }) => [text.slice(start, end), nth],
    );
  };

  it("stands behind one that ran, where another of its kind did", () => {
    expect(edited("BEGIN;\nSELECT 25;")).toEqual([["SELECT 25", 1]]);
    expect(edited("BEGIN;\nSELECT 25;\nINSERT INTO t VALUES (1);")).toEqual([["SELECT 25", 1]]);
    expect(edited("BEGIN;\nSELECT 15;\nINSERT INTO t VALUES (1);")).toEqual([]);
  });

  it("is not one that was left out, nor one that is still to come", () => {
    expect(edited("BEGIN;\nDELETE FROM t;\nINSERT INTO t VALUES (1);")).toEqual([]);
    expect(edited(`${sent.join(";\n")};\nSELECT 9;`)).toEqual([]);
    expect(edited("SELECT 25;")).toEqual([]);
  });
});

describe("statements that ran out of turn", () => {
  const text = "CREATE TABLE t (id INT);\nBEGIN;\nINSERT INTO t VALUES (1);\nCOMMIT;";
  const all = statementsOf(text);
  /** After the statements of the text ran in this order. */
  const ranIn = (order: readonly number[]) => {
    let runs: ReturnType<typeof withRuns> = [];
    for (const [nth, at] of order.entries()) {
      runs = withRuns(runs, all, [all[at] as (typeof all)[number]], nth);
    }
    const history = order.map((at) => ({ sql: all[at]?.text ?? "" }));
    const standing = inTurn(runs, text, history);
    return {
      ran: standing.map(({ start }) => all.findIndex((one) => one.start === start)),
      edited: editedSince(all, standing, history),
    };
  };

  it("have no tick once what stands before them has run", () => {
    expect(ranIn([3]).ran).toEqual([3]);
    expect(ranIn([3, 0, 1, 2]).ran).toEqual([0, 1, 2]);
    expect(ranIn([3, 0, 1, 2, 3]).ran).toEqual([0, 1, 2, 3]);
  });

  it("keep theirs when one is run a second time", () => {
    expect(ranIn([0, 1, 2, 1]).ran).toEqual([0, 1, 2]);
    expect(ranIn([0, 1, 2, 3, 3]).ran).toEqual([0, 1, 2, 3]);
    expect(ranIn([0, 1, 2, 3, 2]).ran).toEqual([0, 1, 2]);
    expect(ranIn([0, 1, 2, 3, 0]).ran).toEqual([0]);
  });

  it("are not called edited: they ran as they stand", () => {
    expect(ranIn([3, 0, 1, 2]).edited).toEqual([]);
    expect(ranIn([0, 1, 2, 3, 0]).edited).toEqual([]);
    expect(ranIn([3, 0, 1, 2, 3, 3]).edited).toEqual([]);
  });
});
