import { describe, expect, it } from "vitest";
import { Script } from "../script.ts";

const TWO_TABLES = ["CREATE TABLE t (id INT PRIMARY KEY)", "CREATE TABLE u (id INT PRIMARY KEY)"];

describe("the queue of a metadata lock", () => {
  it("a reader waits behind a waiting ALTER", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: BEGIN",
        "A: SELECT v FROM t WHERE id = 1",
        "B: ALTER TABLE t ADD COLUMN w INT",
        "C: SELECT v FROM t WHERE id = 1",
      ),
    ).toEqual(["ok", "10", "waits", "waits"]);
    expect(script.mdl).toContain("C TABLE t SHARED_READ TRANSACTION PENDING");
    expect(script.run("A: COMMIT")).toBe("ok ; B: ok ; C: 10");
  });

  it("a waiting ALTER that gives up lets the reader behind it pass", () => {
    const script = new Script();
    script.runAll(
      "A: BEGIN",
      "A: SELECT v FROM t WHERE id = 1",
      "B: SET lock_wait_timeout = 5",
      "B: ALTER TABLE t ADD COLUMN w INT",
      "C: SELECT v FROM t WHERE id = 1",
    );
    expect(script.run("advance 6")).toBe("ok ; B: ERROR 1205 ; C: 10");
  });

  it("who backs off from a circle that stays waits outside of it, where MySQL tries for ever", () => {
    const script = new Script();
    expect(
      script.runAll(
        "C: CREATE TABLE dst (c INT)",
        "C: BEGIN",
        "C: UPDATE t SET v = 1 WHERE id = 1",
        "D: LOCK TABLES t READ, dst WRITE",
        "B: UPDATE t, dst SET v = 4 WHERE id = c",
      ),
    ).toEqual(["ok", "ok", "ok 1", "waits", "waits"]);
    expect(script.mdl).toContain("B TABLE dst SHARED_WRITE TRANSACTION PENDING");
    expect(script.run("C: COMMIT")).toBe("ok ; D: ok");
    expect(script.run("D: UNLOCK TABLES")).toBe("ok ; B: ok");
    expect(script.mdl).toEqual([]);
  });

  it("FLUSH TABLES WITH READ LOCK keeps changes away, not reads", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: FLUSH TABLES WITH READ LOCK",
        "B: SELECT v FROM t WHERE id = 1",
        "B: UPDATE t SET v = 0",
        "A: UNLOCK TABLES",
      ),
    ).toEqual(["ok", "10", "waits", "ok ; B: ok 3"]);
  });

  it("it lets changes go on, but their commits wait", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: BEGIN",
        "A: UPDATE t SET v = 0",
        "B: FLUSH TABLES WITH READ LOCK",
        "A: COMMIT",
        "B: UNLOCK TABLES",
      ),
    ).toEqual(["ok", "ok 3", "ok", "waits", "ok ; A: ok"]);
  });

  it("a reader that closes a circle with DDL loses its transaction", () => {
    const script = new Script(TWO_TABLES);
    expect(
      script.runAll(
        "A: BEGIN",
        "A: SELECT * FROM u",
        "B: LOCK TABLES t WRITE, u WRITE",
        "A: SELECT * FROM t",
        "A: SELECT * FROM u",
        "B: UNLOCK TABLES",
      ),
    ).toEqual(["ok", "", "waits", "ERROR 1213 ; B: ok", "waits", "ok ; A: "]);
    expect(script.mdl).toEqual([]);
  });

  it("a circle that closes when a lock is granted costs the waiting reader its transaction", () => {
    const script = new Script(TWO_TABLES);
    expect(
      script.runAll(
        "A: BEGIN",
        "A: SELECT * FROM t",
        "B: BEGIN",
        "B: SELECT * FROM u",
        "C: LOCK TABLES t WRITE, u WRITE",
        "B: SELECT * FROM t",
        "A: COMMIT",
      ),
    ).toEqual(["ok", "", "ok", "", "waits", "waits", "ok ; C: ok ; B: ERROR 1213"]);
  });
});

describe("how long metadata locks last", () => {
  it("an autocommitted SELECT leaves none", () => {
    const script = new Script();
    script.run("A: SELECT * FROM t");
    expect(script.mdl).toEqual([]);
  });

  it("ROLLBACK TO a savepoint gives back those taken since", () => {
    const script = new Script(TWO_TABLES);
    script.runAll("A: BEGIN", "A: SELECT * FROM t", "A: SAVEPOINT s", "A: SELECT * FROM u");
    expect(script.mdl).toEqual([
      "A TABLE t SHARED_READ TRANSACTION GRANTED",
      "A TABLE u SHARED_READ TRANSACTION GRANTED",
    ]);
    script.run("A: ROLLBACK TO s");
    expect(script.mdl).toEqual(["A TABLE t SHARED_READ TRANSACTION GRANTED"]);
  });

  it("a failed statement's locks stay in a transaction, except when a table could not be opened", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: BEGIN",
        "A: INSERT INTO t VALUES (1,0)",
        "B: BEGIN",
        "B: SELECT * FROM t JOIN u",
      ),
    ).toEqual(["ok", "ERROR 1062", "ok", "ERROR 1146"]);
    expect(script.mdl).toEqual(["A TABLE t SHARED_WRITE TRANSACTION GRANTED"]);
  });

  it("GET_LOCK survives a COMMIT, and the disconnect ends it", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: SELECT GET_LOCK('l', 0)",
        "A: COMMIT",
        "B: SELECT GET_LOCK('l', 100)",
        "A: @disconnect",
      ),
    ).toEqual(["1", "ok", "waits", "ok ; B: 1"]);
  });
});
