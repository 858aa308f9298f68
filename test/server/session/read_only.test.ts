import { describe, expect, it } from "vitest";
import { Script } from "../script.ts";

/** What a real 9.7.4 answered; the recorder cannot work under super_read_only itself. */
describe("super_read_only", () => {
  it("refuses the changes and the COMMIT of a transaction begun before, which is rolled back", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: BEGIN",
        "A: UPDATE t SET v = 9 WHERE id = 2",
        "C: SET GLOBAL super_read_only = ON",
        "C: SELECT @@read_only, @@super_read_only",
        "A: UPDATE t SET v = 10 WHERE id = 2",
        "A: COMMIT",
        "A: SELECT v FROM t WHERE id = 2",
        "A: START TRANSACTION READ WRITE",
      ),
    ).toEqual(["ok", "ok 1", "ok", "1 1", "ERROR 1290", "ERROR 1290", "20", "ERROR 1290"]);
    expect(script.locks).toEqual([]);
    expect(script.mdl).toEqual([]);
  });

  it("refuses locks FOR UPDATE and LOCK TABLES WRITE, and lets be read", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: SET GLOBAL super_read_only = ON",
        "A: SELECT v FROM t WHERE id = 1 FOR UPDATE",
        "A: SELECT v FROM t WHERE id = 1 FOR SHARE",
        "A: LOCK TABLES t WRITE",
        "A: LOCK TABLES t READ",
        "A: UNLOCK TABLES",
        "A: UPDATE t a JOIN t b ON a.id = b.id SET a.v = 1",
        "A: INSERT INTO nosuch VALUES (1)",
        "A: ANALYZE TABLE t",
        "A: EXPLAIN UPDATE t SET v = 1",
      ),
    ).toEqual([
      "ok",
      "ERROR 1290",
      "10",
      "ERROR 1290",
      "ok",
      "ok",
      "ERROR 1290",
      "ERROR 1290",
      "ERROR 1290",
      "ERROR 1290",
    ]);
  });

  it("does not mind temporary tables", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: CREATE TEMPORARY TABLE own (id INT PRIMARY KEY)",
        "B: SET GLOBAL super_read_only = ON",
        "A: INSERT INTO own SELECT id FROM t",
        "A: UPDATE own JOIN t ON own.id = t.id SET own.id = 7 WHERE t.id = 1",
        "A: TRUNCATE own",
        "A: ALTER TABLE own ADD x INT",
        "A: DROP TEMPORARY TABLE own",
      ),
    ).toEqual(["ok", "ok", "ok 3", "ok 1", "ok", "ok", "ok"]);
  });

  it("goes when read_only is turned off", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: SET GLOBAL super_read_only = ON",
        "A: SET GLOBAL read_only = OFF",
        "A: SELECT @@read_only, @@super_read_only",
        "A: UPDATE t SET v = 1 WHERE id = 1",
      ),
    ).toEqual(["ok", "ok", "0 0", "ok 1"]);
  });
});
