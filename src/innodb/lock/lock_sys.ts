/**
 * What the parts of the lock system share: who waits, since when, and for whom.
 *
 *   trx ──waitLock──▶ lock in a queue          Wait: the same edge as the deadlock detector sees it
 *    ▲                                          (one per waiting transaction: `blocking`)
 *    └── blocking ◀── Wait
 *
 * InnoDB: lock_sys_t, srv_slot_t, trx_lock_t (blocking_trx, schedule_weight).
 */
import type { EventSeq } from "../../trace/ids.ts";
import type { LockBlocker } from "../../trace/state.ts";
import type { EngineContext, RecLock, TableLock, TrxImpl } from "../types.ts";

/** A transaction that waits. InnoDB: a slot of lock_sys->waiting_threads. */
export interface Wait {
  /** The request; another struct after a page split moved it. */
  lock: RecLock | TableLock;
  /** trx_lock_t::blocking_trx: the one reason to wait that the deadlock detector follows. */
  blocking: TrxImpl;
  /** Slots are numbered as they are taken; the newest waiter has the largest number. */
  readonly reservation: number;
  readonly sinceMs: number;
  /** trx_lock_t::schedule_weight: how many transactions wait for this one, itself included. */
  weight: number;
  /** All conflicting requests ahead of it, as the trace last said. */
  blockers: readonly LockBlocker[];
}

export interface LockSys {
  readonly context: EngineContext;
  /** In the order of their reservations. */
  readonly waits: Map<TrxImpl, Wait>;
  /** lock_wait_table_reservations. */
  reservations: number;
  /** The wait-for graph has an edge that the deadlock detector has not seen. */
  hasNewEdge: boolean;
  /** The event that frees locks right now: the `cause` of the grants that follow from it. */
  cause: EventSeq | null;
  /** Transactions suspended in `wait`; the others learn the end of their wait when they get there. */
  readonly suspended: Set<TrxImpl>;
  /** Waits that ended before their transaction was suspended. */
  readonly endedEarly: Map<TrxImpl, "granted" | "deadlockVictim">;
}

export function newLockSys(context: EngineContext): LockSys {
  return {
    context,
    waits: new Map(),
    reservations: 0,
    hasNewEdge: false,
    cause: null,
    suspended: new Set(),
    endedEarly: new Map(),
  };
}
