import { describe, expect, it } from "vitest";
import type { Outcome, ResultSet } from "../../src/trace/state.ts";
import { printedLines } from "../../src/views/embed/schedule.ts";

const set: ResultSet = { columns: ["a"], rows: [["1"]], printed: [1] };

describe("what an embed's schedule says became of a statement", () => {
  it("has the line about the rows beside them, where no bound cuts it off", () => {
    const { rows, line } = printedLines({ kind: "rows", ...set, warnings: 0 });
    expect(rows.split("\n")).toHaveLength(5);
    expect(line).toBe("1 row in set");
    expect(printedLines({ kind: "rows", ...set, rows: [], warnings: 1 })).toEqual({
      rows: "",
      line: "Empty set, 1 warning",
    });
  });

  it("has every result of a CALL, and the error that ended it", () => {
    const called: Outcome = {
      kind: "rows",
      ...set,
      rows: [],
      warnings: 0,
      call: { more: [set], affected: 0 },
    };
    const { rows, line } = printedLines(called);
    expect(rows).toMatch(/^1\/2\nEmpty set\n\n2\/2\n\+[\s\S]*1 row in set$/);
    expect(line).toBe("Query OK, 0 rows affected");
    const failed = {
      kind: "error",
      errno: 1064,
      sqlState: "42000",
      message: "near 'a\nb' at line 1",
    } as const;
    const error = "ERROR 1064 (42000): near 'a\nb' at line 1";
    expect(printedLines(failed)).toEqual({ rows: "", line: error });
    const before = printedLines({ ...failed, before: [set] });
    expect(before.rows).toContain("1 row in set");
    expect(before.line).toBe(error);
  });
});
