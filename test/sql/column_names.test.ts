/** The names of result columns, as MySQL 9.7.4 gives them (the client asks for IGNORE_SPACE). */
import { describe, expect, it } from "vitest";
import { block } from "./helpers.ts";

function names(list: string): readonly string[] {
  return block(`SELECT ${list} FROM t`).items.map((item) =>
    item.kind === "selectStar" ? "*" : item.columnName,
  );
}

describe("a result column is named after", () => {
  it.each([
    ["COUNT(*), count( * )", ["COUNT(*)", "count( * )"]],
    ["1 + 1, ( 1 + 1 ), 1+/*x*/2", ["1 + 1", "( 1 + 1 )", "1+/*x*/2"]],
    ["A, t.b, db.t.c, (d), `e f`, 姓名", ["A", "b", "c", "d", "e f", "姓名"]],
    ["1 AS x, 2 y, 3 'z w', 4 AS \"v\"", ["x", "y", "z w", "v"]],
    ["'a' 'b', (\"c\"), N'd', _utf8mb4 'e' 'f', ' g', ''", ["a", "c", "d", "e", "g", ""]],
    [
      "1, (2), 0001, 1.50, 1e3, nUll, (null), +1",
      ["1", "2", "0001", "1.50", "1e3", "NULL", "NULL", "1"],
    ],
    ["true, (TRUE), 0x41, (x'41'), -1, - 1", ["true", "(TRUE)", "0x41", "(x'41')", "-1", "- 1"]],
    ["@a, @@autocommit, NOW(), (SELECT 1), 1", ["@a", "@@autocommit", "NOW()", "(SELECT 1)", "1"]],
    ["a+b, a+b , -a", ["a+b", "a+b ", "-a "]],
  ])("%s", (list, expected) => expect(names(list)).toEqual(expected));

  it("at most 255 characters", () => {
    expect(names(`'${"很".repeat(300)}'`)).toEqual(["很".repeat(255)]);
  });

  it("keeps the exact source apart", () => {
    expect(block("SELECT  a + b  AS c FROM t").items[0]).toMatchObject({ text: "a + b" });
  });
});
