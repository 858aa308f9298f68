/** Stored functions: called in expressions, run within the statement that calls them. */
import { describe, expect, it } from "vitest";
import { Script } from "../script.ts";

const SETUP = [
  "CREATE TABLE t (id INT PRIMARY KEY, a INT)",
  "INSERT INTO t VALUES (1,10),(2,20)",
  "CREATE TABLE u (id INT PRIMARY KEY, a INT)",
];

describe("a stored function", () => {
  it("stands wherever an expression does, and converts what it is given and what it gives", () => {
    const script = new Script(SETUP);
    expect(
      script.runAll(
        "A: CREATE FUNCTION f(x INT, y INT) RETURNS DECIMAL(5,1) DETERMINISTIC RETURN x + y / 2",
        "A: SELECT f(id, a), sim.f('1', NULL) FROM t WHERE f(id, 0) = 2 ORDER BY f(1, 1)",
        "A: SELECT SUM(f(id, a)), f(COUNT(*), 1) FROM t",
        "A: UPDATE t SET a = f(a, 1) WHERE id = f(1, 0)",
        "A: SELECT a FROM t WHERE id = 1",
        "A: SELECT f(1)",
        "A: SELECT f('x', 1)",
        "A: DROP FUNCTION f",
        "A: SELECT f(1, 2)",
      ),
    ).toEqual([
      "ok",
      "12.0 NULL",
      "18.0 2.5",
      "ok 1",
      "11",
      "ERROR 1318",
      "ERROR 1366",
      "ok",
      "ERROR 1305",
    ]);
  });

  it("has its tables and those of what it calls opened with the statement", () => {
    const script = new Script([
      ...SETUP,
      "CREATE FUNCTION inner1() RETURNS INT RETURN (SELECT COUNT(*) FROM u)",
      "CREATE FUNCTION outer1() RETURNS INT BEGIN DECLARE n INT; SET n = inner1(); RETURN n; END",
      "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET NEW.a = outer1()",
    ]);
    script.runAll("A: BEGIN", "A: INSERT INTO t VALUES (3, 0)");
    expect(script.mdl).toEqual([
      "A FUNCTION inner1 SHARED TRANSACTION GRANTED",
      "A FUNCTION outer1 SHARED TRANSACTION GRANTED",
      "A TABLE t SHARED_WRITE TRANSACTION GRANTED",
      "A TABLE u SHARED_READ TRANSACTION GRANTED",
    ]);
    expect(script.run("B: DROP FUNCTION inner1")).toBe("waits");
    expect(script.run("A: COMMIT")).toBe("ok ; B: ok");
  });

  it("changes rows as a part of the statement, all of it or nothing, and waits within it", () => {
    const script = new Script([
      ...SETUP,
      "CREATE FUNCTION put(k INT) RETURNS INT BEGIN INSERT INTO u VALUES (k, k); RETURN k; END",
    ]);
    expect(
      script.runAll(
        "A: SELECT put(id) FROM t",
        "A: BEGIN",
        "A: SELECT put(4 - id) FROM t",
        "A: SELECT COUNT(*) FROM u",
        "B: SELECT put(2)",
        "B: SELECT put(5)",
        "A: ROLLBACK",
      ),
    ).toEqual(["1 | 2", "ok", "ERROR 1062", "2", "ERROR 1062", "waits", "ok ; B: 5"]);
  });

  it("locks what it reads for anything but a SELECT", () => {
    const script = new Script([
      ...SETUP,
      "CREATE FUNCTION total() RETURNS INT RETURN (SELECT SUM(a) FROM t WHERE id = 1)",
    ]);
    script.runAll("A: BEGIN", "A: SELECT total()");
    expect(script.locks).toEqual([]);
    script.run("A: SET @a = total()");
    expect(script.locks).toEqual(["A t IS GRANTED", "A t.PRIMARY S,REC_NOT_GAP GRANTED @ 1"]);
  });

  it("may not end transactions, give rows, call itself or change the statement's tables", () => {
    const script = new Script(SETUP);
    const create = (body: string, name = "g") =>
      script.run(`A: CREATE FUNCTION ${name}() RETURNS INT ${body}`);
    expect(create("BEGIN COMMIT; RETURN 1; END")).toBe("ERROR 1422");
    expect(create("BEGIN SELECT 1; RETURN 1; END")).toBe("ERROR 1415");
    expect(create("BEGIN PREPARE s FROM 'SELECT 1'; RETURN 1; END")).toBe("ERROR 1336");
    expect(create("BEGIN END")).toBe("ERROR 1320");
    expect(script.run("A: CREATE PROCEDURE p() RETURN 1")).toBe("ERROR 1313");
    create("RETURN g()");
    expect(script.run("A: SELECT g()")).toBe("ERROR 1424");
    create("IF FALSE THEN RETURN 1; END IF", "h");
    expect(script.run("A: SELECT h()")).toBe("ERROR 1321");
    create("BEGIN DELETE FROM t; RETURN 1; END", "d");
    expect(script.runAll("A: SELECT d() FROM t", "A: SELECT d() FROM u, (SELECT 1) x")).toEqual([
      "ERROR 1442",
      "",
    ]);
    script.runAll("A: LOCK TABLES u READ");
    expect(script.run("A: SELECT d()")).toBe("ERROR 1100");
  });
});
