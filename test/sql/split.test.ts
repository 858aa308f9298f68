/** A script cut into statements, and the statement a caret means. */
import { describe, expect, it } from "vitest";
import { splitStatements, statementAt } from "../../src/sql/split.ts";

const texts = (script: string): readonly string[] =>
  splitStatements(script).map(({ text }) => text);

describe("a script is cut", () => {
  it("at semicolons, which belong to no statement", () => {
    expect(texts("BEGIN; SELECT 1;;\n ; COMMIT")).toEqual(["BEGIN", "SELECT 1", "COMMIT"]);
    expect(texts(" \n;; ")).toEqual([]);
  });

  it("at the mysql client's \\g and \\G, too, but not inside strings", () => {
    expect(texts("SHOW ENGINE INNODB STATUS\\G\nSELECT '\\\\G'\\g")).toEqual([
      "SHOW ENGINE INNODB STATUS",
      "SELECT '\\\\G'",
    ]);
  });

  it("not at semicolons within the body of a procedure or trigger, with and without DELIMITER", () => {
    const procedures = [
      "create procedure p() begin declare i int; set i = if(i > 1, 2, 3); if i then set i = case when i then 1 else 2 end; end if; end",
      "CREATE PROCEDURE IF NOT EXISTS p(n INT) COMMENT ';' l: WHILE n > 0 DO SET n = n - 1; LEAVE l; END WHILE l",
      "CREATE DEFINER = root@localhost PROCEDURE p(n INT) IF n = 1 THEN SELECT REPEAT('x', 2); ELSE LOOP SELECT 2; END LOOP; END IF",
      "CREATE PROCEDURE p() REPEAT SELECT 1; CASE 1 WHEN 1 THEN SELECT 1; END CASE; UNTIL TRUE END REPEAT",
      "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW BEGIN SET NEW.a = 1; /* end; */ SET NEW.b = 2; END",
      "CREATE PROCEDURE p() SELECT 1",
    ];
    expect(texts(`${procedures.join(";\n")};\nSELECT 1`)).toEqual([...procedures, "SELECT 1"]);
    const delimited = procedures.map((text) => `${text} //`).join("\n");
    expect(texts(`DELIMITER //\n${delimited}\nDELIMITER ;\nSELECT 1; SELECT 2`)).toEqual([
      ...procedures,
      "SELECT 1",
      "SELECT 2",
    ]);
  });

  it("not at semicolons in strings, quoted names and comments", () => {
    expect(texts("SELECT ';', \"a;b\", `c;d`, 'it''s;', '\\';'; SELECT 2")).toEqual([
      "SELECT ';', \"a;b\", `c;d`, 'it''s;', '\\';'",
      "SELECT 2",
    ]);
    expect(texts("SELECT 1 /* ; */ + 1 -- ;\n; # ;\nSELECT 2")).toEqual([
      "SELECT 1 /* ; */ + 1",
      "SELECT 2",
    ]);
  });

  it("without the comments around a statement, but with versioned ones", () => {
    expect(texts("-- first\nSELECT 1 /* end */; /*!80000 SELECT 2; */;")).toEqual([
      "SELECT 1",
      "/*!80000 SELECT 2; */",
    ]);
  });

  it("-- without a blank is no comment", () =>
    expect(texts("SELECT 1--2;3")).toEqual(["SELECT 1--2", "3"]));

  it("also when it is broken: what is not closed goes on to the end", () => {
    expect(texts("SELEC 1; SELECT 'a; SELECT 2")).toEqual(["SELEC 1", "SELECT 'a; SELECT 2"]);
    expect(texts("SELECT 1; /* a; b")).toEqual(["SELECT 1", "/* a; b"]);
  });

  it("with offsets and lines", () => {
    expect(splitStatements("BEGIN;\n\n  SELECT\n1; X")).toEqual([
      { text: "BEGIN", start: 0, end: 5, line: 1 },
      { text: "SELECT\n1", start: 10, end: 18, line: 3 },
      { text: "X", start: 20, end: 21, line: 4 },
    ]);
  });
});

describe("the caret means", () => {
  const script = "BEGIN; SELECT 1;\n\n-- next\nCOMMIT; \n";
  const at = (offset: number): string | undefined => statementAt(script, offset)?.text;

  it("the statement it stands in or touches", () => {
    expect([at(0), at(5), at(7), at(15)]).toEqual(["BEGIN", "BEGIN", "SELECT 1", "SELECT 1"]);
  });

  it("the one before it on its line", () => {
    expect([at(6), at(16), at(script.indexOf(" \n"))]).toEqual(["BEGIN", "SELECT 1", "COMMIT"]);
  });

  it("the next one from a line of its own, and at the end the last", () => {
    expect([at(17), at(20), at(script.length)]).toEqual(["COMMIT", "COMMIT", "COMMIT"]);
    expect(statementAt("  ", 1)).toBeNull();
  });
});
