/** Bad data in statements that change rows; what the server says was asked of a real 9.7.4. */
import { describe, expect, test } from "vitest";
import { Script } from "../script.ts";

const SETUP = [
  "CREATE TABLE t (id INT PRIMARY KEY, i INT, d DECIMAL(10,2), f DOUBLE, s DATE, c TIME, e ENUM('a','b'))",
  "INSERT INTO t VALUES (1, 10, 10.00, 1, '2026-01-01', '10:00', 'a')",
];

/** What each statement came to, and what SHOW WARNINGS says then. */
function told(...statements: readonly string[]): string[] {
  const script = new Script(SETUP);
  return statements.map((sql) => `${script.run(`A: ${sql}`)} / ${script.run("A: SHOW WARNINGS")}`);
}

describe("strict mode", () => {
  test("a division by zero that would be stored is an error", () => {
    expect(told("INSERT INTO t (id, d) VALUES (2, 1/0)", "UPDATE t SET i = i % 0")).toEqual([
      "ERROR 1365 / Error 1365 Division by 0",
      "ERROR 1365 / Error 1365 Division by 0",
    ]);
  });

  test("a condition of UPDATE or DELETE that cannot be converted is an error, of SELECT a warning", () => {
    expect(
      told(
        "DELETE FROM t WHERE i = '12abc'",
        "UPDATE t SET i = 1 WHERE d = 'x'",
        "SELECT id FROM t WHERE i = '12abc'",
        "DELETE IGNORE FROM t WHERE i = '12abc'",
      ),
    ).toEqual([
      "ERROR 1292 / Error 1292 Truncated incorrect DOUBLE value: '12abc'",
      "ERROR 1292 / Error 1292 Truncated incorrect DECIMAL value: 'x'",
      " / Warning 1292 Truncated incorrect DOUBLE value: '12abc'",
      "ok / Warning 1292 Truncated incorrect DOUBLE value: '12abc'",
    ]);
  });

  test("each kind of column has its own words for a bad text", () => {
    expect(
      told(
        "UPDATE t SET i = '12.34abc'",
        "UPDATE t SET d = '12.34abc'",
        "UPDATE t SET f = '12.34abc'",
        "UPDATE t SET s = '2026-02-30'",
        "UPDATE t SET c = '10:70'",
        "UPDATE t SET e = 'z'",
      ),
    ).toEqual([
      "ERROR 1265 / Error 1265 Data truncated for column 'i' at row 1",
      "ERROR 1366 / Error 1366 Incorrect decimal value: '12.34abc' for column 'd' at row 1",
      "ERROR 1366 / Error 1366 Incorrect DOUBLE value: '12.34abc' for column 'f' at row 1",
      "ERROR 1292 / Error 1292 Incorrect date value: '2026-02-30' for column 's' at row 1",
      "ERROR 1292 / Error 1292 Incorrect time value: '10:70' for column 'c' at row 1",
      "ERROR 1265 / Error 1265 Data truncated for column 'e' at row 1",
    ]);
  });

  test("out of range is told before what is left over", () => {
    expect(told("UPDATE t SET i = '99999999999x'")).toEqual([
      "ERROR 1264 / Error 1264 Out of range value for column 'i' at row 1",
    ]);
  });

  test("IGNORE stores the nearest value and warns", () => {
    expect(
      told(
        "UPDATE IGNORE t SET s = '2026-02-30'",
        "UPDATE IGNORE t SET s = 'x'",
        "UPDATE IGNORE t SET c = '900:00'",
        "SELECT s, c FROM t",
      ),
    ).toEqual([
      "ok 1 / Warning 1264 Out of range value for column 's' at row 1",
      "ok / Warning 1265 Data truncated for column 's' at row 1",
      "ok 1 / Warning 1264 Out of range value for column 'c' at row 1",
      "0000-00-00 838:59:59 / ",
    ]);
  });
});
