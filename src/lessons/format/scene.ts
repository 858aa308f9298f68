/** What a part of a lesson did: the state before and after its steps, and the events between. Claims and questions look at it. */
import { intMapValues } from "../../base/int_map.ts";
import type { TraceEvent } from "../../trace/events.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { Outcome, State, StatementState } from "../../trace/state.ts";
import { eventsBetween, seek, type Timeline } from "../../trace/timeline.ts";

export interface Scene {
  readonly before: State;
  readonly after: State;
  readonly events: readonly TraceEvent[];
}

/** Of the steps from number `from` up to, but without, number `to`. */
export function sceneOf(timeline: Timeline, from: number, to: number): Scene {
  const start = positionBefore(timeline, from);
  const end = positionBefore(timeline, to);
  return {
    before: seek(timeline, start),
    after: seek(timeline, end),
    events: [...eventsBetween(timeline, start, end)],
  };
}

/** Where step number `step` begins, or will begin. */
export function positionBefore(timeline: Timeline, step: number): number {
  return timeline.commandStarts.find(({ command }) => command >= step)?.position ?? timeline.length;
}

/** The last statement that a session was given. */
export function lastStatement(state: State, session: SessionName): StatementState | null {
  let last: StatementState | null = null;
  for (const statement of intMapValues(state.statements)) {
    if (statement.session === session) last = statement;
  }
  return last;
}

/** How it ended; null while it waits. Of a simulated client, what its program got. */
export function lastOutcome(state: State, session: SessionName): Outcome | null {
  const net = state.net.find((each) => each.session === session);
  if (net !== undefined) return net.last?.outcome ?? null;
  return lastStatement(state, session)?.outcome ?? null;
}

/** "1,1 / 2,2", "(none)": what `rows` claims are written like. */
export function rowsText(rows: readonly (readonly (string | null)[])[]): string {
  if (rows.length === 0) return "(none)";
  return rows.map((row) => row.map((cell) => cell ?? "NULL").join(",")).join(" / ");
}
