/** What the pictures say an INSERT would do is what the engine then does. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { intMapGet, intMapToArray } from "../../src/base/int_map.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { applyEvent } from "../../src/trace/apply.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { RecId, SessionName } from "../../src/trace/ids.ts";
import { initialState } from "../../src/trace/initial_state.ts";
import { insertBlockers, keyForGap } from "../../src/trace/insert_conflict.ts";
import type { State } from "../../src/trace/state.ts";

const SETUP = [
  "CREATE TABLE t (id INT PRIMARY KEY, c INT)",
  "INSERT INTO t VALUES (10, 1), (20, 2), (30, 3)",
];
const KEYS = [5, 10, 15, 20, 25, 30, 35];
const LEVELS = ["REPEATABLE READ", "READ COMMITTED"];

const key = fc.constantFrom(...KEYS);
const statement = fc.oneof(
  key.map((id) => `SELECT * FROM t WHERE id = ${id} FOR UPDATE`),
  key.map((id) => `SELECT * FROM t WHERE id >= ${id} FOR SHARE`),
  fc.tuple(key, key).map(([a, b]) => `DELETE FROM t WHERE id BETWEEN ${a} AND ${b}`),
  key.map((id) => `UPDATE t SET c = c + 1 WHERE id < ${id}`),
);
const script = fc.record({
  level: fc.constantFrom(...LEVELS),
  statements: fc.array(fc.record({ session: fc.constantFrom("A", "B"), sql: statement }), {
    minLength: 1,
    maxLength: 4,
  }),
});

interface Ran {
  readonly state: State;
  readonly last: readonly TraceEvent[];
}

function ran(level: string, statements: readonly { session: string; sql: string }[]): Ran {
  let state = initialState;
  let last: TraceEvent[] = [];
  const simulation = new Simulation({
    emit: (event) => {
      state = applyEvent(state, event);
      last.push(event);
    },
  });
  expect(simulation.setup(SETUP)).toBeNull();
  for (const session of ["A", "B", "C"]) {
    for (const sql of [`SET SESSION TRANSACTION ISOLATION LEVEL ${level}`, "BEGIN"]) {
      simulation.step({ session: session as SessionName, sql });
    }
  }
  for (const { session, sql } of statements) {
    if (state.sessions.find((each) => each.name === session)?.status === "waiting") continue;
    last = [];
    simulation.step({ session: session as SessionName, sql });
  }
  return { state, last };
}

it("an INSERT waits exactly for whom the rule says", () => {
  fc.assert(
    fc.property(script, ({ level, statements }) => {
      const { state } = ran(level, statements);
      const [index] = intMapToArray(state.indexes);
      const pages = index?.leaves.flatMap((no) => intMapGet(index.pages, no) ?? []) ?? [];
      const gaps: readonly RecId[] = pages.flatMap((page) => [...page.recs, page.supremum]);
      for (const before of gaps) {
        const id = keyForGap(state, before);
        if (id === null) continue;
        const expected = insertBlockers(state, before, "C" as SessionName);
        const insert = { session: "C", sql: `INSERT INTO t VALUES (${id}, 0)` };
        const { last } = ran(level, [...statements, insert]);
        const wait = last.find((event) => event.type === "lock.waiting" && event.session === "C");
        const blockers = wait?.type === "lock.waiting" ? wait.lock.blockers : [];
        const names = (locks: readonly { readonly session: SessionName }[]) =>
          [...new Set(locks.map((lock) => lock.session))].sort();
        expect(names(blockers), `${insert.sql} after ${JSON.stringify(statements)}`).toEqual(
          names(expected),
        );
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);

it.each([
  ["INT UNSIGNED", "0", [null, 1]],
  ["TINYINT", "127", [126, null]],
  ["INT", "0", [-1, 1]],
  ["DECIMAL(5,1)", "3", [null, null]],
])("no key is named that a column of type %s does not hold", (type, key, wanted) => {
  let state = initialState;
  const simulation = new Simulation({
    emit: (event) => {
      state = applyEvent(state, event);
    },
  });
  const table = `CREATE TABLE t (id ${type} PRIMARY KEY)`;
  expect(simulation.setup([table, `INSERT INTO t VALUES (${key})`])).toBeNull();
  const [index] = intMapToArray(state.indexes);
  const pages = index?.leaves.flatMap((no) => intMapGet(index.pages, no) ?? []) ?? [];
  const gaps: readonly RecId[] = pages.flatMap((page) => [...page.recs, page.supremum]);
  expect(gaps.map((before) => keyForGap(state, before))).toEqual(wanted);
});
