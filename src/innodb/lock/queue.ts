/**
 * The queue of record locks: how structs and bits come, go and are found.
 *
 *   page.locks:   [X,GAP A {3}] [X A {2,4}] [S,REC_NOT_GAP B {2}] | [X,REC_NOT_GAP C {2} waiting]
 *                  newest granted struct first ................... | waiting ones in order of arrival
 *
 * A record's queue is the structs of its page that have its heap number's bit, in that order. A struct is shared by
 * all records of the page that its transaction locks in one mode and shape; it stays when its last bit goes, until
 * the transaction ends.
 *
 * InnoDB: RecLock, lock_rec_add_to_queue, lock_rec_has_expl, lock_rec_discard (lock0lock.cc).
 * Departure: locks hang on the page itself, not in a hash table cell that other pages may share.
 */

import { assert } from "../../base/assert.ts";
import { removeAt, withFirst, withOne } from "../../base/lists.ts";
import type { LockId } from "../../trace/ids.ts";
import { isStrongerOrEqual, type RecLockType, recModeText } from "../../trace/lock_modes.ts";
import type { RecLockShape } from "../../trace/state.ts";
import type { LockBit, Page, Rec, RecLock, TrxImpl } from "../types.ts";
import { LockBits } from "./lock_bits.ts";
import type { LockSys } from "./lock_sys.ts";

/** LOCK_PAGE_BITMAP_MARGIN: so many records can come to the page before a struct's bitmap is too small. */
const BITMAP_MARGIN = 64;

/** A bit in the queue, with the struct it belongs to. */
export interface Placed {
  readonly lock: RecLock;
  readonly bit: LockBit;
  /** False when the bit was already there. */
  readonly isNew: boolean;
}

/** The structs that lock the record, queue order. A copy: the queue may change while it is walked. */
export function locksOn(rec: Rec): RecLock[] {
  const { heapNo } = rec;
  return rec.page.locks.filter((lock) => lock.bits.has(heapNo));
}

export function hasLocksOn(rec: Rec): boolean {
  for (const lock of rec.page.locks) if (lock.bits.has(rec.heapNo)) return true;
  return false;
}

/** The bit of a lock that has one on the record. */
export function bitOf(lock: RecLock, rec: Rec): LockBit {
  const bit = lock.bits.get(rec.heapNo);
  assert(bit !== undefined, "the lock struct has a bit for the record", lock.id);
  return bit;
}

/** The only bit of a waiting lock. */
export function onlyBit(lock: RecLock): LockBit {
  assert(lock.bits.size === 1, "the lock struct has one bit", lock.id);
  return lock.bits.values()[0] as LockBit;
}

/**
 * A granted lock of the transaction on the record that is at least as strong as the one asked for (InnoDB:
 * lock_rec_has_expl). On a supremum every lock is a gap lock, whatever its shape.
 */
export function explicitLock(
  trx: TrxImpl,
  rec: Rec,
  mode: "S" | "X",
  shape: RecLockShape,
): RecLock | null {
  const { heapNo } = rec;
  for (const lock of rec.page.locks) {
    if (!lock.bits.has(heapNo)) continue;
    if (lock.waiting) return null;
    if (lock.trx !== trx || lock.insertIntention || !isStrongerOrEqual(lock.mode, mode)) continue;
    const covers = lock.shape === "ordinary" || lock.shape === shape;
    if (covers || rec.kind === "supremum") return lock;
  }
  return null;
}

/**
 * Puts a request into the record's queue, granted or waiting, without looking for conflicts. A granted one joins a
 * struct of its kind on the page if there is one. `lockId` keeps the identity of a lock that moves.
 */
export function addToQueue(
  sys: LockSys,
  trx: TrxImpl,
  rec: Rec,
  type: RecLockType,
  waiting: boolean,
  lockId: LockId | null = null,
): Placed {
  const shape = rec.kind === "supremum" ? "ordinary" : type.shape;
  if (!waiting) {
    const asked = shape === type.shape ? type : { ...type, shape };
    const joined = joinStruct(sys, trx, rec, asked, lockId);
    if (joined !== null) return joined;
  }
  const { page } = rec;
  const lock: RecLock = {
    kind: "rec",
    id: sys.context.next.lockStruct(),
    trx,
    maker: sys.context.head.session,
    index: page.index,
    page,
    mode: type.mode,
    shape,
    insertIntention: type.insertIntention,
    waiting,
    modeText: recModeText(shape === type.shape ? type : { ...type, shape }),
    nBits: 8 * (1 + Math.floor((page.nextHeapNo + BITMAP_MARGIN) / 8)),
    bits: new LockBits(),
  };
  page.locks = waiting ? withOne(page.locks, lock) : withFirst(page.locks, lock);
  trx.locks = withOne(trx.locks, lock);
  if (waiting) trx.waitLock = lock;
  return { lock, bit: setBit(sys, lock, rec, lockId), isNew: true };
}

/** A struct like this one, which stays with the transaction without a bit. */
export function leaveEmpty(sys: LockSys, lock: RecLock): void {
  const id = sys.context.next.lockStruct();
  const empty: RecLock = { ...lock, id, waiting: false, bits: new LockBits() };
  lock.page.locks.unshift(empty);
  lock.trx.locks.push(empty);
}

/** Removes a struct with all its bits (InnoDB: lock_rec_discard). Grants nothing. */
export function discard(lock: RecLock): void {
  removeFrom(lock.page.locks, lock);
  removeFrom(lock.trx.locks, lock);
}

/** The waiting struct becomes the first of the granted ones. */
export function moveToFront(lock: RecLock): void {
  const { page } = lock;
  removeFrom(page.locks, lock);
  page.locks = withFirst(page.locks, lock);
}

/** Takes the record's bit out of the struct, which stays. */
export function resetBit(lock: RecLock, rec: Rec): LockBit {
  const bit = bitOf(lock, rec);
  lock.bits.delete(rec.heapNo);
  return bit;
}

/** Takes an item out of a list that has it; the last one is looked at first. */
export function removeFrom<T>(list: T[], item: T): void {
  let at = list.length - 1;
  while (at >= 0 && list[at] !== item) at -= 1;
  assert(at >= 0, "a lock stands in its lists");
  removeAt(list, at);
}

/** True when somebody waits for a lock on the page. */
export function hasWaiters(page: Page): boolean {
  return page.locks.some((lock) => lock.waiting);
}

function joinStruct(
  sys: LockSys,
  trx: TrxImpl,
  rec: Rec,
  type: RecLockType,
  lockId: LockId | null,
): Placed | null {
  let hasWaiterBefore = false;
  for (const lock of rec.page.locks) {
    if (isJoinable(lock, trx, rec, type)) {
      const bit = lock.bits.get(rec.heapNo);
      if (bit !== undefined) return { lock, bit, isNew: false };
      const set = setBit(sys, lock, rec, lockId);
      // A struct that once waited and lost its bit may stand behind waiting ones.
      if (hasWaiterBefore) moveToFront(lock);
      return { lock, bit: set, isNew: true };
    }
    if (lock.waiting) hasWaiterBefore = true;
  }
  return null;
}

function isJoinable(lock: RecLock, trx: TrxImpl, rec: Rec, type: RecLockType): boolean {
  return (
    lock.trx === trx &&
    !lock.waiting &&
    lock.mode === type.mode &&
    lock.shape === type.shape &&
    lock.insertIntention === type.insertIntention &&
    rec.heapNo < lock.nBits
  );
}

/** One more bit of a struct that has room for it. */
export function setBit(sys: LockSys, lock: RecLock, rec: Rec, lockId: LockId | null): LockBit {
  const bit: LockBit = { lock: lockId ?? sys.context.next.lock(), rec, heapNo: rec.heapNo };
  lock.bits.add(bit);
  return bit;
}
