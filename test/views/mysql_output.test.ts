import { describe, expect, it } from "vitest";
import { cells, mysqlOutput } from "../../src/views/session/mysql_output.ts";

describe("results as the mysql client prints them", () => {
  it("a table: headers and text to the left, numbers and their NULLs to the right", () => {
    const outcome = {
      kind: "rows",
      columns: ["id", "name"],
      rows: [
        ["1", "关羽"],
        ["20", null],
        [null, "x"],
      ],
      printed: [1, 0],
      warnings: 0,
    } as const;
    expect(mysqlOutput(outcome, 0)).toBe(
      [
        "+------+------+",
        "| id   | name |",
        "+------+------+",
        "|    1 | 关羽 |",
        "|   20 | NULL |",
        "| NULL | x    |",
        "+------+------+",
        "3 rows in set (0.00 sec)",
      ].join("\n"),
    );
  });

  it("a table of a server that tells no types: what looks like a number goes to the right", () => {
    const outcome = {
      kind: "rows",
      columns: ["id", "at"],
      rows: [
        ["5", "2026-11-21"],
        ["-10", null],
      ],
      warnings: 0,
    } as const;
    expect(mysqlOutput(outcome, 0).split("\n").slice(3, 5)).toEqual([
      "|   5 | 2026-11-21 |",
      "| -10 | NULL       |",
    ]);
  });

  it("columns that may be NULL have room for it, and bytes are hexadecimal digits, as in the client of 9.7.4", () => {
    const outcome = {
      kind: "rows",
      columns: ["b", "vb", "k", "c"],
      rows: [["a\0\0", "b", "\x0a\xaa", "5"]],
      printed: [6, 6, 4, 3],
      warnings: 0,
    } as const;
    expect(mysqlOutput(outcome, 0).split("\n").slice(0, 5)).toEqual([
      "+------------+------------+--------+------+",
      "| b          | vb         | k      | c    |",
      "+------------+------------+--------+------+",
      "| 0x610000   | 0x62       | 0x0AAA |    5 |",
      "+------------+------------+--------+------+",
    ]);
    expect(mysqlOutput(outcome, 0, true).split("\n").slice(1, 4)).toEqual([
      " b: 0x610000",
      "vb: 0x62",
      " k: 0x0AAA",
    ]);
  });

  it("an empty set, one row, warnings", () => {
    const rows = { kind: "rows", columns: ["a"], rows: [], warnings: 0 } as const;
    expect(mysqlOutput(rows, 0)).toBe("Empty set (0.00 sec)");
    expect(mysqlOutput({ ...rows, rows: [["1"]], warnings: 2 }, 1500)).toContain(
      "1 row in set, 2 warnings (1.50 sec)",
    );
  });

  it("what was done, with the server's info on a line of its own", () => {
    const info = "Rows matched: 1  Changed: 1  Warnings: 0";
    const ok = { kind: "ok", affected: 1, info, warnings: 0, insertId: 0 } as const;
    expect(mysqlOutput(ok, 51_000)).toBe(`Query OK, 1 row affected (51.00 sec)\n${info}`);
    expect(mysqlOutput({ ...ok, affected: 0, info: "", warnings: 1 }, 61_000)).toBe(
      "Query OK, 0 rows affected, 1 warning (1 min 1.00 sec)",
    );
  });

  it("an error with number and state", () => {
    const message = "Duplicate entry '5' for key 't.PRIMARY'";
    expect(mysqlOutput({ kind: "error", errno: 1062, sqlState: "23000", message }, 0)).toBe(
      `ERROR 1062 (23000): ${message}`,
    );
  });

  it("counts Chinese characters as two cells", () => {
    expect(cells("abc")).toBe(3);
    expect(cells("关羽")).toBe(4);
    expect(cells("a，b")).toBe(4);
  });

  it("each result set of a CALL, and the OK behind them", () => {
    const outcome = {
      kind: "rows",
      columns: ["a"],
      rows: [["1"]],
      printed: [1],
      warnings: 0,
      call: { more: [{ columns: ["b"], rows: [], printed: [0] }], affected: 2 },
    } as const;
    const table = ["+---+", "| a |", "+---+", "| 1 |", "+---+", "1 row in set (0.00 sec)"];
    const end = ["", "Query OK, 2 rows affected (0.00 sec)"];
    expect(mysqlOutput(outcome, 0)).toBe(
      ["1/2", ...table, "", "2/2", "Empty set (0.00 sec)", ...end].join("\n"),
    );
  });

  it("what a CALL had handed out stands above its error", () => {
    const outcome = {
      kind: "error",
      errno: 1062,
      sqlState: "23000",
      message: "Duplicate entry",
      before: [{ columns: ["b"], rows: [] }],
    } as const;
    expect(mysqlOutput(outcome, 0)).toBe(
      "Empty set (0.00 sec)\n\nERROR 1062 (23000): Duplicate entry",
    );
  });
});
