/**
 * Gaps change when records come and go: who guarded the old gap guards the new ones.
 *
 *   insert 7 into (5, 10):   a gap lock before 10 guards (5, 10)  ─▶  gap locks before 7 and before 10
 *   remove 7:                any lock on 7, waiting ones too      ─▶  gap locks before 10; waiters of 7 look again
 *
 * InnoDB: lock_update_insert, lock_update_delete, lock_rec_inherit_to_gap, lock_rec_inherit_to_gap_if_gap_lock,
 * lock_rec_reset_and_release_wait (lock0lock.cc).
 */
import type { LockOwner } from "../../trace/events_locks.ts";
import type { LockId } from "../../trace/ids.ts";
import { nextOnPage } from "../btree/cursor.ts";
import type { Rec, RecLock } from "../types.ts";
import { settle } from "./deadlock.ts";
import { recLockState, recLockText } from "./describe.ts";
import type { LockSys } from "./lock_sys.ts";
import { addToQueue, hasLocksOn, locksOn, resetBit } from "./queue.ts";
import { endWait, wake } from "./waiting.ts";

/** `rec` was inserted: gap locks of its successor guard the gap before it as well. */
export function recInserted(sys: LockSys, rec: Rec): void {
  if (rec.page.locks.length === 0) return;
  const next = nextOnPage(rec);
  const locks = locksOn(next);
  for (const lock of locks) {
    const guardsGap = next.kind === "supremum" || lock.shape !== "recNotGap";
    if (guardsGap && !lock.insertIntention) inherit(sys, lock, rec, "gapSplit");
  }
  settle(sys);
}

/** `rec` goes: its locks pass to its successor as gap locks, its waiters are woken. */
export function recRemoved(sys: LockSys, rec: Rec): void {
  if (!hasLocksOn(rec)) return;
  inheritToGap(sys, nextOnPage(rec), rec);
  resetAndReleaseWait(sys, rec);
  settle(sys);
}

/**
 * All locks of `donor`, waiting ones too, as gap locks before `heir`. Under READ COMMITTED and below only while a
 * statement needs what a constraint check has locked.
 */
export function inheritToGap(sys: LockSys, heir: Rec, donor: Rec): void {
  for (const lock of locksOn(donor)) {
    const { isolation, inheritAll } = lock.trx;
    const skipsGaps = isolation === "READ COMMITTED" || isolation === "READ UNCOMMITTED";
    if (!lock.insertIntention && (!skipsGaps || inheritAll)) inherit(sys, lock, heir, "inherited");
  }
}

/** Takes all locks from the record; who waited for one goes on and looks again. */
export function resetAndReleaseWait(sys: LockSys, rec: Rec): void {
  const locks = locksOn(rec);
  if (locks.length === 0) return;
  const ids: LockId[] = [];
  const texts: string[] = [];
  const woken: RecLock[] = [];
  const owners: LockOwner[] = [];
  for (const lock of locks) {
    owners.push({ session: lock.trx.session, isRequest: lock.waiting });
    texts.push(recLockText(lock, rec));
    if (lock.waiting) {
      endWait(sys, lock);
      woken.push(lock);
    }
    ids.push(resetBit(lock, rec).lock);
  }
  sys.context.emit({ type: "lock.released", ids, texts, why: "recordRemoved", owners });
  for (const lock of woken) wake(sys, lock.trx, "granted");
}

function inherit(sys: LockSys, lock: RecLock, heir: Rec, why: "inherited" | "gapSplit"): void {
  const type = { mode: lock.mode, shape: "gap", insertIntention: false } as const;
  const { lock: heirLock, bit, isNew } = addToQueue(sys, lock.trx, heir, type, false);
  if (!isNew) return;
  sys.context.emit({
    type: "lock.granted",
    lock: recLockState(sys, heirLock, bit),
    why,
    rule: lock.waiting ? "inheritedFromWaiter" : "inheritedFromGap",
  });
}
