/** The fold of sessions and statements. */

import { unreachable } from "../../base/assert.ts";
import { intMapSet } from "../../base/int_map.ts";
import type { EventHead, SessionEvent, StatementEvent } from "../events.ts";
import type { EventSeq } from "../ids.ts";
import type { ClientNote, SessionState, State, StatementState } from "../state.ts";
import { patched, withSession } from "./patch.ts";

export function applySessionEvent(
  state: State,
  event: EventHead & (SessionEvent | StatementEvent),
): State {
  switch (event.type) {
    case "session.opened":
      return opened(state, event.seq, event.state);
    case "session.changed":
      return withSession(state, event.name, (session) => ({ ...session, ...event.change }));
    case "session.closed":
      return withSession(state, event.name, (session) => ({
        ...session,
        status: "gone",
        statement: null,
        wait: null,
      }));
    case "command.refused": {
      const { seq, name: session, sql, errno, message } = event;
      return noted(state, { seq, session, kind: "refused", sql, errno, message });
    }
    case "statement.started":
      return started(state, event);
    case "statement.waiting": {
      const { reason, blockers, untilMs } = event;
      const waiting = withSession(state, event.session, (session) => ({
        ...session,
        status: "waiting",
        wait: { reason, blockers, sinceMs: openWait(state, event.session) ?? event.ms, untilMs },
      }));
      return {
        ...waiting,
        statements: patched(state.statements, event.id, (statement) =>
          statement.waits.at(-1)?.toSeq === null
            ? statement
            : {
                ...statement,
                waits: [
                  ...statement.waits,
                  { fromSeq: event.seq, toSeq: null, fromMs: event.ms, toMs: null, reason },
                ],
              },
        ),
      };
    }
    case "statement.resumed": {
      const resumed = withSession(state, event.session, (session) => ({
        ...session,
        status: session.status === "gone" ? "gone" : "running",
        wait: null,
        deadlockVictim: session.deadlockVictim || event.verdict === "deadlockVictim",
      }));
      return {
        ...resumed,
        statements: patched(state.statements, event.id, (statement) =>
          waitsClosed(statement, event),
        ),
      };
    }
    case "statement.ended": {
      const idle = withSession(state, event.session, (session) => ({
        ...session,
        status: session.status === "gone" ? "gone" : "idle",
        statement: null,
        wait: null,
      }));
      return {
        ...idle,
        statements: patched(state.statements, event.id, (statement) => ({
          ...waitsClosed(statement, event),
          endedAt: event.seq,
          endedMs: event.ms,
          outcome: event.outcome,
        })),
      };
    }
    case "plan.chosen":
      return {
        ...state,
        statements: patched(state.statements, event.id, (statement) => ({
          ...statement,
          plans: [...statement.plans, event.plan],
        })),
      };
    default:
      return unreachable(event);
  }
}

/** A session that connects again takes its old place. */
function opened(state: State, seq: EventSeq, fresh: SessionState): State {
  const { sessions } = state;
  const { name: session, connectionId } = fresh;
  if (!sessions.some(({ name }) => name === session)) {
    return { ...state, sessions: [...sessions, fresh] };
  }
  const others = sessions.map((one) => (one.name === session ? fresh : one));
  return noted({ ...state, sessions: others }, { seq, session, kind: "reconnected", connectionId });
}

function noted(state: State, note: ClientNote): State {
  return { ...state, clientNotes: [...state.clientNotes, note] };
}

function started(
  state: State,
  event: EventHead & Extract<StatementEvent, { type: "statement.started" }>,
): State {
  if (event.session === null) return state;
  const statement: StatementState = {
    id: event.id,
    session: event.session,
    sql: event.sql,
    startedAt: event.seq,
    startedMs: event.ms,
    endedAt: null,
    endedMs: null,
    outcome: null,
    waits: [],
    plans: [],
  };
  const running = withSession(state, event.session, (session) => ({
    ...session,
    status: "running",
    statement: event.id,
    wait: null,
    deadlockVictim: false,
  }));
  return { ...running, statements: intMapSet(state.statements, event.id, statement) };
}

/** Since when the session has been waiting, when it already is: the blockers changed, not the wait. */
function openWait(state: State, name: SessionState["name"] | null): number | null {
  return state.sessions.find((session) => session.name === name)?.wait?.sinceMs ?? null;
}

function waitsClosed(statement: StatementState, event: EventHead): StatementState {
  if (statement.waits.every((wait) => wait.toSeq !== null)) return statement;
  return {
    ...statement,
    waits: statement.waits.map((wait) =>
      wait.toSeq === null ? { ...wait, toSeq: event.seq, toMs: event.ms } : wait,
    ),
  };
}
