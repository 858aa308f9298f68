/**
 * Pages split and merge: locks go with their records, and the gap at a page's end is guarded on both sides.
 *
 *   split:   [1 2 3 4 5 sup]  ─▶  [1 2 sup'] [3 4 5 sup]     locks of sup go to the right page;
 *                                                             sup' inherits those of 3, as gap locks
 *   merge:   the other way round: locks of the left page's supremum pass to the first record that came
 *
 * A lock keeps its id (its row of data_locks) when it moves; it gets another struct, and the old one stays on its
 * page with no bits, as in InnoDB.
 *
 * InnoDB: lock_move_rec_list_end, lock_update_split_right, lock_update_merge_left, lock_update_split_point,
 * lock_rec_move (lock0lock.cc).
 */
import type { LockId } from "../../trace/ids.ts";
import type { RecLockState } from "../../trace/state.ts";
import type { Page, Rec, RecLock } from "../types.ts";
import { settle } from "./deadlock.ts";
import { recLockState, recLockText } from "./describe.ts";
import { inheritToGap, resetAndReleaseWait } from "./inherit.ts";
import type { LockSys } from "./lock_sys.ts";
import { addToQueue, discard, leaveEmpty, locksOn } from "./queue.ts";

/** Records of `left` from its present end on are on `right` now. */
export function pageSplit(sys: LockSys, left: Page, right: Page): void {
  if (left.locks.length === 0) return;
  const moved = [
    ...moveRecords(sys, left, right),
    ...moveLocks(sys, left.supremum, right.supremum),
  ];
  sayMoved(sys, moved, "split");
  const first = right.recs[0] ?? right.supremum;
  inheritToGap(sys, left.supremum, first);
  settle(sys);
}

/** An empty page went away. */
export function pageDiscarded(sys: LockSys, page: Page, heir: Rec): void {
  if (page.locks.length === 0) return;
  inheritToGap(sys, heir, page.supremum);
  resetAndReleaseWait(sys, page.supremum);
  for (const lock of [...page.locks]) discard(lock);
  settle(sys);
}

/** Who guards the gap at the end of `left` guards the one before the first record of `right` as well. */
export function splitPoint(sys: LockSys, left: Page, right: Page): void {
  if (left.locks.length === 0) return;
  inheritToGap(sys, right.recs[0] ?? right.supremum, left.supremum);
  settle(sys);
}

/** The `count` records of `right` are at the end of `left` now; `right` goes away. */
export function pageMerged(sys: LockSys, left: Page, right: Page, count: number): void {
  if (left.locks.length === 0 && right.locks.length === 0) return;
  const moved = moveRecords(sys, right, left);
  sayMoved(sys, moved, "merge");
  const firstMoved = left.recs[left.recs.length - count];
  if (firstMoved !== undefined) {
    inheritToGap(sys, firstMoved, left.supremum);
    resetAndReleaseWait(sys, left.supremum);
  }
  sayMoved(sys, moveLocks(sys, right.supremum, left.supremum), "merge");
  for (const lock of [...right.locks]) discard(lock);
  settle(sys);
}

/**
 * A record that changes its size is taken off its page and put back. Its locks wait on the infimum meanwhile: granted ones
 * find their own structs again, a waiting one gets a new one each way, and those it leaves count in its transaction's weight.
 */
export function recMoved(sys: LockSys, rec: Rec): void {
  for (const lock of locksOn(rec)) {
    if (!lock.waiting) continue;
    for (const _way of ["to the infimum", "and back"]) leaveEmpty(sys, lock);
  }
}

/** A record that outgrows its page leaves its locks on the infimum. InnoDB: lock_rec_store_on_page_infimum. */
export function recStored(sys: LockSys, rec: Rec): void {
  moveLocks(sys, rec, rec.page.infimum);
}

/**
 * The record is on a page again. While it was nowhere, the supremum before it may have inherited the locks of another.
 *
 * InnoDB: lock_rec_restore_from_page_infimum, btr_cur_pess_upd_restore_supremum.
 */
export function recRestored(sys: LockSys, rec: Rec, from: Page, wasFirst: boolean): void {
  sayMoved(sys, moveLocks(sys, from.infimum, rec), "split");
  const { prev, recs } = rec.page;
  if (!wasFirst && recs[0] === rec && prev !== null) {
    resetAndReleaseWait(sys, prev.supremum);
    inheritToGap(sys, prev.supremum, rec);
  }
  settle(sys);
}

interface Moved {
  readonly lock: RecLock;
  readonly rec: Rec;
}

/** Bits of records that are no longer on `from` but on `to`: struct by struct, records in key order. */
function moveRecords(sys: LockSys, from: Page, to: Page): Moved[] {
  const moved: Moved[] = [];
  for (const lock of [...from.locks]) {
    const bits = lock.bits.values().filter((bit) => bit.rec.kind === "user" && bit.rec.page === to);
    const inKeyOrder = bits.sort(
      (one, other) => to.recs.indexOf(one.rec) - to.recs.indexOf(other.rec),
    );
    for (const bit of inKeyOrder) {
      lock.bits.delete(bit.heapNo);
      moved.push(place(sys, lock, bit.rec, bit.lock));
    }
  }
  return moved;
}

/** InnoDB: lock_rec_move. */
function moveLocks(sys: LockSys, donor: Rec, receiver: Rec): Moved[] {
  return locksOn(donor).map((lock) => {
    const id = lock.bits.get(donor.heapNo)?.lock ?? null;
    lock.bits.delete(donor.heapNo);
    return place(sys, lock, receiver, id);
  });
}

function place(sys: LockSys, old: RecLock, rec: Rec, id: LockId | null): Moved {
  const wait = old.waiting ? sys.waits.get(old.trx) : undefined;
  const { lock, isNew } = addToQueue(sys, old.trx, rec, old, old.waiting, id);
  if (wait !== undefined) {
    wait.lock = lock;
    old.waiting = false;
  }
  if (!isNew && id !== null) {
    const texts = [recLockText(old, rec)];
    sys.context.emit({ type: "lock.released", ids: [id], texts, why: "recordRemoved" });
  }
  return { lock, rec };
}

function sayMoved(sys: LockSys, moved: readonly Moved[], why: "split" | "merge"): void {
  const locks: RecLockState[] = [];
  for (const { lock, rec } of moved) {
    const bit = lock.bits.get(rec.heapNo);
    if (bit !== undefined) locks.push(recLockState(sys, lock, bit));
  }
  if (locks.length > 0) sys.context.emit({ type: "lock.moved", locks, why });
}
