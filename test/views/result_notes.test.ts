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
  expect(resultNote(TREE, "", "en")?.text).toContain("FORMAT=TRADITIONAL");
  expect(resultNote(TREE, "", "zh")?.text).toContain("FORMAT=TRADITIONAL");
});

it("what is not simulated and what is ignored are named; nothing else has a remark", () => {
  const error = { kind: "error", errno: 1235, sqlState: "42000", message: "" } as const;
  expect(resultNote({ ...error, notSimulated: "JSON" }, "", "en")?.text).toContain("JSON");
  expect(resultNote({ ...OK, ignored: ["mrr=off"] }, "", "zh")?.text).toContain("mrr=off");
  for (const outcome of [null, OK, error, { ...TREE, rows: [["1"]] }])
    expect(resultNote(outcome, "", "en")).toBeNull();
});

it("full-width punctuation, and a LIMIT behind FOR UPDATE, are named where they made the error", () => {
  const error = { kind: "error", errno: 1054, sqlState: "42S22", message: "" } as const;
  const said = (sql: string) => resultNote(error, sql, "zh")?.text ?? null;
  expect(said("select * from t where id=1；")).toContain("的符号：[ ； ] 请");
  expect(said("select * from t where a = ‘x’")).toContain("[ ‘ ] [ ’ ]");
  expect(said("select '；' from t -- ；")).toBeNull();
  expect(said("SELECT\u3000*\u3000FROM t WHERE id = １")).toContain("[ 空格 ] [ １ ]");
  expect(said("select 名字 from 表")).toBeNull();
  const refused = { ...error, errno: 1064 };
  const late = "SELECT * FROM t FOR UPDATE SKIP LOCKED LIMIT 1";
  expect(resultNote(refused, late, "en")?.text).toContain("LIMIT stands before FOR UPDATE");
  expect(resultNote({ ...error, errno: 1205 }, late, "en")).toBeNull();
});
