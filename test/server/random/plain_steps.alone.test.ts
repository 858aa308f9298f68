/**
 * A locking scan that steps plainly from record to record says what it says when each record is looked at in full: the same
 * events, whatever the others have done to the records on its way.
 */
import { describe, expect, it, vi } from "vitest";
import { Simulation } from "../../../src/server/simulation.ts";
import type { SessionName } from "../../../src/trace/ids.ts";
import type { Step } from "../../../src/trace/scenario.ts";
import { holds, SEED, TIMEOUT_MS } from "../../fixtures/random_sql/property.ts";
import { EVERYTHING, scripts, someTables } from "../../fixtures/random_sql/script.ts";
import { ALL_TABLES, setupOf } from "../../fixtures/random_sql/tables.ts";

type PlainStep = typeof import("../../../src/innodb/search/plain_step.ts");

/** Whether scans may step plainly, and how often they did; `ahead`: of several records at once. */
const plain = vi.hoisted(() => ({ isOn: true, steps: 0, ahead: 0 }));

vi.mock("../../../src/innodb/search/plain_step.ts", async (original) => {
  const real = await original<PlainStep>();
  const isPlain: PlainStep["isPlain"] = (state) => plain.isOn && real.isPlain(state);
  const stepPlainly: PlainStep["stepPlainly"] = (state) => {
    const isDone = real.stepPlainly(state);
    if (isDone) plain.steps += 1;
    return isDone;
  };
  const takeAhead: PlainStep["takeAhead"] = (state, take) => {
    const count = real.takeAhead(state, take);
    plain.steps += count;
    plain.ahead += count;
    return count;
  };
  return { ...real, isPlain, stepPlainly, takeAhead };
});

/** Short tables too: they meet more in fewer steps. */
vi.mock("../../../src/innodb/search/range.ts", async (original) => {
  const real = await original<typeof import("../../../src/innodb/search/range.ts")>();
  return { ...real, isLong: () => true };
});

const worlds = someTables(ALL_TABLES).chain((tables) =>
  scripts({ sessions: ["A", "B"], tables, mixture: EVERYTHING, stepsMax: 60 }).map((script) => ({
    setup: setupOf(tables),
    script,
  })),
);

describe(`over random scripts (seed ${SEED})`, { timeout: TIMEOUT_MS }, () => {
  it("plain steps change no event", () => {
    holds(30, worlds, ({ setup, script }) => difference(setup, script));
  });
});

describe("plain steps end where something is met", () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, at) => `(${at * 2}, ${at % 7}, '${"x".repeat(at % 900)}')`);
  const SNAPSHOT = "START TRANSACTION WITH CONSISTENT SNAPSHOT";
  const RANGES = ["id BETWEEN 10 AND 30", "id > 11 AND id < 30", "id >= 9 AND id <= 31", "id > 20"];
  const reads = RANGES.flatMap((range) => [
    `SELECT * FROM t WHERE ${range} FOR UPDATE`,
    `SELECT v FROM t WHERE ${range} AND v < 4 FOR SHARE`,
    `SELECT v, 8 DIV (v - 3) FROM t WHERE ${range} FOR UPDATE`,
    `SELECT (SELECT s FROM t WHERE ${range} FOR UPDATE)`,
    `INSERT IGNORE INTO t SELECT id + 40, v, s FROM t AS other WHERE ${range}`,
    `SELECT * FROM t WHERE ${range} LIMIT 3 FOR UPDATE`,
    `SELECT * FROM t WHERE ${range} ORDER BY id DESC FOR UPDATE`,
    `UPDATE t SET v = v + 1 WHERE ${range}`,
    `DELETE FROM t WHERE ${range} AND v = 2`,
  ]);
  const inTransactions = (texts: readonly string[]) =>
    texts.flatMap((sql) => [
      a("BEGIN"),
      ...[sql, sql, sql, "SELECT * FROM t FOR UPDATE"].map(a),
      a("ROLLBACK"),
    ]);

  it.each([
    ["the ends of pages", "id", []],
    ["a descending key", "id DESC", []],
    ["a key of two columns", "id, v", []],
    ["rows that others have deleted", "id", ["DELETE FROM t WHERE id IN (16, 24)"]],
    [
      "rows that are deleted and not purged",
      "id",
      [SNAPSHOT, "DELETE FROM t WHERE id = 16", "COMMIT"],
    ],
    ["rows that others write", "id", ["UPDATE t SET v = 9 WHERE id = 22"]],
    ["rows that others have locked", "id", [`SELECT * FROM t WHERE id = 18 FOR SHARE`]],
    ["a gap that others have locked", "id", [`SELECT * FROM t WHERE id = 19 FOR UPDATE`]],
    ["somebody who waits", "id", ["UPDATE t SET v = 1 WHERE id = 70"]],
  ])("%s", (_what, key, others) => {
    const table = `CREATE TABLE t (id INT, v INT, s VARCHAR(999), PRIMARY KEY (${key}))`;
    const setup = [table, `INSERT INTO t VALUES ${rows(40)}`];
    const waits = others.some((sql) => sql.includes("= 70"));
    const script: Step[] = [
      by("B", "BEGIN"),
      ...others.map((sql) => by(sql === SNAPSHOT ? "D" : "B", sql)),
      ...(waits ? [by("C", "DELETE FROM t WHERE id = 70")] : []),
      ...["REPEATABLE READ", "READ COMMITTED", "SERIALIZABLE"].flatMap((level) => [
        a(`SET SESSION TRANSACTION ISOLATION LEVEL ${level}`),
        a("SET innodb_lock_wait_timeout = 1"),
        ...inTransactions(reads).flatMap((step) => [step, { advance: 2 }]),
      ]),
      by("B", "ROLLBACK"),
      ...inTransactions(reads),
    ];
    plain.steps = 0;
    plain.ahead = 0;
    expect(difference(setup, script)).toEqual([]);
    if (!key.includes("DESC")) expect(plain.steps).toBeGreaterThan(100);
    if (key === "id") expect(plain.ahead).toBeGreaterThan(50);
  });
});

function a(sql: string): Step {
  return by("A", sql);
}

function by(session: string, sql: string): Step {
  return { session: session as SessionName, sql };
}

function difference(setup: readonly string[], script: readonly Step[]): unknown[] {
  const [stepping, inFull] = [played(setup, script, true), played(setup, script, false)];
  const at = inFull.findIndex((line, i) => line !== stepping[i]);
  if (at < 0 && inFull.length === stepping.length) return [];
  return [{ at, stepping: stepping[at], inFull: inFull[at] }];
}

function played(setup: readonly string[], script: readonly Step[], isOn: boolean) {
  const lines: string[] = [];
  plain.isOn = isOn;
  const simulation = new Simulation({
    emit: (event) => lines.push(JSON.stringify(event)),
    keepsFrom: 2,
  });
  simulation.setup(setup);
  for (const step of script) simulation.step(step);
  return lines;
}
