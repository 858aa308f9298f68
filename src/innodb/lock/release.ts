/**
 * Locks are given back: at the transaction's end, by a statement that did not need a row, by DDL, or with a wait.
 *
 * InnoDB: lock_trx_release_locks, lock_rec_unlock, lock_remove_all_on_table, lock_unlock_table_autoinc,
 * lock_wait_try_cancel (lock0lock.cc, lock0wait.cc).
 */
import { assert } from "../../base/assert.ts";
import type { LockReleaseReason } from "../../trace/events.ts";
import type { EventSeq, LockId } from "../../trace/ids.ts";
import { recModeText } from "../../trace/lock_modes.ts";
import type { Index, LockBit, Rec, RecLock, Table, TableLock, TrxImpl } from "../types.ts";
import { giveUpWait, settle } from "./deadlock.ts";
import { dataOf, lockState, recLockState, recLockText, tableLockText } from "./describe.ts";
import { dequeueRecLock, dequeueTableLock, grantOnRecord } from "./grant.ts";
import type { LockSys } from "./lock_sys.ts";
import { discard, onlyBit, removeFrom, resetBit } from "./queue.ts";
import { waitOf } from "./waiting.ts";

/** The transaction ends: newest record lock structs first, then table locks. */
export function releaseAll(sys: LockSys, trx: TrxImpl, why: LockReleaseReason): void {
  assert(trx.waitLock === null, "a transaction that waits does not end");
  if (trx.locks.length > 0) releaseLocks(sys, trx.locks.toReversed(), why);
  trx.recLocksGivenUp = 0;
}

/** Table locks that LOCK TABLES took. */
export function releaseTableLocks(sys: LockSys, trx: TrxImpl): void {
  const isExplicit = (lock: RecLock | TableLock) =>
    lock.kind === "table" && (lock.mode === "S" || lock.mode === "X");
  releaseLocks(sys, trx.locks.filter(isExplicit), "statementEnd");
}

/** Locks of gaps go, next-key locks stay on their records, and so do requests to insert. */
export function releaseGaps(sys: LockSys, trx: TrxImpl): void {
  const guardsGap = (lock: RecLock | TableLock): lock is RecLock =>
    lock.kind === "rec" && lock.shape !== "recNotGap" && !lock.insertIntention;
  const changed = trx.locks.filter(guardsGap);
  const whole = changed.filter(({ shape, bits }) => shape === "gap" || bits.values().every(isEnd));
  releaseLocks(sys, whole, "prepare");
  for (const lock of changed) if (!whole.includes(lock)) keepRecords(sys, lock);
  settle(sys);
}

function isEnd({ rec }: LockBit): boolean {
  return rec.kind === "supremum";
}

function keepRecords(sys: LockSys, lock: RecLock): void {
  const bits = [...lock.bits.values()];
  const end = bits.find(isEnd);
  if (end !== undefined) {
    sys.cause = emitReleased(sys, [end.lock], [recLockText(lock, end.rec)], "prepare");
    resetBit(lock, end.rec);
  }
  lock.shape = "recNotGap";
  lock.modeText = recModeText(lock);
  const locks = lock.bits.values().map((bit) => recLockState(sys, lock, bit));
  sys.cause = sys.context.emit({ type: "lock.moved", locks, why: "prepare" }) as EventSeq;
  for (const { heapNo } of bits) grantOnRecord(sys, lock.page, heapNo, lock.trx);
  sys.cause = null;
}

/** The statement is over: AUTO-INC locks go. */
export function releaseAutoInc(sys: LockSys, trx: TrxImpl): void {
  if (trx.locks.some(isAutoInc)) releaseLocks(sys, trx.locks.filter(isAutoInc), "statementEnd");
}

function isAutoInc(lock: RecLock | TableLock): boolean {
  return lock.kind === "table" && lock.mode === "AUTO_INC";
}

/** The row did not match: READ COMMITTED gives its record lock back, the struct stays. */
export function unlockRow(
  sys: LockSys,
  trx: TrxImpl,
  rec: Rec,
  mode: "S" | "X",
  why: LockReleaseReason,
): void {
  const lock = rec.page.locks.find(
    (held) =>
      held.trx === trx &&
      held.mode === mode &&
      held.shape === "recNotGap" &&
      held.bits.has(rec.heapNo),
  );
  assert(lock !== undefined && !lock.waiting, "the row to unlock is locked");
  const texts = [recLockText(lock, rec)];
  const ids = [resetBit(lock, rec).lock];
  sys.cause = emitReleased(sys, ids, texts, why);
  grantOnRecord(sys, rec.page, rec.heapNo, trx);
  sys.cause = null;
  settle(sys);
}

/** The wait is given up. The scheduler, who wants it, resumes the transaction itself. */
export function cancelWait(sys: LockSys, trx: TrxImpl, why: "timeout" | "killed"): void {
  const lock = trx.waitLock;
  if (lock === null) return;
  if (why === "timeout") {
    const { id } = lockState(sys, lock);
    const data = lock.kind === "table" ? lock.table.def.name : dataOf(onlyBit(lock).rec);
    const waitedMs = sys.context.now() - waitOf(sys, lock).sinceMs;
    sys.context.emit({ type: "lock.timedOut", id, data, waitedMs });
  }
  giveUpWait(sys, trx, why);
  settle(sys);
}

/** The index goes with its pages; nobody waits there (a metadata lock sees to it). */
export function indexDropped(sys: LockSys, index: Index): void {
  const locks = [...index.pages.values()].flatMap((page) => page.locks);
  discardAll(sys, locks);
}

export function tableDropped(sys: LockSys, table: Table): void {
  const pages = table.indexes.flatMap((index) => [...index.pages.values()]);
  discardAll(sys, [...pages.flatMap((page) => page.locks), ...table.locks]);
}

function releaseLocks(
  sys: LockSys,
  locks: readonly (RecLock | TableLock)[],
  why: LockReleaseReason,
): void {
  if (locks.length === 0) return;
  const said = sayReleased(sys, locks, why);
  sys.cause = said;
  for (const lock of locks) {
    if (lock.kind === "rec") dequeueRecLock(sys, lock);
    else dequeueTableLock(sys, lock);
  }
  sys.cause = null;
  settle(sys);
}

function discardAll(sys: LockSys, locks: readonly (RecLock | TableLock)[]): void {
  if (locks.length === 0) return;
  assert(!locks.some((lock) => lock.waiting), "nobody waits for a lock on what is dropped");
  sayReleased(sys, locks, "tableDropped");
  for (const lock of locks) {
    if (lock.kind === "rec") {
      discard(lock);
    } else {
      removeFrom(lock.table.locks, lock);
      removeFrom(lock.trx.locks, lock);
    }
  }
}

function sayReleased(
  sys: LockSys,
  locks: readonly (RecLock | TableLock)[],
  why: LockReleaseReason,
): EventSeq | null {
  if (locks.every(hasOneRow)) {
    return emitReleased(sys, locks.map(rowOf), locks.map(textOf), why);
  }
  const ids: LockId[] = [];
  const texts: string[] = [];
  for (const lock of locks) {
    if (lock.kind === "table") {
      ids.push(lock.row);
      texts.push(tableLockText(lock));
      continue;
    }
    const { index } = lock;
    const place = `${index.table.def.name}.${index.name} ${lock.modeText} @ `;
    for (const bit of lock.bits.values()) {
      ids.push(bit.lock);
      texts.push(place + dataOf(bit.rec));
    }
  }
  return ids.length === 0 ? null : emitReleased(sys, ids, texts, why);
}

function hasOneRow(lock: RecLock | TableLock): boolean {
  return lock.kind === "table" || lock.bits.size === 1;
}

function rowOf(lock: RecLock | TableLock): LockId {
  return lock.kind === "table" ? lock.row : onlyBit(lock).lock;
}

function textOf(lock: RecLock | TableLock): string {
  return lock.kind === "table" ? tableLockText(lock) : recLockText(lock, onlyBit(lock).rec);
}

function emitReleased(
  sys: LockSys,
  ids: readonly LockId[],
  texts: readonly string[],
  why: LockReleaseReason,
): EventSeq {
  const { head } = sys.context;
  return sys.context.emit({
    type: "lock.released",
    ids,
    texts,
    why,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  }) as EventSeq;
}
