/**
 * What happens behind a lock that goes away: waiting requests that no longer have to wait are granted.
 *
 *   A's lock goes:   [A X] [B X waiting, nobody waits for B] [C X waiting, D and E wait for C]
 *                                                              C first: three transactions can go on
 *
 * Only waiters whose edge in the wait-for graph points at the releasing transaction are looked at, and they are
 * compared with what is granted, not with the waiters ahead of them: Contention-Aware Transaction Scheduling
 * prefers the waiter with the larger schedule weight, and the older one among those nobody waits for.
 *
 * InnoDB: lock_rec_grant_by_heap_no, lock_rec_grant, lock_rec_dequeue_from_page, lock_table_dequeue (lock0lock.cc).
 */
import type { Page, RecLock, TableLock, TrxImpl } from "../types.ts";
import type { LockSys } from "./lock_sys.ts";
import { discard, hasWaiters, moveToFront, onlyBit, removeFrom } from "./queue.ts";
import { holdsRecord, recHasToWait, tableBlockers } from "./rec_has_to_wait.ts";
import { grantWaiting, updateEdge } from "./waiting.ts";

/** Removes a record lock struct, granted or waiting, and grants what it held back. */
export function dequeueRecLock(sys: LockSys, lock: RecLock): void {
  discard(lock);
  if (sys.waits.size === 0 || !hasWaiters(lock.page)) return;
  const heapNos = lock.bits
    .values()
    .map((bit) => bit.heapNo)
    .sort((one, other) => one - other);
  for (const heapNo of heapNos) grantOnRecord(sys, lock.page, heapNo, lock.trx);
}

/** A lock of `releasing` on the record has gone or become weaker. */
export function grantOnRecord(sys: LockSys, page: Page, heapNo: number, releasing: TrxImpl): void {
  const granted: RecLock[] = [];
  const light: RecLock[] = [];
  const heavy: { readonly weight: number; readonly lock: RecLock }[] = [];
  for (const lock of page.locks) {
    if (!lock.bits.has(heapNo)) continue;
    if (!lock.waiting) {
      granted.push(lock);
      continue;
    }
    const wait = sys.waits.get(lock.trx);
    if (wait === undefined || lock.trx.wasChosenAsVictim || wait.blocking !== releasing) continue;
    if (wait.weight <= 1) light.push(lock);
    else heavy.push({ weight: wait.weight, lock });
  }
  heavy.sort((one, other) => other.weight - one.weight);
  const olderCount = granted.length;
  for (const lock of [...heavy.map((entry) => entry.lock), ...light]) {
    const blocking = blockedByGranted(lock, granted, olderCount);
    if (blocking !== null) {
      updateEdge(sys, lock, blocking);
      continue;
    }
    grantWaiting(sys, lock);
    moveToFront(lock);
    granted.push(lock);
  }
}

const NOBODY: readonly TableLock[] = [];

/** Removes a table lock and grants what it held back, in queue order. */
export function dequeueTableLock(sys: LockSys, lock: TableLock): void {
  const { locks } = lock.table;
  const behind = sys.waits.size === 0 ? NOBODY : locks.slice(locks.indexOf(lock) + 1);
  removeFrom(locks, lock);
  removeFrom(lock.trx.locks, lock);
  for (const waiter of behind) {
    if (!waiter.waiting || sys.waits.get(waiter.trx)?.blocking !== lock.trx) continue;
    const blocking = tableBlockers(waiter)[0];
    if (blocking === undefined) grantWaiting(sys, waiter);
    else updateEdge(sys, waiter, blocking);
  }
}

/**
 * The granted lock that a waiter still has to wait for: among those granted before, the one last in the queue; then
 * those granted just now, in order (InnoDB: lock_rec_has_to_wait_for_granted).
 */
function blockedByGranted(
  waiter: RecLock,
  granted: readonly RecLock[],
  olderCount: number,
): RecLock | null {
  const { rec } = onlyBit(waiter);
  const holds = holdsRecord(waiter.trx, rec);
  const older = granted.slice(0, olderCount).reverse();
  const inOrder = [...older, ...granted.slice(olderCount)];
  const blocks = (lock: RecLock) =>
    recHasToWait(waiter.trx, waiter, lock, rec, holds) === "hasToWait";
  return inOrder.find(blocks) ?? null;
}
