/** The fold of the trace equals the server's own account of itself, after every step, whatever is run. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LESSONS } from "../../src/lessons/lessons.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { applyEvent, initialState } from "../../src/trace/apply.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import { stateDifference } from "../../src/trace/state_difference.ts";

function differences(setup: readonly string[], steps: readonly Step[]): readonly string[] {
  let state = initialState;
  const server = new Simulation({
    statementsKept: Number.POSITIVE_INFINITY,
    emit: (event) => {
      state = applyEvent(state, event);
    },
  });
  server.setup(setup);
  const found = [...stateDifference(state, server.dump())];
  for (const step of steps) {
    server.step(step);
    const fresh = stateDifference(state, server.dump());
    if (fresh.length > 0) return [`after ${JSON.stringify(step)}`, ...fresh];
  }
  return found;
}

const SETUP = [
  "CREATE TABLE t (id INT NOT NULL, c INT, d INT, PRIMARY KEY (id), UNIQUE KEY c (c)) ENGINE=InnoDB",
  "INSERT INTO t VALUES (0,0,0),(5,5,5),(10,10,10),(15,15,15)",
];

const STATEMENTS = [
  "BEGIN",
  "BEGIN",
  "COMMIT",
  "ROLLBACK",
  "SAVEPOINT s",
  "ROLLBACK TO s",
  "RELEASE SAVEPOINT s",
  "START TRANSACTION WITH CONSISTENT SNAPSHOT",
  "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
  "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE",
  "SET autocommit = 0",
  "SET autocommit = 1",
  "SELECT * FROM t",
  "SELECT * FROM t WHERE d = 5 FOR UPDATE",
  "SELECT * FROM t WHERE c >= 5 FOR SHARE",
  "SELECT * FROM t WHERE id = 5 FOR UPDATE NOWAIT",
  "SELECT * FROM t FOR UPDATE SKIP LOCKED",
  "INSERT INTO t VALUES (1,1,1)",
  "INSERT INTO t VALUES (7,5,1)",
  "INSERT IGNORE INTO t VALUES (5,6,1)",
  "REPLACE INTO t VALUES (5,10,1)",
  "INSERT INTO t VALUES (5,5,5) ON DUPLICATE KEY UPDATE d = d + 1",
  "UPDATE t SET d = d + 1 WHERE id = 5",
  "UPDATE t SET c = c + 1 WHERE id > 5",
  "UPDATE t SET id = 6 WHERE id = 5",
  "DELETE FROM t WHERE id = 10",
  "DELETE FROM t WHERE c < 10",
  "LOCK TABLES t READ",
  "UNLOCK TABLES",
  "TRUNCATE TABLE t",
  "ALTER TABLE t ADD COLUMN e INT",
  "FLUSH TABLES WITH READ LOCK",
  "SELECT SLEEP(3)",
  "this is no statement",
];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      session: fc.constantFrom("A", "B", "C") as fc.Arbitrary<SessionName>,
      sql: fc.constantFrom(...STATEMENTS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ advance: fc.constantFrom(1, 51) }) },
);

describe("the fold of the trace equals the server's dump", () => {
  it.each(LESSONS)("in the example $id", ({ scenario }) => {
    expect(differences(scenario.setup, scenario.steps)).toEqual([]);
  });

  it("in random scripts of three sessions", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        expect(differences(SETUP, steps)).toEqual([]);
      }),
      { seed: 2026, numRuns: 150 },
    );
  });
});
