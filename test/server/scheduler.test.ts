import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Script } from "./script.ts";

describe("the virtual clock", () => {
  it("stands still until it is advanced", () => {
    const script = new Script();
    expect(
      script.runAll("A: SELECT NOW(), SLEEP(5)", "advance 4", "advance 1", "A: SELECT NOW()"),
    ).toEqual(["waits", "ok", "ok ; A: 2026-01-01 00:00:00 0", "2026-01-01 00:00:05"]);
  });

  it("waits end at their own times, each before the next", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: BEGIN",
        "A: UPDATE t SET v = 0 WHERE id = 1",
        "B: SET innodb_lock_wait_timeout = 20",
        "B: BEGIN",
        "B: UPDATE t SET v = 0 WHERE id = 2",
        "B: UPDATE t SET v = 0 WHERE id = 1",
        "C: SET innodb_lock_wait_timeout = 30",
        "C: UPDATE t SET v = 1 WHERE id = 2",
        "D: SELECT SLEEP(10)",
      ),
    ).toEqual(["ok", "ok 1", "ok", "ok", "ok 1", "waits", "ok", "waits", "waits"]);
    expect(script.run("advance 60")).toBe("ok ; B: ERROR 1205 ; C: ERROR 1205 ; D: 0");
    const ended = script.events.filter((event) => event.type === "statement.ended");
    expect(ended.slice(-3).map(({ session, ms }) => `${session} ${ms / 1000}`)).toEqual([
      "D 10",
      "B 20",
      "C 30",
    ]);
  });

  it("a statement that got its lock in time does not time out later", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: BEGIN",
        "A: UPDATE t SET v = 0 WHERE id = 1",
        "B: UPDATE t SET v = 5 WHERE id = 1",
        "advance 49",
        "A: COMMIT",
        "advance 50",
      ),
    ).toEqual(["ok", "ok 1", "waits", "ok", "ok ; B: ok 1", "ok"]);
  });
});

describe("settling", () => {
  it("those who waited go on in the order of their grants", () => {
    const script = new Script();
    script.runAll(
      "A: BEGIN",
      "A: SELECT * FROM t WHERE id = 1 FOR UPDATE",
      "C: INSERT INTO t VALUES (1,0)",
      "B: UPDATE t SET v = v + 1 WHERE id = 1",
      "A: COMMIT",
    );
    const ended = script.events.filter((event) => event.type === "statement.ended");
    expect(ended.slice(-3).map((event) => event.session)).toEqual(["A", "C", "B"]);
  });

  it("purge runs after every command", () => {
    const script = new Script();
    script.run("A: DELETE FROM t WHERE id = 2");
    expect(script.simulation.dump().history).toEqual([]);
  });

  it("a waiting session takes no statement", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: BEGIN",
        "A: UPDATE t SET v = 0 WHERE id = 1",
        "B: UPDATE t SET v = 5 WHERE id = 1",
        "B: SELECT 1",
        "A: COMMIT",
        "B: SELECT 1",
      ),
    ).toEqual(["ok", "ok 1", "waits", "skipped", "ok ; B: ok 1", "1"]);
  });
});

describe("determinism", () => {
  const line = fc.constantFrom(
    "A: BEGIN",
    "A: UPDATE t SET v = v + 1",
    "A: SELECT RAND(), UUID(), NOW(), CONNECTION_ID()",
    "A: COMMIT",
    "B: INSERT INTO t SELECT id + 10, v FROM t",
    "B: DELETE FROM t WHERE v > 20",
    "B: SELECT * FROM performance_schema.data_locks",
    "B: SHOW ENGINE INNODB STATUS",
    "C: ALTER TABLE t ADD KEY (v)",
    "C: ALTER TABLE t DROP KEY v",
    "advance 20",
  );

  it("equal scripts have equal traces, byte for byte", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
        const [one, other] = [new Script(), new Script()];
        one.runAll(...lines);
        other.runAll(...lines);
        expect(JSON.stringify(other.events)).toBe(JSON.stringify(one.events));
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it("events are numbered without a hole, and know their command", () => {
    const script = new Script();
    script.runAll("A: BEGIN", "A: UPDATE t SET v = 0", "advance 1");
    expect(script.events.every((event, at) => event.seq === at)).toBe(true);
    const update = script.events.findLast((event) => event.type === "undo.written");
    expect([update?.command, update?.session]).toEqual([1, "A"]);
  });
});
