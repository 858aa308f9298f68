/**
 * What to look at on the index lines when a thing that is not drawn there is selected or told of: the lock that a session waits for,
 * the record that a statement changed or a version belongs to, the place where a cycle closed.
 */
import { intMapGet, intMapValues } from "../base/int_map.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { StatementId, TrxRef } from "../trace/ids.ts";
import type { Ref } from "../trace/ref.ts";
import type { SessionState, State } from "../trace/state.ts";
import { eventAt, type Timeline } from "../trace/timeline.ts";
import { eventRef } from "./event_focus.ts";

/** Of a long statement its first events. */
const STATEMENT_EVENTS_MAX = 2_000;

/** Null when it has no place there. */
export function subjectOf(state: State, timeline: Timeline, ref: Ref): Ref | null {
  switch (ref.kind) {
    case "version":
      return { kind: "rec", id: ref.rec };
    case "session":
      return subjectOfSession(
        state,
        state.sessions.find(({ name }) => name === ref.id),
      );
    case "trx":
      return subjectOfSession(
        state,
        state.sessions.find(({ trx }) => trx === ref.id),
      );
    case "statement":
      return subjectOfStatement(state, timeline, ref.id);
    case "event":
      return subjectOfEvent(eventAt(timeline, ref.id));
    case "readView":
      return null;
    default:
      return ref;
  }
}

function subjectOfEvent(event: TraceEvent | null): Ref | null {
  if (event?.type === "undo.written") return { kind: "rec", id: event.undo.rec };
  if (event?.type !== "deadlock.found") return eventRef(event);
  const last = event.deadlock.cycle.at(-1);
  return last === undefined ? null : { kind: "lock", id: last.waitsFor.id };
}

/** What it waits for, or else the first lock it has. */
function subjectOfSession(state: State, session: SessionState | undefined): Ref | null {
  if (session === undefined) return null;
  return awaited(session) ?? (session.trx === null ? null : firstLock(state, session.trx));
}

function awaited({ wait }: SessionState): Ref | null {
  switch (wait?.reason.kind) {
    case "recLock":
    case "tableLock":
      return { kind: "lock", id: wait.reason.lock };
    case "mdl":
      return { kind: "mdl", id: wait.reason.lock };
    default:
      return null;
  }
}

function firstLock(state: State, trx: TrxRef): Ref | null {
  for (const lock of intMapValues(state.recLocks)) {
    if (lock.trx === trx) return { kind: "lock", id: lock.id };
  }
  for (const lock of intMapValues(state.tableLocks)) {
    if (lock.trx === trx) return { kind: "lock", id: lock.id };
  }
  return null;
}

/** What it waits for; else the first record it changed, the first it locked, the first it read. */
function subjectOfStatement(state: State, timeline: Timeline, id: StatementId): Ref | null {
  const statement = intMapGet(state.statements, id);
  if (statement === undefined) return null;
  const session = state.sessions.find(({ name }) => name === statement.session);
  const isRunning = statement.outcome === null;
  const waitsFor = isRunning && session !== undefined ? awaited(session) : null;
  if (waitsFor !== null) return waitsFor;
  const end = Math.min(
    statement.endedAt ?? state.seq,
    state.seq,
    statement.startedAt + STATEMENT_EVENTS_MAX,
  );
  let locked: Ref | null = null;
  let read: Ref | null = null;
  for (let seq: number = statement.startedAt; seq <= end; seq += 1) {
    const event = eventAt(timeline, seq);
    if (event?.statement !== id) continue;
    if (event.type === "rec.inserted" || event.type === "rec.changed") return eventRef(event);
    const ref = eventRef(event);
    if (ref?.kind === "rec") read ??= ref;
    if (ref?.kind === "lock" && intMapGet(state.recLocks, ref.id) !== undefined) locked ??= ref;
  }
  return locked ?? read;
}
