import { describe, expect, it } from "vitest";
import { Script } from "../script.ts";

describe("system variables", () => {
  it.each([
    ["SET no_such_variable = 1", "ERROR 1193"],
    ["SET SESSION max_connections = 5", "ERROR 1229"],
    ["SET GLOBAL version = 'x'", "ERROR 1238"],
    ["SET transaction_isolation = 'SOMETIMES'", "ERROR 1231"],
    ["SET innodb_lock_wait_timeout = 'long'", "ERROR 1232"],
    ["SET SESSION innodb_deadlock_detect = OFF", "ERROR 1229"],
    ["SET GLOBAL innodb_lock_wait_timeout = DEFAULT", "ok"],
    ["SET @@session.autocommit := OFF, @a = 1", "ok"],
  ])("%s", (sql, outcome) => {
    expect(new Script().run(`A: ${sql}`)).toBe(outcome);
  });

  it("a value out of range is cut to it, with a warning", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: SET innodb_lock_wait_timeout = 0",
        "A: SHOW WARNINGS",
        "A: SELECT @@innodb_lock_wait_timeout",
      ),
    ).toEqual(["ok", "Warning 1292 Truncated incorrect innodb_lock_wait_timeout value: '0'", "1"]);
  });

  it("a number is rounded down to the variable's block", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: SET query_prealloc_size = 17409",
        "A: SHOW WARNINGS",
        "A: SELECT @@query_prealloc_size",
      ),
    ).toEqual([
      "ok",
      "Warning 1287 '@@query_prealloc_size' is deprecated and will be removed in a future release. | Warning 1292 Truncated incorrect query_prealloc_size value: '17409'",
      "17408",
    ]);
  });

  it.each([
    ["enabled=on", "enabled=on,one_line=off"],
    ["one_line=on,enabled=default", "enabled=off,one_line=on"],
    ["default,one_line=on", "enabled=off,one_line=on"],
    ["", "enabled=off,one_line=off"],
  ])("flags that are not named stay: '%s'", (text, held) => {
    const script = new Script();
    expect(
      script.runAll(`A: SET optimizer_trace = '${text}'`, "A: SELECT @@optimizer_trace"),
    ).toEqual(["ok", held]);
  });

  it.each(["enabled", "no_such_flag=on", "enabled=perhaps"])("'%s' is no flag's value", (text) => {
    expect(new Script().run(`A: SET optimizer_trace = '${text}'`)).toBe("ERROR 1231");
  });

  it("of several assignments none is made when one is wrong", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: SET lock_wait_timeout = 7, transaction_isolation = 'SOMETIMES'",
        "A: SELECT @@lock_wait_timeout",
      ),
    ).toEqual(["ERROR 1231", "31536000"]);
  });

  it("a session's value is its own, a global one the start of later sessions", () => {
    const script = new Script();
    expect(
      script.runAll(
        "A: SET lock_wait_timeout = 7",
        "A: SET GLOBAL lock_wait_timeout = 8",
        "A: SELECT @@lock_wait_timeout, @@global.lock_wait_timeout",
        "B: SELECT @@lock_wait_timeout",
      ),
    ).toEqual(["ok", "ok", "7 8", "8"]);
  });

  it("user variables belong to the session", () => {
    const script = new Script();
    expect(script.runAll("A: SET @x = 1 + 2", "A: SELECT @x", "B: SELECT @x")).toEqual([
      "ok",
      "3",
      "NULL",
    ]);
  });
});

describe("SHOW WARNINGS", () => {
  it("shows the last statement's, and itself changes nothing", () => {
    const script = new Script();
    const show = "A: SHOW WARNINGS";
    const note = "Note 1051 Unknown table 'sim.nobody'";
    expect(
      script.runAll("A: DROP TABLE IF EXISTS nobody", show, show, "A: SELECT 1", show),
    ).toEqual(["ok", note, note, "1", ""]);
  });
});
