/**
 * A statement whose resolved form was kept gives what it gives when it is read in full: the same events, whatever the
 * statements before it were. Each statement comes several times in a row, with other numbers in it.
 */
import { describe, expect, it } from "vitest";
import { Simulation } from "../../../src/server/simulation.ts";
import type { SessionName } from "../../../src/trace/ids.ts";
import type { Step } from "../../../src/trace/scenario.ts";
import { holds, SEED, TIMEOUT_MS } from "../../fixtures/random_sql/property.ts";
import { EVERYTHING, scripts, someTables } from "../../fixtures/random_sql/script.ts";
import { ALL_TABLES, setupOf } from "../../fixtures/random_sql/tables.ts";

const TIMES = 4;

const worlds = someTables(ALL_TABLES).chain((tables) =>
  scripts({ sessions: ["A", "B"], tables, mixture: EVERYTHING, stepsMax: 40 }).map((steps) => ({
    setup: setupOf(tables),
    steps: steps.flatMap(repeated),
  })),
);

describe(`over random scripts (seed ${SEED})`, { timeout: TIMEOUT_MS }, () => {
  it("keeping statements changes no event", () => {
    holds(20, worlds, ({ setup, steps }) => difference(setup, steps));
  });
});

describe("what a kept statement was resolved under", () => {
  const TABLE = "CREATE TABLE t (id INT PRIMARY KEY, v INT, s VARCHAR(20))";
  const ROWS = "INSERT INTO t VALUES (1, 10, 'a'), (2, 20, 'b'), (3, 30, 'c')";
  const read = (id: number) => `SELECT * FROM t WHERE id = ${id}`;
  const set = (id: number) => `UPDATE t SET v = ${id} + v, s = 'x${id}' WHERE id = ${id}`;
  const between = (low: number, high: number) =>
    `SELECT id FROM t WHERE id BETWEEN ${low} AND ${high} FOR UPDATE`;
  const each = (text: (id: number) => string) => [1, 2, 3, 1].map(text);

  it.each([
    ["a column more", "ALTER TABLE t ADD COLUMN more INT DEFAULT 7"],
    ["another type", "ALTER TABLE t MODIFY v VARCHAR(9)"],
    ["another table of that name", "DROP TABLE t", TABLE, ROWS],
    ["a temporary table", "CREATE TEMPORARY TABLE t (id INT PRIMARY KEY, v INT, s INT)"],
    ["another sql_mode", "SET sql_mode = ''"],
    ["another isolation level", "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE", "BEGIN"],
    ["LOCK TABLES", "LOCK TABLES t READ"],
    ["a transaction", "BEGIN"],
  ])("%s", (_what, ...changes) => {
    const texts = [...each(read), ...each(set)];
    const steps = [...texts, ...changes, ...texts].map(
      (sql): Step => ({ session: "A" as SessionName, sql }),
    );
    expect(difference([TABLE, ROWS], steps)).toEqual([]);
  });

  it("values that decide while names are resolved", () => {
    const texts = [
      ...[1, 2, 2, 3, 2].map((high) => between(2, high)),
      ...["1", "2", "3"].map((id) => `SELECT * FROM t WHERE id = '${id}'`),
      ...[1, 2, 3, 4].map((id) => `SELECT * FROM t WHERE id = -${id} + 5`),
      ...["1", "2", "x"].map((id) => `UPDATE t SET v = v + 1 WHERE id = '${id}'`),
      ...[1, 2, 3].map((at) => `SELECT id, v FROM t ORDER BY ${at}`),
      ...[1, 2, 3].map((count) => `SELECT id, ${count} + v FROM t LIMIT ${count}`),
      ...[9, 9, 99_999_999_999].map((v) => `UPDATE t SET v = ${v} WHERE id = 1`),
    ];
    const steps = texts.map((sql): Step => ({ session: "A" as SessionName, sql }));
    expect(difference([TABLE, ROWS], steps)).toEqual([]);
  });

  it("plans are made again as they would be made from the start", () => {
    const keyed = "CREATE TABLE t (id INT PRIMARY KEY, v INT, s VARCHAR(20), KEY (v, s))";
    const rows = Array.from({ length: 60 }, (_, at) => `(${at * 2}, ${at % 7}, 's${at % 5}')`);
    const ranges = [10, 20, 30, 110, 118, 130, -4, 40].flatMap((from) => [
      between(from, from + 9),
      `SELECT * FROM t WHERE id > ${from} AND id <= ${from + 6}`,
      `SELECT * FROM t WHERE id >= ${from} AND v < 3`,
      `SELECT * FROM t WHERE id > ${from} AND id < ${50 - from}`,
      `SELECT * FROM t WHERE v = ${from} AND s > 's1'`,
      `SELECT * FROM t WHERE v > ${from % 7} AND s = 's2'`,
      `SELECT * FROM t WHERE id = ${from} AND v = ${from % 7}`,
      `UPDATE t SET v = v + 1 WHERE id BETWEEN ${from} AND ${from + 4}`,
      `UPDATE t SET s = 'y' WHERE v = ${from % 7} AND s < 's3'`,
      `UPDATE t SET v = 4 WHERE id = ${from}`,
      `DELETE FROM t WHERE id > ${from + 2} AND id < ${from + 4}`,
    ]);
    const texts = [0, 1, 2, 3].flatMap((kind) =>
      ranges.filter((_, at) => at % 11 >= kind * 3 && at % 11 < kind * 3 + 3),
    );
    const by = (session: string) => (sql: string) => ({ session: session as SessionName, sql });
    const steps: Step[] = [
      ...[...texts, ...texts].map(by("A")),
      ...["ANALYZE TABLE t", "INSERT INTO t VALUES (61, 1, 's1')"].map(by("B")),
      ...texts.map(by("A")),
    ];
    expect(difference([keyed, `INSERT INTO t VALUES ${rows}`], steps)).toEqual([]);
  });
});

describe("a range whose ends are values", () => {
  it.each([
    ["of a column that may be NULL", "KEY (v)"],
    ["of a descending key", "KEY (v DESC)"],
    ["of a prefix", "KEY (s(2))"],
  ])("%s", (_what, key) => {
    const table = `CREATE TABLE t (id INT PRIMARY KEY, v INT, s VARCHAR(20), ${key})`;
    const rows = Array.from({ length: 60 }, (_, at) => {
      return `(${at}, ${at % 9 === 0 ? "NULL" : at}, 's${10 + at}')`;
    });
    const texts = [3, 13, 23, 33, 43, 53, 58].flatMap((from) => [
      `SELECT v FROM t WHERE v < ${from}`,
      `SELECT v FROM t WHERE v > ${from} AND v <= ${from + 3} FOR UPDATE`,
      `SELECT v FROM t WHERE v > ${from} AND v <= ${40 - from} FOR UPDATE`,
      `UPDATE t SET s = 'new' WHERE v = ${from}`,
      `SELECT s FROM t WHERE s BETWEEN 's${from + 10}' AND 's${from + 12}' FOR SHARE`,
    ]);
    const ordered = [0, 1, 2, 3, 4].flatMap((kind) => texts.filter((_, at) => at % 5 === kind));
    const steps = ordered.map((sql): Step => ({ session: "A" as SessionName, sql }));
    expect(difference([table, `INSERT INTO t VALUES ${rows}`], steps)).toEqual([]);
  });
});

/** The statement again with every number one larger, and once more as it was. */
function repeated(step: Step): readonly Step[] {
  if (!("sql" in step) || !/^(select|insert|update|delete|replace)/i.test(step.sql)) return [step];
  const { sql } = step;
  return Array.from({ length: TIMES }, (_, time) => {
    const by = (time + 1) % TIMES;
    return { ...step, sql: sql.replace(/\b\d{1,3}\b/g, (digits) => `${Number(digits) + by}`) };
  });
}

function difference(setup: readonly string[], steps: readonly Step[]): unknown[] {
  const [kept, inFull] = [played(setup, steps, 2), played(setup, steps, Number.POSITIVE_INFINITY)];
  const at = inFull.findIndex((line, i) => line !== kept[i]);
  if (at < 0 && kept.length === inFull.length) return [];
  return [{ at, kept: kept[at], inFull: inFull[at] }];
}

function played(setup: readonly string[], steps: readonly Step[], keepsFrom: number) {
  const lines: string[] = [];
  const simulation = new Simulation({
    keepsFrom,
    emit: (event) => lines.push(JSON.stringify(event)),
  });
  simulation.setup(setup);
  for (const step of steps) simulation.step(step);
  return lines;
}
