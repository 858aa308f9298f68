import { describe, expect, it } from "vitest";
import { Script } from "../script.ts";

/** Whether A's UPDATE is still uncommitted: B cannot lock the row. */
const IS_OPEN = "B: SELECT v FROM t WHERE id = 1 FOR UPDATE NOWAIT";

describe("where a transaction ends", () => {
  it("an autocommitted statement is one", () => {
    const script = new Script();
    expect(script.runAll("A: UPDATE t SET v = 11 WHERE id = 1", IS_OPEN)).toEqual(["ok 1", "11"]);
  });

  it("with autocommit = 0 it goes on until COMMIT", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: SET autocommit = 0",
        "A: UPDATE t SET v = 11 WHERE id = 1",
        IS_OPEN,
        "A: COMMIT",
        IS_OPEN,
      ),
    ).toEqual(["ok", "ok 1", "ERROR 3572", "ok", "11"]);
  });

  it("setting autocommit to 1 commits, setting it to what it is does not", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: SET autocommit = 0",
        "A: UPDATE t SET v = 11 WHERE id = 1",
        "A: SET autocommit = 0",
        IS_OPEN,
        "A: SET autocommit = 1",
        IS_OPEN,
      ),
    ).toEqual(["ok", "ok 1", "ok", "ERROR 3572", "ok", "11"]);
  });

  it.each([
    "BEGIN",
    "CREATE TABLE u (id INT)",
    "ALTER TABLE t ADD COLUMN w INT",
    "TRUNCATE TABLE x",
    "LOCK TABLES x READ",
    "ANALYZE TABLE x",
  ])("%s commits what is open", (sql) => {
    const script = new Script([
      "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
      "INSERT INTO t VALUES (1,10)",
      "CREATE TABLE x (id INT PRIMARY KEY)",
    ]);
    script.runAll("A: BEGIN", "A: UPDATE t SET v = 11 WHERE id = 1", `A: ${sql}`, "A: ROLLBACK");
    expect(script.run("B: SELECT v FROM t")).toBe("11");
  });

  it.each(["UNLOCK TABLES", "SET @x = 1", "SHOW TABLES", "USE sim", "SELECT 1"])(
    "%s does not",
    (sql) => {
      const script = new Script();
      script.runAll("A: BEGIN", "A: UPDATE t SET v = 11 WHERE id = 1", `A: ${sql}`, "A: ROLLBACK");
      expect(script.run("B: SELECT v FROM t WHERE id = 1")).toBe("10");
    },
  );

  it("AND CHAIN opens the next one with the same characteristics", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: START TRANSACTION READ ONLY",
        "A: COMMIT AND CHAIN",
        "A: UPDATE t SET v = 0",
        "A: ROLLBACK",
        "A: UPDATE t SET v = 0",
      ),
    ).toEqual(["ok", "ok", "ERROR 1792", "ok", "ok 3"]);
  });

  it("RELEASE, or completion_type = RELEASE, closes the connection", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: COMMIT RELEASE",
        "A: SELECT 1",
        "B: SET completion_type = 2",
        "B: ROLLBACK",
        "B: SELECT 1",
      ),
    ).toEqual(["ok", "lost", "ok", "ok", "lost"]);
  });
});

describe("what a failed statement undoes", () => {
  it("a duplicate key undoes the statement's rows only", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: BEGIN",
        "A: INSERT INTO t VALUES (7,70)",
        "A: INSERT INTO t VALUES (8,80),(1,0)",
        "A: COMMIT",
        "A: SELECT id FROM t",
      ),
    ).toEqual(["ok", "ok 1", "ERROR 1062", "ok", "1 | 2 | 3 | 7"]);
  });

  it("a lock wait that times out undoes the statement only, a deadlock everything", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: BEGIN",
        "A: UPDATE t SET v = 11 WHERE id = 1",
        "B: BEGIN",
        "B: UPDATE t SET v = 22 WHERE id = 2",
        "B: UPDATE t SET v = 0 WHERE id <> 2",
        "advance 51",
        "B: SELECT v FROM t WHERE id = 2",
        "B: UPDATE t SET v = 0 WHERE id = 1",
        "A: UPDATE t SET v = 0 WHERE id = 2",
      ),
    ).toEqual([
      "ok",
      "ok 1",
      "ok",
      "ok 1",
      "waits",
      "ok ; B: ERROR 1205",
      "22",
      "waits",
      "ERROR 1213 ; B: ok 1",
    ]);
    expect(script.run("A: ROLLBACK")).toBe("ok");
    expect(script.run("A: UPDATE t SET v = 33 WHERE id = 3")).toBe("ok 1");
    expect(script.run("C: SELECT v FROM t WHERE id = 3")).toBe("33");
  });
});

describe("savepoints", () => {
  it("ROLLBACK TO undoes what came after and keeps the savepoint", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: BEGIN",
        "A: UPDATE t SET v = 11 WHERE id = 1",
        "A: SAVEPOINT s",
        "A: UPDATE t SET v = 22 WHERE id = 2",
        "A: ROLLBACK TO s",
        "A: ROLLBACK TO SAVEPOINT s",
        "A: SELECT v FROM t",
      ),
    ).toEqual(["ok", "ok 1", "ok", "ok 1", "ok", "ok", "11 | 20 | 30"]);
  });

  it("later ones go with an earlier one, and all with the transaction", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: BEGIN",
        "A: SAVEPOINT one",
        "A: SAVEPOINT two",
        "A: RELEASE SAVEPOINT one",
        "A: ROLLBACK TO two",
        "A: SAVEPOINT three",
        "A: COMMIT",
        "A: ROLLBACK TO three",
      ),
    ).toEqual(["ok", "ok", "ok", "ok", "ERROR 1305", "ok", "ok", "ERROR 1305"]);
  });

  it("outside a transaction a savepoint is gone at once", () => {
    const script = new Script();
    expect(script.runAll("A: SAVEPOINT s", "A: ROLLBACK TO s")).toEqual(["ok", "ERROR 1305"]);
  });
});

describe("characteristics", () => {
  it("SET TRANSACTION counts for the next transaction only", () => {
    const script = new Script();
    const level = "A: SELECT @@transaction_isolation";
    expect(
      script.runAll(
        "A: SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED",
        "B: BEGIN",
        "B: UPDATE t SET v = 11 WHERE id = 1",
        "A: SELECT v FROM t WHERE id = 1",
        "A: SELECT v FROM t WHERE id = 1",
        level,
      ),
    ).toEqual(["ok", "ok", "ok 1", "11", "10", "REPEATABLE-READ"]);
  });

  it("it is refused within a transaction, the SESSION form is not", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: BEGIN",
        "A: SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
        "A: SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE",
        "A: SELECT @@transaction_isolation",
      ),
    ).toEqual(["ok", "ERROR 1568", "ok", "SERIALIZABLE"]);
  });

  it("a GLOBAL level is for sessions that connect later", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: SET GLOBAL TRANSACTION ISOLATION LEVEL READ COMMITTED",
        "A: SELECT @@transaction_isolation, @@global.transaction_isolation",
        "B: SELECT @@transaction_isolation",
      ),
    ).toEqual(["ok", "REPEATABLE-READ READ-COMMITTED", "READ-COMMITTED"]);
  });
});
