/**
 * Locks as data for the trace: rows of performance_schema.data_locks, and one line of text for a sentence.
 */

import type { LockBlocker, RecLockState, TableLockState } from "../../trace/state.ts";
import { recKeyText } from "../key_text.ts";
import type { LockBit, Rec, RecLock, TableLock } from "../types.ts";
import type { LockSys } from "./lock_sys.ts";
import { bitOf, onlyBit } from "./queue.ts";

const NO_BLOCKERS: readonly LockBlocker[] = [];

/** The record as people read it; `lockDataOf` (trace/state_locks.ts) has LOCK_DATA. */
export function dataOf(rec: Rec): string {
  return rec.kind === "supremum" ? "supremum pseudo-record" : recKeyText(rec);
}

export function recLockState(sys: LockSys, lock: RecLock, bit: LockBit): RecLockState {
  const { index, trx } = lock;
  return {
    id: bit.lock,
    struct: lock.id,
    trx: trx.ref,
    session: trx.session,
    table: index.table.id,
    tableName: index.table.def.name,
    index: index.id,
    indexName: index.name,
    page: lock.page.no,
    rec: bit.rec.id,
    heapNo: bit.rec.heapNo,
    nBits: lock.nBits,
    mode: lock.mode,
    shape: lock.shape,
    insertIntention: lock.insertIntention,
    status: lock.waiting ? "waiting" : "granted",
    data: dataOf(bit.rec),
    modeText: lock.modeText,
    blockers: lock.waiting ? blockersSaid(sys, lock) : NO_BLOCKERS,
  };
}

export function tableLockState(sys: LockSys, lock: TableLock): TableLockState {
  const { table, trx } = lock;
  return {
    id: lock.row,
    struct: lock.id,
    trx: trx.ref,
    session: trx.session,
    table: table.id,
    tableName: table.def.name,
    mode: lock.mode,
    status: lock.waiting ? "waiting" : "granted",
    blockers: lock.waiting ? blockersSaid(sys, lock) : NO_BLOCKERS,
  };
}

/** A lock with its only or given record. */
export function lockState(sys: LockSys, lock: RecLock | TableLock): RecLockState | TableLockState {
  return lock.kind === "table" ? tableLockState(sys, lock) : recLockState(sys, lock, onlyBit(lock));
}

export function recBlocker(lock: RecLock, rec: Rec): LockBlocker {
  return { lock: bitOf(lock, rec).lock, trx: lock.trx.ref, session: lock.trx.session };
}

export function tableBlocker(lock: TableLock): LockBlocker {
  return { lock: lock.row, trx: lock.trx.ref, session: lock.trx.session };
}

/** "t.PRIMARY X,REC_NOT_GAP @ 5", as the transcripts print it. */
export function recLockText(lock: RecLock, rec: Rec): string {
  const { index } = lock;
  return `${index.table.def.name}.${index.name} ${lock.modeText} @ ${dataOf(rec)}`;
}

/** "t IX". */
export function tableLockText(lock: TableLock): string {
  return `${lock.table.def.name} ${lock.mode}`;
}

function blockersSaid(sys: LockSys, lock: RecLock | TableLock): readonly LockBlocker[] {
  return sys.waits.get(lock.trx)?.blockers ?? [];
}
