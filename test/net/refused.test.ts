/** Commands that a client's library answers itself, and connections in the place of lost ones. */
import { expect, it } from "vitest";
import { Simulation } from "../../src/server/simulation.ts";
import { cannotSend } from "../../src/trace/client_notes.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import type { State } from "../../src/trace/state.ts";
import { appended, emptyTimeline } from "../../src/trace/timeline.ts";

const [A, B] = ["A", "B"] as SessionName[] as [SessionName, SessionName];
// biome-ignore lint/suspicious/noTemplateCurlyInString: a scenario names a connection id so
const KILL_A = "KILL ${A}";
const PAUSED = { api: "mysql_use_result", pauseAtRow: 5, pauseMs: 30_000 } as const;

/** The state after each step, as the trace tells it; equals the server's own at the end. */
function played(rows: number, steps: readonly Step[]): { states: State[]; results: unknown[] } {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  simulation.setup([
    "CREATE TABLE big (id INT PRIMARY KEY, pad CHAR(200))",
    `INSERT INTO big WITH RECURSIVE n AS (SELECT 1 AS id UNION ALL SELECT id + 1 FROM n WHERE id < ${rows}) SELECT id, REPEAT('x', 200) FROM n`,
  ]);
  const states: State[] = [];
  const results: unknown[] = [];
  for (const step of steps) {
    const { kind, outcome } = simulation.step(step);
    results.push({ kind, outcome });
    states.push(appended(emptyTimeline, events).head);
  }
  expect(states.at(-1)).toEqual(simulation.dump());
  return { states, results };
}

const notes = (state: State | undefined) =>
  state?.clientNotes.map((note) =>
    note.kind === "refused" ? `${note.sql}: ${note.errno}` : `reconnected ${note.connectionId}`,
  );

it.each([100, 900])(
  "a second command on %i rows half read is 2014, and the server hears nothing",
  (rows) => {
    const { states, results } = played(rows, [
      { session: A, client: PAUSED },
      { session: A, sql: "SELECT * FROM big" },
      { session: A, sql: "SELECT 1" },
      { session: A, client: { pauseMs: 0 } },
      { advance: 40 },
    ]);
    expect(cannotSend(states[1] as State, A)).toBeNull();
    expect(results[2]).toMatchObject({ kind: "ended", outcome: { kind: "error", errno: 2014 } });
    expect(notes(states.at(-1))).toEqual(["SELECT 1: 2014"]);
    // The result that is open goes on as if nothing had been.
    expect(states.at(-1)?.net[0]?.totals.rowsProcessed).toBe(rows);
  },
);

it("a program that has stored its result is at work: its next command waits for it", () => {
  const { states, results } = played(10, [
    { session: A, client: { ...PAUSED, api: "mysql_store_result" } },
    { session: A, sql: "SELECT * FROM big" },
    { session: A, sql: "SELECT 1" },
  ]);
  expect(cannotSend(states[1] as State, A)).toBe("busy");
  expect(results[2]).toMatchObject({ kind: "skipped" });
});

it("after KILL the client finds its connection lost: 2013, then it connects again", () => {
  const { states } = played(10, [
    { session: A, sql: "SELECT 1" },
    { session: B, sql: KILL_A },
    { session: A, sql: "SELECT 2" },
    { session: A, sql: "@reconnect" },
    { session: A, sql: "SELECT 3" },
  ]);
  expect(cannotSend(states[1] as State, A)).toBeNull();
  expect(cannotSend(states[2] as State, A)).toBe("lost");
  expect(cannotSend(states[3] as State, A)).toBeNull();
  const before = states[0]?.sessions.at(-1)?.connectionId ?? 0;
  const after = states.at(-1)?.sessions.find(({ name }) => name === A);
  expect(after).toMatchObject({ name: "A", status: "idle" });
  expect(after?.connectionId).toBeGreaterThan(before);
  expect(notes(states.at(-1))).toEqual(["SELECT 2: 2013", `reconnected ${after?.connectionId}`]);
});

it("a simulated client that lost its connection takes its settings to the new one", () => {
  const { states, results } = played(900, [
    { session: A, client: { ...PAUSED, rowMs: 1 } },
    { session: A, sql: "SELECT * FROM big" },
    { session: B, sql: KILL_A },
    { session: A, sql: "SELECT 2" },
    { advance: 40 },
    { session: A, sql: "@reconnect" },
    { session: A, client: { pauseMs: 0 } },
    { session: A, sql: "SELECT 3" },
    { advance: 1 },
  ]);
  // The result is still open on the client's side.
  expect(results[3]).toMatchObject({ outcome: { errno: 2014 } });
  expect(states[4]?.net[0]?.client).toMatchObject({ status: "gone", error: { errno: 2013 } });
  expect(cannotSend(states[4] as State, A)).toBe("lost");
  expect(states.at(-1)?.net[0]?.settings.rowMs).toBe(1);
  expect(states.at(-1)?.net[0]?.client).toMatchObject({ status: "ready", error: null });
});
