/** What a person sees after a mistake; each text was seen on MySQL 9.7.4. */
import { describe, expect, it } from "vitest";
import { parseStatement } from "../../src/sql/parser.ts";
import { near } from "./helpers.ts";

describe("the text after near", () => {
  it.each([
    ["CREATE TABEL t (a int)", "'TABEL t (a int)' 1"],
    ["ROLLBACK TO SAVEPOINT", "'' 1"],
    ["SELECT * FORM t", "'FORM t' 1"],
    ["SELECT * FROM t WHERE", "'' 1"],
    ["SELECT * FROM t WHERE id = FOR UPDATE", "'FOR UPDATE' 1"],
    ["SELEC 1", "'SELEC 1' 1"],
    ["START TRANSACTION READ ONLY, READ WRITE", "'' 1"],
    ["COMMIT AND CHAIN RELEASE", "'RELEASE' 1"],
    ["BEGIN TRANSACTION", "'TRANSACTION' 1"],
    ["SET TRANSACTION ISOLATION LEVEL SNAPSHOT", "'SNAPSHOT' 1"],
    ["SET @a=1, TRANSACTION READ ONLY", "'READ ONLY' 1"],
    ["SET completion_type = RELEASE", "'RELEASE' 1"],
    ["LOCK TABLES t LOW_PRIORITY WRITE", "'LOW_PRIORITY WRITE' 1"],
    ["INSERT INTO t VALUES (1,)", "')' 1"],
    ["UPDATE t WHERE a=1 SET b=1", "'WHERE a=1 SET b=1' 1"],
    ["DELETE * FROM t", "'* FROM t' 1"],
    ["CREATE TABLE t (id int,)", "')' 1"],
    ["SELECT 1; SELECT 2", "'SELECT 2' 1"],
    ["SELECT 1 = NOT 1", "'NOT 1' 1"],
    ["SELECT 1 LIKE 2 LIKE 3", "'LIKE 3' 1"],
    ["SELECT a <=> ALL (SELECT 1)", "'<=> ALL (SELECT 1)' 1"],
    ["SELECT ?", "'?' 1"],
    ["SELECT *, *", "'*' 1"],
    ["SELECT a FROM t LEFT JOIN u JOIN v ON x", "'' 1"],
  ])("%s", (sql, expected) => expect(near(sql)).toBe(expected));

  it("begins at the opening quote, backquote or comment that is never closed", () => {
    expect(near("SELECT 'abc")).toBe("''abc' 1");
    expect(near('SELECT "abc')).toBe("'\"abc' 1");
    expect(near("SELECT `abc")).toBe("'`abc' 1");
    expect(near("SELECT 1 /* abc")).toBe("'/* abc' 1");
    expect(near("SELECT /*!80000 1 ")).toBe("'' 1");
  });

  it("is cut after 80 bytes of UTF-8, never within a character", () => {
    expect(near(`SELECT FROM ${"a".repeat(200)}`)).toBe(`'FROM ${"a".repeat(75)}' 1`);
    expect(near(`SELECT FROM ${"长".repeat(200)}`)).toBe(`'FROM ${"长".repeat(25)}' 1`);
    expect(near(`SELECT FROM ${"😀".repeat(200)}`)).toBe(`'FROM ${"😀".repeat(18)}' 1`);
  });

  it("leaves out semicolons and white space at the end", () => {
    expect(near("SELECT FROM t ; ;\n ")).toBe("'FROM t' 1");
    expect(near("SELECT ;")).toBe("'' 1");
  });
});

describe("the line", () => {
  it("is counted from the statement's first character, in strings and comments too", () => {
    expect(near("\n\nSELECT\nFROM t")).toBe("'FROM t' 2");
    expect(near("SELECT /* \n\n */ FROM t")).toBe("'FROM t' 3");
    expect(near("SELECT 'a\nb'\nFROM")).toBe("'' 3");
  });
});

describe("other errors of the grammar", () => {
  it.each([
    ["", "1065 42000 Query was empty"],
    [" ;\n; ", "1065 42000 Query was empty"],
    ["SELECT 1 FROM (SELECT 2)", "1248 42000 Every derived table must have its own alias"],
    ["SELECT 1 LIMIT x", "1327 42000 Undeclared variable: x"],
    ["SELECT ALL DISTINCT 1", "1221 HY000 Incorrect usage of ALL and DISTINCT"],
    ["SELECT 1e999 FROM", "1367 22007 Illegal double '1e999' value found during parsing"],
    ["SELECT f(1 x)", "1583 42000 Incorrect parameters in the call to native function 'f'"],
    ["ALTER TABLE t ALGORITHM=x", "1800 HY000 Unknown ALGORITHM 'x'"],
    ["ALTER TABLE t LOCK=x", "1801 HY000 Unknown LOCK type 'x'"],
    [
      "SELECT 1 INTO @x UNION SELECT 2",
      "3954 HY000 Misplaced INTO clause, INTO is not allowed inside subqueries, and must be placed at end of UNION clauses.",
    ],
    ["FLUSH TABLES FOR EXPORT", "1064 42000 No tables used near 'FOR EXPORT' at line 1"],
  ])("%s", (sql, expected) => expect(full(sql)).toBe(expected));

  it("an error that waits for the end gives way to a syntax error", () => {
    expect(near("SELECT 1 LIMIT x FROM t")).toBe("'FROM t' 1");
  });
});

it("the offset is where the offending token begins", () => {
  const result = parseStatement("SELECT *\nFORM t");
  expect(result).toMatchObject({ ok: false, error: { offset: 9, line: 2 } });
});

it("`?` is a parameter where it is asked for", () => {
  const result = parseStatement("SELECT ?, ?", { parameters: true });
  expect(JSON.stringify(result)).toContain('"index":1');
});

function full(sql: string): string {
  const result = parseStatement(sql);
  if (result.ok) return "ok";
  const { errno, sqlState, message } = result.error;
  return `${errno} ${sqlState} ${message}`;
}
