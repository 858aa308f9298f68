import { describe, expect, it } from "vitest";
import { sqlHead } from "../../src/views/session/shortened.ts";

describe("a statement on a card", () => {
  it("is there as a whole when a person may have typed it", () => {
    const sql = `SELECT * FROM t WHERE id IN (${Array.from({ length: 500 }, (_, at) => at)})`;
    expect(sqlHead(sql)).toEqual({ head: sql, left: 0 });
  });

  it("begins, and says how much is left, when it goes on for pages", () => {
    const sql = `INSERT INTO t VALUES ${"(1, 'row'), ".repeat(1000)}(2, 'last')`;
    const { head, left } = sqlHead(sql);
    expect(sql.startsWith(head)).toBe(true);
    expect(head.length + left).toBe(sql.length);
    expect(head.length).toBeLessThan(2100);
  });

  it("parts no letter that takes two places", () => {
    for (const before of ["", "x"]) {
      const { head } = sqlHead(before + "\u{1F600}".repeat(4000));
      expect([...head].every((letter) => letter === "x" || letter === "\u{1F600}")).toBe(true);
    }
  });
});
