/** The fold of InnoDB's record and table locks. */
import { unreachable } from "../../base/assert.ts";
import { intMapGet, intMapSet } from "../../base/int_map.ts";
import type { EventHead, LockEvent } from "../events.ts";
import type { LockId, TrxRef } from "../ids.ts";
import type { RecLockState, State, TableLockState } from "../state.ts";
import { distinctSessions, patched, without } from "./patch.ts";

export function applyLockEvent(state: State, event: EventHead & LockEvent): State {
  switch (event.type) {
    case "lock.granted":
      return withLock(state, event.lock);
    case "lock.waiting":
      return withWaitsFor(withLock(state, event.lock), event.lock.trx, event.lock.id);
    case "lock.grantedAfterWait":
      return withWaitsFor(withLock(state, event.lock), event.lock.trx, null);
    case "lock.blockersChanged": {
      const blockers = distinctSessions(event.blockers);
      return {
        ...state,
        recLocks: patched(state.recLocks, event.id, (lock) => ({
          ...lock,
          blockers: event.blockers,
        })),
        tableLocks: patched(state.tableLocks, event.id, (lock) => ({
          ...lock,
          blockers: event.blockers,
        })),
        sessions: state.sessions.map((session) => {
          const reason = session.wait?.reason;
          const waitsForIt =
            (reason?.kind === "recLock" || reason?.kind === "tableLock") &&
            reason.lock === event.id;
          return waitsForIt && session.wait !== null
            ? { ...session, wait: { ...session.wait, blockers } }
            : session;
        }),
      };
    }
    case "lock.alreadyHeld":
    case "lock.refused":
    case "lock.timedOut":
      return state;
    case "lock.released": {
      const freed = event.ids.reduce(withoutWaitsFor, state);
      return {
        ...freed,
        recLocks: without(state.recLocks, event.ids),
        tableLocks: without(state.tableLocks, event.ids),
      };
    }
    case "lock.moved":
      return event.locks.reduce<State>(withLock, state);
    case "deadlock.found":
      return {
        ...state,
        lastDeadlock: { ...event.deadlock, seq: event.seq, atMs: event.ms },
      };
    default:
      return unreachable(event);
  }
}

function withLock(state: State, lock: RecLockState | TableLockState): State {
  return "shape" in lock
    ? { ...state, recLocks: intMapSet(state.recLocks, lock.id, lock) }
    : { ...state, tableLocks: intMapSet(state.tableLocks, lock.id, lock) };
}

function withWaitsFor(state: State, ref: TrxRef, waitsFor: LockId | null): State {
  return { ...state, trxs: patched(state.trxs, ref, (trx) => ({ ...trx, waitsFor })) };
}

/** A request that is given up is released too; its transaction then waits for nothing. */
function withoutWaitsFor(state: State, id: LockId): State {
  const lock = intMapGet(state.recLocks, id) ?? intMapGet(state.tableLocks, id);
  return lock?.status === "waiting" ? withWaitsFor(state, lock.trx, null) : state;
}
