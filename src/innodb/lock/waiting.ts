/**
 * Waits: a request joins the wait-for graph, is told who stands ahead of it, and ends.
 *
 *   request ──enqueueWait──▶ Wait ──┬── grant ────────────▶ "granted"
 *                                   ├── record removed ───▶ "granted" (nothing is held; the caller looks again)
 *                                   ├── deadlock victim ──▶ "deadlockVictim"
 *                                   └── time-out, KILL ───▶ the scheduler says so itself
 *
 * InnoDB: RecLock::add_to_waitq, lock_create_wait_for_edge, lock_reset_wait_and_release_thread_if_suspended,
 * lock_wait_suspend_thread.
 */
import { assert, unreachable } from "../../base/assert.ts";
import type { ForeignKeyCheck, LockReason, WaitRule } from "../../trace/events.ts";
import type { LockBlocker } from "../../trace/state.ts";
import type { DbError, LockWait, Resumption, Steps } from "../api.ts";
import type { LockOutcome, RecLock, TableLock, TrxImpl } from "../types.ts";
import { lockState, recBlocker, tableBlocker } from "./describe.ts";
import type { LockSys, Wait } from "./lock_sys.ts";
import { onlyBit } from "./queue.ts";
import { recBlockers, tableBlockers } from "./rec_has_to_wait.ts";

/** A waiting request has just been put into its queue; `blocking` is the first lock in its way. */
export function enqueueWait(
  sys: LockSys,
  lock: RecLock | TableLock,
  blocking: RecLock | TableLock,
  why: LockReason,
  foreignKey: ForeignKeyCheck | null,
): void {
  const { trx } = lock;
  assert(!sys.waits.has(trx), "a transaction waits for one lock at a time");
  trx.wasChosenAsVictim = false;
  const wait: Wait = {
    lock,
    blocking: blocking.trx,
    reservation: sys.reservations,
    sinceMs: sys.context.now(),
    weight: 1,
    blockers: blockersNow(lock),
  };
  sys.reservations += 1;
  sys.waits.set(trx, wait);
  sys.hasNewEdge = true;
  sys.context.emit({
    type: "lock.waiting",
    lock: lockState(sys, lock),
    why,
    rule: ruleOf(lock, blocking),
    ...(foreignKey === null ? {} : { foreignKey }),
  });
}

/** The request is granted: the lock stays, the wait is over (InnoDB: lock_grant). */
export function grantWaiting(sys: LockSys, lock: RecLock | TableLock): void {
  const wait = waitOf(sys, lock);
  endWait(sys, lock);
  sys.context.emit({
    type: "lock.grantedAfterWait",
    lock: lockState(sys, lock),
    cause: sys.cause,
    waitedMs: sys.context.now() - wait.sinceMs,
  });
  wake(sys, lock.trx, "granted");
}

/** Takes the edge out of the wait-for graph; says nothing. */
export function endWait(sys: LockSys, lock: RecLock | TableLock): void {
  waitOf(sys, lock);
  sys.waits.delete(lock.trx);
  lock.waiting = false;
  lock.trx.waitLock = null;
}

/** Tells the scheduler, or the transaction itself when it has not got as far as its suspension. */
export function wake(sys: LockSys, trx: TrxImpl, verdict: "granted" | "deadlockVictim"): void {
  if (sys.suspended.has(trx)) sys.context.onWake(trx, verdict);
  else sys.endedEarly.set(trx, verdict);
}

/** The suspension point. Null when the wait ended well. */
export function* suspend(sys: LockSys, trx: TrxImpl, wait: LockWait): Steps<DbError | null> {
  const early = sys.endedEarly.get(trx);
  if (early !== undefined) {
    sys.endedEarly.delete(trx);
    return errorOf(early);
  }
  sys.suspended.add(trx);
  const verdict = yield wait;
  sys.suspended.delete(trx);
  return errorOf(verdict);
}

/** What a request that has to wait comes to, once the deadlock detector has looked at it. */
export function waitOutcome(
  sys: LockSys,
  trx: TrxImpl,
  row: LockWait["lock"],
  kind: LockWait["kind"],
): LockOutcome {
  if (trx.wasChosenAsVictim) {
    sys.endedEarly.delete(trx);
    return { kind: "deadlock" };
  }
  return { kind: "wait", wait: { kind, trx: trx.ref, lock: row } };
}

/** Says where the set of conflicting requests ahead of a waiter has changed. */
export function refreshBlockers(sys: LockSys): void {
  for (const wait of sys.waits.values()) {
    const blockers = blockersNow(wait.lock);
    assert(blockers.length > 0, `transaction ${wait.lock.trx.ref} waits for nobody`);
    if (sameBlockers(blockers, wait.blockers)) continue;
    wait.blockers = blockers;
    const state = lockState(sys, wait.lock);
    const data = "data" in state ? state.data : state.tableName;
    sys.context.emit({ type: "lock.blockersChanged", id: state.id, data, blockers });
  }
}

/** The wait-for edge points elsewhere (InnoDB: lock_update_wait_for_edge). */
export function updateEdge(
  sys: LockSys,
  lock: RecLock | TableLock,
  blocking: RecLock | TableLock,
): void {
  const wait = waitOf(sys, lock);
  if (wait.blocking === blocking.trx) return;
  wait.blocking = blocking.trx;
  sys.hasNewEdge = true;
}

export function waitOf(sys: LockSys, lock: RecLock | TableLock): Wait {
  const wait = sys.waits.get(lock.trx);
  assert(
    wait !== undefined && wait.lock === lock,
    "a waiting lock is what its transaction waits for",
  );
  return wait;
}

function blockersNow(lock: RecLock | TableLock): readonly LockBlocker[] {
  if (lock.kind === "table") return tableBlockers(lock).map(tableBlocker);
  const { rec } = onlyBit(lock);
  return recBlockers(lock).map((blocker) => recBlocker(blocker, rec));
}

function sameBlockers(one: readonly LockBlocker[], other: readonly LockBlocker[]): boolean {
  return (
    one.length === other.length && one.every((blocker, at) => blocker.lock === other[at]?.lock)
  );
}

function ruleOf(lock: RecLock | TableLock, blocking: RecLock | TableLock): WaitRule {
  if (lock.kind === "table") return blocking.waiting ? "waiterAhead" : "tableModeConflict";
  if (lock.insertIntention) return "gapBlocksInsertIntention";
  return blocking.waiting ? "waiterAhead" : "modeConflict";
}

function errorOf(verdict: Resumption): DbError | null {
  switch (verdict) {
    case "granted":
      return null;
    case "deadlockVictim":
      return { err: "deadlock" };
    case "timeout":
      return { err: "lockWaitTimeout" };
    case "killed":
      return { err: "interrupted" };
    default:
      return unreachable(verdict);
  }
}
