import { describe, expect, it } from "vitest";
import { Script } from "./script.ts";

const SETUP = [
  "CREATE TABLE m (id INT PRIMARY KEY, v INT) ENGINE=MyISAM",
  "INSERT INTO m VALUES (1,10),(2,20)",
  "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
];

describe("a table of MyISAM", () => {
  it("takes no part in a rollback, which warns", () => {
    const script = new Script(SETUP);
    expect(
      script.runAll(
        "A: BEGIN",
        "A: UPDATE m SET v = 11 WHERE id = 1",
        "A: INSERT INTO t VALUES (1,1)",
        "A: ROLLBACK",
        "A: SHOW WARNINGS",
        "A: SELECT v FROM m",
        "A: SELECT v FROM t",
      ),
    ).toEqual([
      "ok",
      "ok 1",
      "ok 1",
      "ok",
      "Warning 1196 Some non-transactional changed tables couldn't be rolled back",
      "11 | 20",
      "",
    ]);
  });

  it("keeps the rows that a failed INSERT had written", () => {
    const script = new Script(SETUP);
    expect(script.runAll("A: INSERT INTO m VALUES (3,30),(1,0)", "A: SELECT id FROM m")).toEqual([
      "ERROR 1062",
      "1 | 2 | 3",
    ]);
  });

  it("one statement at a time changes it, and LOCK TABLES ... READ LOCAL lets INSERT pass", () => {
    const script = new Script(SETUP);
    expect(
      script.runAll(
        "A: LOCK TABLES m READ LOCAL",
        "B: INSERT INTO m VALUES (3,30)",
        "B: UPDATE m SET v = 0 WHERE id = 1",
        "A: SELECT COUNT(*) FROM m",
        "A: UNLOCK TABLES",
      ),
    ).toEqual(["ok", "ok 1", "waits", "2", "ok ; B: ok 1"]);
  });

  it("who changed it is spared by the deadlock detector", () => {
    const script = new Script([...SETUP, "INSERT INTO t VALUES (1,0),(2,0)"]);
    expect(
      script.runAll(
        "A: BEGIN",
        "A: UPDATE t SET v = 1 WHERE id = 1",
        "B: BEGIN",
        "B: INSERT INTO m VALUES (9,9)",
        "B: SELECT v FROM t WHERE id = 2 FOR UPDATE",
        "A: UPDATE t SET v = 1 WHERE id = 2",
        "B: UPDATE t SET v = 1 WHERE id = 1",
      ),
    ).toEqual(["ok", "ok 1", "ok", "ok 1", "0", "waits", "ok 1 ; A: ERROR 1213"]);
  });
});
