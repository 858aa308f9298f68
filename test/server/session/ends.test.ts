/** Whatever a session was doing when it ended, nothing of it is left. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intMapToArray } from "../../../src/base/int_map.ts";
import type { State } from "../../../src/trace/state.ts";
import { Script } from "../script.ts";

const SETUP = [
  "CREATE TABLE t (id INT PRIMARY KEY, v INT, KEY (v))",
  "INSERT INTO t VALUES (1,10),(2,20),(3,30)",
  "CREATE TABLE m (id INT PRIMARY KEY) ENGINE=MyISAM",
];

/** `${B}` in a statement is session B's connection id. */
const kill = (session: string) => `KILL \${${session}}`;
const killQuery = (session: string) => `KILL QUERY \${${session}}`;

const STATEMENTS = [
  "BEGIN",
  "SET autocommit = 0",
  "SELECT * FROM t",
  "SELECT * FROM t WHERE v = 20 FOR UPDATE",
  "UPDATE t SET v = v + 1 WHERE id = 2",
  "DELETE FROM t WHERE v > 10",
  "INSERT INTO t VALUES (4,40)",
  "ALTER TABLE t ADD COLUMN w INT",
  "ALTER TABLE t MODIFY v BIGINT",
  "HANDLER t OPEN",
  "HANDLER t READ v NEXT LIMIT 2",
  "LOCK TABLES t WRITE, m READ",
  "LOCK TABLES m WRITE",
  "INSERT INTO m VALUES (1)",
  "FLUSH TABLES WITH READ LOCK",
  "LOCK INSTANCE FOR BACKUP",
  "SELECT GET_LOCK('l', 9)",
  "SELECT SLEEP(9)",
  "CREATE TEMPORARY TABLE tmp (id INT)",
  kill("A"),
  killQuery("B"),
  "COMMIT",
];

const line = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(fc.constantFrom("A", "B", "C"), fc.constantFrom(...STATEMENTS))
      .map(([session, sql]) => `${session}: ${sql}`),
  },
  { weight: 1, arbitrary: fc.constantFrom("advance 3", "advance 60") },
);

/** What sessions could have left. */
function leftovers(state: State): unknown {
  const { trxs, readViews, undo, history, recLocks, tableLocks, mdls, sessions } = state;
  return {
    trxs: intMapToArray(trxs),
    readViews: intMapToArray(readViews),
    undo: intMapToArray(undo),
    history,
    recLocks: intMapToArray(recLocks),
    tableLocks: intMapToArray(tableLocks),
    mdls: intMapToArray(mdls),
    open: sessions.filter((session) => session.status !== "gone"),
  };
}

const NOTHING = {
  trxs: [],
  readViews: [],
  undo: [],
  history: [],
  recLocks: [],
  tableLocks: [],
  mdls: [],
  open: [],
};

describe("a session that ends", () => {
  it("leaves nothing when all have disconnected, whatever they did", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const script = new Script(SETUP);
        script.runAll(...lines, "A: @disconnect", "B: @disconnect", "C: @disconnect");
        // Those that waited could not hear of it: they end when they are killed.
        for (const session of ["A", "B", "C"]) script.run(`K: ${kill(session)}`);
        script.run("K: @disconnect");
        expect(leftovers(script.simulation.dump())).toEqual(NOTHING);
      }),
      { seed: 7, numRuns: 150 },
    );
  });

  it("KILL undoes its transaction and wakes who waited for it", () => {
    const script = new Script(SETUP);
    expect(
      script.runAll(
        "A: BEGIN",
        "A: UPDATE t SET v = 0 WHERE id = 1",
        "B: UPDATE t SET v = v + 1 WHERE id = 1",
        `C: ${kill("A")}`,
        "A: SELECT 1",
        "A: SELECT 1",
        "C: SELECT v FROM t WHERE id = 1",
      ),
    ).toEqual(["ok", "ok 1", "waits", "ok ; B: ok 1", "lost", "skipped", "11"]);
  });

  it("KILL QUERY ends a wait, the transaction stays", () => {
    const script = new Script(SETUP);
    expect(
      script.runAll(
        "A: BEGIN",
        "A: UPDATE t SET v = 0 WHERE id = 1",
        "B: BEGIN",
        "B: UPDATE t SET v = 0 WHERE id = 2",
        "B: UPDATE t SET v = 0 WHERE id = 1",
        `C: ${killQuery("B")}`,
        "A: UPDATE t SET v = 0 WHERE id = 2",
      ),
    ).toEqual(["ok", "ok 1", "ok", "ok 1", "waits", "ok ; B: ERROR 1317", "waits"]);
  });

  it("KILL of nobody is an error", () => {
    expect(new Script().run("A: KILL 4711")).toBe("ERROR 1094");
  });
});
