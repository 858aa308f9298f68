/** HANDLER: its metadata lock, its cursor, and what takes both away. */
import { describe, expect, it } from "vitest";
import { Script } from "../script.ts";

const SETUP = [
  "CREATE TABLE t (id INT PRIMARY KEY, a INT, KEY a (a))",
  "INSERT INTO t VALUES (1,30),(2,20),(3,10)",
  "CREATE TABLE u (id INT)",
];

describe("a handler", () => {
  it("goes on where its last read stood, in either direction, and along another index from its end", () => {
    const script = new Script(SETUP);
    expect(
      script.runAll(
        "A: HANDLER t OPEN",
        "A: HANDLER t READ a FIRST",
        "A: HANDLER t READ a NEXT LIMIT 5",
        "A: HANDLER t READ a PREV",
        "A: HANDLER t READ `PRIMARY` NEXT",
        "A: HANDLER t READ a <= (25) LIMIT 2",
        "A: HANDLER t READ NEXT WHERE a < 30",
      ),
    ).toEqual(["ok", "3 10", "2 20 | 1 30", "1 30", "1 30", "2 20 | 3 10", "2 20"]);
  });

  it("reads versions, each statement's own without a transaction, and keeps its place over all of them", () => {
    const script = new Script(SETUP);
    expect(
      script.runAll(
        "A: HANDLER t OPEN",
        "A: HANDLER t READ `PRIMARY` FIRST",
        "B: DELETE FROM t WHERE id < 3",
        "A: HANDLER t READ `PRIMARY` NEXT",
        "A: BEGIN",
        "A: HANDLER t READ `PRIMARY` FIRST",
        "B: UPDATE t SET a = 11",
        "A: HANDLER t READ `PRIMARY` FIRST",
      ),
    ).toEqual(["ok", "1 30", "ok 2", "3 10", "ok", "3 10", "ok 1", "3 10"]);
    expect(script.locks).toEqual([]);
  });

  it("keeps DDL of others waiting until its session opens a table, and then begins anew", () => {
    const script = new Script(SETUP);
    script.runAll("A: HANDLER t OPEN", "A: HANDLER t READ FIRST LIMIT 2");
    expect(script.mdl).toEqual(["A TABLE t SHARED EXPLICIT GRANTED"]);
    expect(script.run("B: ALTER TABLE t ADD COLUMN z INT")).toBe("waits");
    expect(script.runAll("A: BEGIN", "A: COMMIT")).toEqual(["ok", "ok"]);
    expect(script.run("A: SELECT COUNT(*) FROM u")).toBe("0 ; B: ok");
    expect(script.run("A: HANDLER t READ NEXT")).toBe("1 30 NULL");
  });

  it("is closed where reading on would be a deadlock with DDL", () => {
    const script = new Script(SETUP);
    script.runAll("A: HANDLER t OPEN", "B: DROP TABLE t");
    expect(script.run("A: HANDLER t READ FIRST")).toBe("ERROR 1146 ; B: ok");
    expect(script.run("A: HANDLER t CLOSE")).toBe("ok");
  });

  it("ends with DDL of its own session, on its table and on those that foreign keys join to it", () => {
    const script = new Script([
      ...SETUP,
      "CREATE TABLE c (id INT, FOREIGN KEY (id) REFERENCES t (id))",
    ]);
    script.runAll("A: HANDLER t OPEN", "A: HANDLER c OPEN", "A: ALTER TABLE t RENAME KEY a TO b");
    expect(script.mdl).toEqual([]);
    expect(script.run("A: HANDLER t READ FIRST")).toBe("ERROR 1109");
    expect(script.run("A: HANDLER c READ FIRST")).toBe("");
  });

  it("has a temporary table to itself", () => {
    const script = new Script(SETUP);
    script.runAll("A: CREATE TEMPORARY TABLE x (a INT)", "A: HANDLER x OPEN AS h");
    expect(script.run("A: SELECT * FROM x")).toBe("ERROR 1137");
    expect(script.runAll("A: HANDLER h CLOSE", "A: SELECT COUNT(*) FROM x")).toEqual(["ok", "0"]);
  });

  it("is not for procedures, prepared statements, views and locked tables, and knows no subqueries", () => {
    const script = new Script([...SETUP, "CREATE VIEW v AS SELECT 1 AS x"]);
    expect(
      script.runAll(
        "A: HANDLER v OPEN",
        "A: HANDLER t READ FIRST",
        "A: HANDLER t OPEN",
        "A: HANDLER T OPEN",
        "A: HANDLER t READ FIRST WHERE id IN (SELECT 1)",
        "A: HANDLER t READ nokey FIRST",
        "A: HANDLER t READ a = (1, 2)",
        "A: HANDLER t READ a = (a)",
        "A: HANDLER t READ `PRIMARY` = (NULL)",
        "A: PREPARE p FROM 'HANDLER t CLOSE'",
        "A: CREATE PROCEDURE p() HANDLER t CLOSE",
        "A: LOCK TABLES u READ",
        "A: HANDLER t READ FIRST",
      ),
    ).toEqual([
      "ERROR 1347",
      "ERROR 1109",
      "ok",
      "ERROR 1066",
      "ERROR 1064",
      "ERROR 1176",
      "ERROR 1070",
      "ERROR 1210",
      "ERROR 1048",
      "ERROR 1295",
      "ERROR 1314",
      "ok",
      "ERROR 1192",
    ]);
  });
});
