/** What the page is given to show: a session of 100,000 events, 2,000 records with 500 locks, and a small one. */

export interface SavedScript {
  readonly lesson: string | null;
  readonly scenario: {
    readonly id: string;
    readonly setup: readonly string[];
    readonly steps: readonly { readonly session: string; readonly sql: string }[];
  };
  readonly sessions: readonly string[];
}

/** A round is about 168 events. */
const EVENTS_A_ROUND = 168;

/** Two sessions, one of which waits for the other, over and over. */
export function longScript(events: number): SavedScript {
  const rounds = Math.ceil(events / EVENTS_A_ROUND);
  const rows = Array.from({ length: 50 }, (_, at) => `(${at * 10}, ${at}, 'row')`);
  const setup = [
    "CREATE TABLE t (id INT PRIMARY KEY, k INT NOT NULL, name VARCHAR(40), KEY (k))",
    `INSERT INTO t VALUES ${rows}`,
  ];
  const steps = Array.from({ length: rounds }, (_, turn) => round(turn)).flat();
  return scriptOf(setup, steps);
}

/** Six rows, a scan that locks them, an insert that waits. */
export function smallScript(): SavedScript {
  return scriptOf(
    [
      "CREATE TABLE t (id INT PRIMARY KEY, c INT, d INT, KEY (c))",
      "INSERT INTO t VALUES (0,0,0),(5,5,5),(10,10,10),(15,15,15),(20,20,20),(25,25,25)",
    ],
    [
      ["A", "BEGIN"],
      ["A", "SELECT * FROM t WHERE d = 5 FOR UPDATE"],
      ["B", "INSERT INTO t VALUES (1, 1, 5)"],
    ],
  );
}

/** Two sessions that lock every eighth of 2,000 records each, one after the other. */
export function lockedScript(): SavedScript {
  const rows = Array.from({ length: 2_000 }, (_, at) => `(${at + 1}, ${at})`);
  const every8th = (first: number): readonly number[] =>
    Array.from({ length: 250 }, (_, at) => at * 8 + first);
  return scriptOf(
    ["CREATE TABLE t (id INT PRIMARY KEY, v INT)", `INSERT INTO t VALUES ${rows}`],
    [
      ["A", "BEGIN"],
      ["B", "BEGIN"],
      ["A", `SELECT * FROM t WHERE id IN (${every8th(1)}) FOR UPDATE`],
      ["B", `SELECT * FROM t WHERE id IN (${every8th(5)}) FOR SHARE`],
      ["B", "UPDATE t SET v = 0 WHERE id = 9"],
    ],
  );
}

function scriptOf(
  setup: readonly string[],
  steps: readonly (readonly [string, string])[],
): SavedScript {
  return {
    lesson: null,
    scenario: { id: "bench", setup, steps: steps.map(([session, sql]) => ({ session, sql })) },
    sessions: ["A", "B"],
  };
}

function round(turn: number): readonly (readonly [string, string])[] {
  const id = ((turn * 7) % 50) * 10;
  return [
    ["A", "BEGIN"],
    ["A", `UPDATE t SET k = k + 1 WHERE id = ${id}`],
    ["B", "BEGIN"],
    ["B", `SELECT * FROM t WHERE id BETWEEN ${id - 40} AND ${id + 40} FOR UPDATE`],
    ["A", `INSERT INTO t VALUES (${id + 1 + (turn % 9)}, ${turn % 100}, 'new')`],
    ["A", turn % 3 === 0 ? "ROLLBACK" : "COMMIT"],
    ["B", `DELETE FROM t WHERE id = ${id + 1 + ((turn + 5) % 9)}`],
    ["B", "COMMIT"],
  ];
}
