/**
 * What a real 9.7.4 was asked about results that nobody reads, with libmysqlclient 9.7 in the client: the same questions
 * to the simulated one.
 */
import { describe, expect, it, vi } from "vitest";
import { Simulation, type StepResult } from "../../src/server/simulation.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import type { ClientSettings } from "../../src/trace/state_net.ts";

/** On a busy machine. */
vi.setConfig({ testTimeout: 120_000 });

const [A, B, C] = ["A", "B", "C"] as SessionName[] as [SessionName, SessionName, SessionName];
/** What a scenario writes for the connection id of session A. */
const ID_OF_A = ["$", "{A}"].join("");

function server(client: Partial<ClientSettings> = {}) {
  const simulation = new Simulation({ emit: () => {} });
  const failure = simulation.setup([
    "CREATE TABLE r (id INT PRIMARY KEY, pad TEXT)",
    "INSERT INTO r WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 300) SELECT i, REPEAT('x', 2000) FROM n",
  ]);
  expect(failure).toBeNull();
  const step = (given: Step): StepResult => simulation.step(given);
  step({ session: A, client: { api: "mysql_use_result", fetch: "manual", ...client } });
  const run = (session: SessionName, sql: string) => step({ session, sql });
  const rows = (session: SessionName, sql: string) => {
    const { outcome } = run(session, sql);
    return outcome?.kind === "rows" ? outcome.rows : null;
  };
  return { step, run, rows };
}

const SMALL = "SELECT id, pad FROM r WHERE id <= 3";
const LARGE = "SELECT id, pad FROM r";
const ALTER = "ALTER TABLE r COMMENT = 'changed'";

describe("a metadata lock", () => {
  it("is gone when a small result of an autocommitted statement stands unread in the sockets", () => {
    const { run } = server();
    run(A, SMALL);
    expect(run(B, ALTER).kind).toBe("ended");
  });

  it("stays with the transaction otherwise", () => {
    const { run } = server();
    run(A, "BEGIN");
    run(A, SMALL);
    expect(run(B, ALTER).kind).toBe("blocked");
  });

  it("stays while a result larger than the sockets is unread", () => {
    const { run, step } = server();
    run(A, LARGE);
    expect(run(B, "SET lock_wait_timeout = 2").kind).toBe("ended");
    expect(run(B, ALTER).kind).toBe("blocked");
    const [timedOut] = step({ advance: 2.1 }).woken;
    expect(timedOut?.outcome).toMatchObject({ kind: "error", errno: 1205 });
  });
});

describe("the state of a statement in send()", () => {
  it("is Sending to client in SHOW PROCESSLIST, executing in performance_schema.threads", () => {
    const { run, rows } = server();
    run(A, LARGE);
    const where = "LIKE '%pad FROM r'";
    expect(rows(B, `SELECT STATE FROM information_schema.processlist WHERE INFO ${where}`)).toEqual(
      [["Sending to client"]],
    );
    expect(
      rows(
        B,
        `SELECT PROCESSLIST_STATE FROM performance_schema.threads WHERE PROCESSLIST_INFO ${where}`,
      ),
    ).toEqual([["executing"]]);
  });
});

describe("KILL", () => {
  it("QUERY leaves a statement in send(), and 1317 comes behind the rows already sent", () => {
    const { run, rows, step } = server();
    run(A, LARGE);
    run(B, `KILL QUERY ${ID_OF_A}`);
    expect(
      rows(B, "SELECT STATE FROM information_schema.processlist WHERE INFO LIKE '%pad FROM r'"),
    ).toEqual([["Sending to client"]]);
    expect(step({ session: A, call: "fetchmany", size: 5 }).outcome).toMatchObject({
      kind: "rows",
    });
    expect(step({ session: A, call: "fetchall" }).outcome).toMatchObject({ errno: 1317 });
    expect(run(A, "SELECT 1").outcome).toMatchObject({ kind: "rows" });
  });

  it("CONNECTION ends it at once; the client reads what was sent, then 2013, and 2013 again", () => {
    const { run, rows, step } = server();
    run(A, LARGE);
    run(B, `KILL ${ID_OF_A}`);
    expect(
      rows(B, "SELECT STATE FROM information_schema.processlist WHERE INFO LIKE '%pad FROM r'"),
    ).toEqual([]);
    expect(step({ session: A, call: "fetchmany", size: 5 }).outcome).toMatchObject({
      kind: "rows",
    });
    expect(step({ session: A, call: "fetchall" }).outcome).toMatchObject({ errno: 2013 });
    expect(run(A, "SELECT 1").outcome).toMatchObject({ errno: 2013 });
  });

  it("of an idle connection is noticed by the next command: 2013", () => {
    const { run } = server();
    run(A, "SET @x = 1");
    run(B, `KILL ${ID_OF_A}`);
    expect(run(A, "SELECT 1").outcome).toMatchObject({ errno: 2013 });
  });
});

describe("wait_timeout", () => {
  it("is 4031 for the next command, and 2013 for the one after", () => {
    const { run, step } = server();
    run(A, "SET wait_timeout = 1");
    step({ advance: 2.5 });
    expect(run(A, "SELECT 1").outcome).toMatchObject({ errno: 4031 });
    expect(run(A, "SELECT 1").outcome).toMatchObject({ errno: 2013 });
  });
});

describe("record locks of a streamed SELECT ... FOR UPDATE", () => {
  const COUNT =
    "SELECT COUNT(*) FROM performance_schema.data_locks WHERE OBJECT_NAME = 'r' AND LOCK_TYPE = 'RECORD'";

  it("are taken row by row as the client reads, and go when it closes the connection", () => {
    const { run, rows, step } = server();
    run(A, "BEGIN");
    run(A, "SELECT id, pad FROM r FOR UPDATE");
    const before = Number(rows(C, COUNT)?.[0]?.[0]);
    expect(before).toBeGreaterThan(10);
    expect(before).toBeLessThan(300);
    step({ session: A, call: "fetchmany", size: 150 });
    expect(Number(rows(C, COUNT)?.[0]?.[0])).toBeGreaterThan(before);
    step({ session: A, sql: "@disconnect" });
    expect(rows(C, COUNT)).toEqual([["0"]]);
  });
});

describe("PyMySQL 1.2 with an unfinished SSCursor", () => {
  it("reads the rest before another query or a ping, and the first cursor finds nothing more", () => {
    for (const interrupt of [
      { session: A, sql: "SELECT 7" },
      { session: A, call: "ping" },
    ] as const) {
      const { run, step } = server({ api: "pymysql.SSCursor" });
      run(A, LARGE);
      step({ session: A, call: "fetchone" });
      expect(step(interrupt).outcome).not.toMatchObject({ kind: "error" });
      expect(step({ session: A, call: "fetchone" }).outcome).toMatchObject({ rows: [] });
    }
  });

  it("gets 2013 when the connection is killed, then InterfaceError (0, ''), of ping Already closed", () => {
    const { run, step } = server({ api: "pymysql.SSCursor" });
    run(A, LARGE);
    run(B, `KILL ${ID_OF_A}`);
    expect(step({ session: A, call: "fetchall" }).outcome).toMatchObject({ errno: 2013 });
    expect(run(A, "SELECT 1").outcome).toMatchObject({ errno: 0, message: "" });
    expect(step({ session: A, call: "ping" }).outcome).toMatchObject({ message: "Already closed" });
  });
});
