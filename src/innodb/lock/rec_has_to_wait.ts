/**
 * The one conflict function: does a request have to wait for another one on the same record?
 *
 *   asked \ there          X next-key   X rec       X gap       insert intention
 *   X next-key             waits        waits       -           -
 *   X rec                  waits        waits       -           -
 *   X gap                  -            -           -           -
 *   insert intention       waits        -           waits       -
 *
 * (S in place of X: waits where the modes conflict.) On a supremum every lock is a gap lock.
 *
 * InnoDB: locksys::rec_lock_check_conflict, lock_rec_other_has_conflicting, lock_rec_has_to_wait_in_queue (lock0lock.cc).
 */

import { isCompatible, type RecLockType } from "../../trace/lock_modes.ts";
import type { Rec, RecLock, TableLock, TrxImpl } from "../types.ts";
import { explicitLock, hasLocksOn, onlyBit } from "./queue.ts";

export type Conflict = "hasToWait" | "noConflict" | "canBypass";

/** Answers, once per walk along a queue, whether the transaction holds a lock on the record itself. */
export type HoldsRecord = () => boolean;

/** InnoDB: Trx_locks_cache::has_granted_blocker. */
export function holdsRecord(trx: TrxImpl, rec: Rec): HoldsRecord {
  let holds: boolean | null = null;
  return () => {
    holds ??= explicitLock(trx, rec, "S", "recNotGap") !== null;
    return holds;
  };
}

/** Must the request of `trx` on `rec` wait for `other`, which has a bit on the same record? */
export function recHasToWait(
  trx: TrxImpl,
  asked: RecLockType,
  other: RecLock,
  rec: Rec,
  holds: HoldsRecord,
): Conflict {
  if (trx === other.trx || isCompatible(asked.mode, other.mode)) return "noConflict";
  const isOnSupremum = rec.kind === "supremum";
  // Gap locks only keep inserts out: whoever asks for one never waits.
  if ((isOnSupremum || asked.shape === "gap") && !asked.insertIntention) return "noConflict";
  // And nobody but an insert waits for one.
  if (!asked.insertIntention && other.shape === "gap") return "noConflict";
  // The gap and the record are different things.
  if (asked.shape === "gap" && other.shape === "recNotGap") return "noConflict";
  // Inserts into one gap do not disturb each other, nor do they keep anybody out.
  if (other.insertIntention) return "noConflict";
  // A waiter that waits for me may be passed by; not by an insert, which would split the gap and double the waiter.
  const maybePassedBy =
    !asked.insertIntention && other.waiting && other.mode === "X" && asked.mode === "X";
  if (maybePassedBy && holds()) return "canBypass";
  return "hasToWait";
}

/** What a request on the record meets in the queue: the locks it has to wait for, in order. */
export interface Conflicts {
  readonly blockers: readonly RecLock[];
  readonly bypassed: boolean;
}

const NO_CONFLICTS: Conflicts = { blockers: [], bypassed: false };

/** All conflicting requests, waiting ones included (InnoDB: lock_rec_other_has_conflicting stops at the first). */
export function conflictsOn(trx: TrxImpl, rec: Rec, asked: RecLockType): Conflicts {
  const { heapNo } = rec;
  const { locks } = rec.page;
  if (!hasLocksOn(rec)) return NO_CONFLICTS;
  const blockers: RecLock[] = [];
  let bypassed = false;
  const holds = holdsRecord(trx, rec);
  for (const lock of locks) {
    if (!lock.bits.has(heapNo)) continue;
    const conflict = recHasToWait(trx, asked, lock, rec, holds);
    if (conflict === "hasToWait") blockers.push(lock);
    // What lies behind the first conflict is not looked at by InnoDB.
    if (conflict === "canBypass" && blockers.length === 0) bypassed = true;
  }
  return { blockers, bypassed };
}

/** The record locks ahead of a waiting request that it has to wait for: its rows of data_lock_waits. */
export function recBlockers(waiting: RecLock): readonly RecLock[] {
  const { rec } = onlyBit(waiting);
  const holds = holdsRecord(waiting.trx, rec);
  const blockers: RecLock[] = [];
  for (const lock of waiting.page.locks) {
    if (lock === waiting) break;
    if (!lock.bits.has(rec.heapNo)) continue;
    if (recHasToWait(waiting.trx, waiting, lock, rec, holds) === "hasToWait") blockers.push(lock);
  }
  return blockers;
}

/** The same for a table lock (InnoDB: lock_table_has_to_wait_in_queue). */
export function tableBlockers(waiting: TableLock): readonly TableLock[] {
  const { locks } = waiting.table;
  return locks.slice(0, locks.indexOf(waiting)).filter((lock) => tableHasToWait(waiting, lock));
}

function tableHasToWait(asked: TableLock, other: TableLock): boolean {
  return asked.trx !== other.trx && !isCompatible(asked.mode, other.mode);
}

/** Who stands in the way of a waiting lock, in queue order. */
export function blockingLocks(waiting: RecLock | TableLock): readonly (RecLock | TableLock)[] {
  return waiting.kind === "table" ? tableBlockers(waiting) : recBlockers(waiting);
}
