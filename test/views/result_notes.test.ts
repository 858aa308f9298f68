/** What could mislead has a remark under it. */
import { expect, it } from "vitest";
import type { Outcome } from "../../src/trace/state.ts";
import { resultNote } from "../../src/views/session/result_notes.ts";

const OK = { kind: "ok", affected: 0, info: "", warnings: 0, insertId: 0 } as const;
const TREE: Outcome = {
  kind: "rows",
  columns: ["EXPLAIN"],
  rows: [["<not executable by iterator executor>\n"]],
  warnings: 0,
};

it("a plan that is no tree leads to the traditional format", () => {
  expect(resultNote(TREE, "en")?.text).toContain("FORMAT=TRADITIONAL");
  expect(resultNote(TREE, "zh")?.text).toContain("FORMAT=TRADITIONAL");
});

it("what is not simulated and what is ignored are named; nothing else has a remark", () => {
  const error = { kind: "error", errno: 1235, sqlState: "42000", message: "" } as const;
  expect(resultNote({ ...error, notSimulated: "JSON" }, "en")?.text).toContain("JSON");
  expect(resultNote({ ...OK, ignored: ["mrr=off"] }, "zh")?.text).toContain("mrr=off");
  for (const outcome of [null, OK, error, { ...TREE, rows: [["1"]] }])
    expect(resultNote(outcome, "en")).toBeNull();
});
