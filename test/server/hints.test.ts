/** Optimizer hints: which ones count is in the recordings (`hints`); here, what their text may look like. */
import { expect, it } from "vitest";
import { parseStatement } from "../../src/sql/parser.ts";
import { Script } from "./script.ts";

function hintsOf(sql: string): unknown {
  const parsed = parseStatement(sql);
  if (!parsed.ok || parsed.statement.kind !== "select") throw new Error("no query");
  const { body } = parsed.statement.query;
  return body.kind === "querySpecification" ? body.hints : null;
}

it("a comment is a list of hints right behind SELECT, and nowhere else", () => {
  expect(hintsOf("SELECT /*+ NO_ICP(t) */ 1")).toMatchObject({
    hints: [{ kind: "keys", name: "ICP", isOn: false, table: { name: "t" }, keys: [] }],
    complaint: null,
  });
  expect(hintsOf("SELECT DISTINCT /*+ NO_ICP(t) */ 1")).toBe(null);
  expect(hintsOf("SELECT /* + NO_ICP(t) */ 1")).toBe(null);
});

it("names may be quoted, and a block stands before or behind its table", () => {
  expect(hintsOf("SELECT/*+ index(@q `t t` a, `b`) join_order(x@q, y) */ 1")).toMatchObject({
    hints: [
      { name: "INDEX", table: { name: "t t", block: "q" }, keys: ["a", "b"] },
      {
        name: "JOIN_ORDER",
        tables: [
          { name: "x", block: "q" },
          { name: "y", block: null },
        ],
      },
    ],
  });
});

it("what cannot be read ends the list and is a warning", () => {
  expect(hintsOf("SELECT /*+ NO_ICP(t)\nFOO(t) MRR(t) */ 1")).toMatchObject({
    hints: [{ name: "ICP" }],
    complaint: "Optimizer hint syntax error near 'FOO(t) MRR(t) */ 1' at line 2",
  });
});

it("SET_VAR ends with its statement, be it refused", () => {
  const script = new Script();
  const hinted = "A: SELECT /*+ SET_VAR(sort_buffer_size = 64K) */";
  expect(
    script.runAll(
      `${hinted} @@sort_buffer_size`,
      `${hinted} nothing`,
      "A: SELECT @@sort_buffer_size",
    ),
  ).toEqual(["65536", "ERROR 1054", "262144"]);
});
