/** The door of the lock system. */
import type { ForeignKeyCheck, LockReason, LockReleaseReason } from "../../trace/events.ts";
import type { LockStructId, RecId, SessionName, TrxRef } from "../../trace/ids.ts";
import type {
  RecLockShape,
  RecLockState,
  TableLockMode,
  TableLockState,
} from "../../trace/state.ts";
import type { DbError, LockWait, Steps } from "../api.ts";
import type { Index, LockOutcome, Page, Rec, Table, TrxImpl } from "../types.ts";

/** Every lock, in the order in which data_locks shows them. */
export interface LockRows {
  readonly tableLocks: readonly TableLockState[];
  readonly recLocks: readonly RecLockState[];
}

/** Neighbours on a page: `recs[from]` to `recs[to - 1]`. */
export interface RecRun {
  readonly recs: readonly Rec[];
  readonly from: number;
  readonly to: number;
}

/**
 * The lock system as the rest of the engine calls it (InnoDB: lock0lock.cc; implemented in `lock/`).
 * Functions that ask for a lock first make a conflicting implicit lock explicit, as InnoDB does.
 */
export interface LockSystem {
  /** lock_table. IX and X first make the transaction a read-write one: `context.assignTrxId`. */
  table(
    trx: TrxImpl,
    table: Table,
    mode: TableLockMode,
    why: LockReason,
    foreignKey?: ForeignKeyCheck | null,
  ): LockOutcome;
  /** lock_clust_rec_read_check_and_lock and lock_sec_rec_read_check_and_lock; `rec` may be a supremum. */
  read(
    trx: TrxImpl,
    rec: Rec,
    mode: "S" | "X",
    shape: RecLockShape,
    onConflict: "wait" | "nowait" | "skipLocked",
    why: LockReason,
    foreignKey?: ForeignKeyCheck | null,
  ): LockOutcome;
  /**
   * As `read` for a scan's next-key locks on one record after the other, as far as nobody has locked, written or deleted them;
   * gives where it ended. `each` is called after each lock.
   */
  readFree<Subject>(
    trx: TrxImpl,
    run: RecRun,
    mode: "S" | "X",
    each: (subject: Subject, rec: Rec) => void,
    subject: Subject,
  ): number;
  /** lock_rec_insert_check_and_lock: may a record be inserted before `next`? */
  insert(trx: TrxImpl, next: Rec, why: LockReason): LockOutcome;
  /** lock_clust_rec_modify_check_and_lock: X record lock, implicit if nobody conflicts. */
  modifyClustered(trx: TrxImpl, rec: Rec): LockOutcome;
  /** lock_sec_rec_modify_check_and_lock. */
  modifySecondary(trx: TrxImpl, rec: Rec): LockOutcome;
  /** Suspends until the wait is over: null when granted. */
  wait(trx: TrxImpl, wait: LockWait): Steps<DbError | null>;

  // Called by whoever changes a page, right after the change (lock_update_insert, _delete, split, merge ...).
  /** `rec` was inserted: it inherits gap locks from its successor. */
  recInserted(rec: Rec): void;
  /** `rec` is about to be physically removed: its locks pass to its successor as gap locks, waiters are woken. */
  recRemoved(rec: Rec): void;
  /** `rec` got another place on its page, because it has another size (lock_rec_store_on_page_infimum and back). */
  recMoved(rec: Rec): void;
  /** `rec` is about to leave its page, which it outgrows, and has come back: maybe to another, the old one being `from`. */
  recStored(rec: Rec): void;
  recRestored(rec: Rec, from: Page, wasFirst: boolean): void;
  /** Records of `left` from position `left.recs.length` on now are on `right` (lock_move_rec_list_end + lock_update_split_right). `oldHeapNos` maps RecId to the heap number it had. */
  pageSplit(left: Page, right: Page, oldHeapNos: ReadonlyMap<RecId, number>): void;
  /** All records of `right` were appended to `left`; `right` goes away. */
  pageMerged(left: Page, right: Page, oldHeapNos: ReadonlyMap<RecId, number>): void;
  /** An empty page went away: its gap is before `heir` now (lock_update_discard). */
  pageDiscarded(page: Page, heir: Rec): void;
  /** A record is about to go to the front of `right` because `left` is full (lock_update_split_point). */
  splitPoint(left: Page, right: Page): void;
  /** The table or index goes away with its locks. */
  indexDropped(index: Index): void;
  tableDropped(table: Table): void;

  /** lock_rec_unlock: READ COMMITTED gives a non-matching row's lock back. */
  unlockRow(trx: TrxImpl, rec: Rec, mode: "S" | "X", why: LockReleaseReason): void;
  releaseAll(trx: TrxImpl, why: LockReleaseReason): void;
  releaseTableLocks(trx: TrxImpl): void;
  /** lock_trx_release_read_locks, of gaps alone: what trx_prepare does at READ COMMITTED and below. */
  releaseGaps(trx: TrxImpl): void;
  /** lock_unlock_table_autoinc: at the statement's end. */
  releaseAutoInc(trx: TrxImpl): void;
  cancelWait(trx: TrxImpl, why: "timeout" | "killed"): void;
  /** Looks for cycles though no request has come: innodb_deadlock_detect may be on again. */
  lookForDeadlocks(): void;
  /** Who holds an implicit X lock on the record: clustered, its DB_TRX_ID if active; secondary, by `row_vers_impl_x_locked`. */
  implicitHolder(rec: Rec): TrxImpl | null;
  /** lock_rec_convert_impl_to_expl: an implicit lock on the record, if there is one, becomes an explicit X,REC_NOT_GAP. A partial rollback under REPEATABLE READ calls it before it undoes. */
  convertImplicit(rec: Rec): void;
  /** Undo records not undone plus lock structs: what the choice of a deadlock victim compares. */
  weight(trx: TrxImpl): number;
  /** Every lock as the trace knows it, in the order of data_locks. */
  lockRows(): LockRows;
  /** data_lock_waits as the queues stand now. */
  lockWaits(): readonly { readonly waiting: TrxRef; readonly blocking: TrxRef }[];
  /** Structs of record locks that another session's thread than its transaction's own has made. */
  lockMakers(): ReadonlyMap<LockStructId, SessionName>;
  scheduleWeight(trx: TrxImpl): number | null;
}
