/** What the picture says each session would see is what the engine then gives it. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { intMapToArray } from "../../src/base/int_map.ts";
import { undoHistory } from "../../src/diagrams/history.ts";
import { type Seen, sightOf } from "../../src/diagrams/sight.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { applyEvent } from "../../src/trace/apply.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import { initialState } from "../../src/trace/initial_state.ts";
import type { State } from "../../src/trace/state.ts";
import { runSql } from "../fixtures/run_sql.ts";

const SETUP = [
  "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
  "INSERT INTO t VALUES (1,10), (2,20), (3,30)",
];
const LEVELS = ["READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ"];
const NAMES = ["A", "B", "C"];

const statement = fc.constantFrom(
  "BEGIN",
  "COMMIT",
  "ROLLBACK",
  "SELECT * FROM t",
  "START TRANSACTION WITH CONSISTENT SNAPSHOT",
  "UPDATE t SET v = v + 1 WHERE id = 1",
  "UPDATE t SET v = v + 5 WHERE id = 2",
  "DELETE FROM t WHERE id = 3",
  "INSERT INTO t VALUES (4, 40)",
);
const script = fc.record({
  levels: fc.tuple(...NAMES.map(() => fc.constantFrom(...LEVELS))),
  steps: fc.array(fc.tuple(fc.constantFrom(...NAMES), statement), { maxLength: 12 }),
});

/** "A: BEGIN" one after the other; what is given to a session that waits is left out, errors are taken as they come. */
function played(lines: readonly string[]): State {
  let state = initialState;
  const simulation = new Simulation({
    emit: (event) => {
      state = applyEvent(state, event);
    },
  });
  expect(simulation.setup(SETUP)).toBeNull();
  for (const line of lines) {
    const name = line[0] as SessionName;
    if (state.sessions.find((each) => each.name === name)?.status === "waiting") continue;
    simulation.step({ session: name, sql: line.slice(3) });
  }
  return state;
}

it("each session reads what the table of sights says", () => {
  fc.assert(
    fc.property(script, ({ levels, steps }) => {
      const lines = [
        ...NAMES.map(
          (name, at) => `${name}: SET SESSION TRANSACTION ISOLATION LEVEL ${levels[at]}`,
        ),
        ...steps.map(([name, sql]) => `${name}: ${sql}`),
      ];
      const state = played(lines);
      const [table] = intMapToArray(state.tables);
      const sight = table === undefined ? null : sightOf(state, table.id);
      for (const reader of sight?.readers ?? []) {
        const session = state.sessions.find((each) => each.name === reader.session);
        if (session === undefined || session.status === "waiting") continue;
        const after = played([...lines, `${session.name}: SELECT * FROM t`]);
        const outcome = intMapToArray(after.statements).at(-1)?.outcome;
        const real = outcome?.kind === "rows" ? outcome.rows : null;
        const said = reader.seen.flatMap((seen: Seen, at) =>
          seen.kind === "row"
            ? [[sight?.records[at]?.name.replace("id=", "") ?? "", String(seen.values[0])]]
            : [],
        );
        expect(said, `${session.name} after ${lines.join("; ")}`).toEqual(real);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

it("tells which committed changes a read view keeps from purge", () => {
  const { state } = runSql({
    setup: SETUP,
    steps: [
      "A: START TRANSACTION WITH CONSISTENT SNAPSHOT",
      "B: UPDATE t SET v = 11 WHERE id = 1",
      "B: BEGIN",
      "B: DELETE FROM t WHERE id = 2",
    ],
  });
  const { running, committed } = undoHistory(state);
  expect(running.map(({ session, undo }) => `${session} ${undo[0]?.type} ${undo[0]?.key}`)).toEqual(
    ["B deleteMark 2"],
  );
  expect(committed.map(({ undo, heldBackBy }) => `${undo[0]?.type} ${heldBackBy}`)).toEqual([
    "updateExisting A",
  ]);
});

it("tells of a table with more records than there is room for those that not everybody sees alike", () => {
  const state = played(["A: BEGIN", "A: UPDATE t SET v = v + 5 WHERE id = 2"]);
  const [table] = intMapToArray(state.tables);
  if (table === undefined) throw new Error("no table");
  const keys = (most: number) => sightOf(state, table.id, most)?.records.map(({ name }) => name);
  expect(keys(3)).toEqual(["id=1", "id=2", "id=3"]);
  expect(keys(2)).toEqual(["id=2"]);
});
