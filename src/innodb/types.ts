/**
 * The engine's own objects, shared by its two halves: storage (dictionary, B+tree, undo, versions, writes, purge) and
 * locking (lock system, deadlocks, the row search). They are mutable and never leave the engine; the trace gets copies.
 *
 *   Table ─▶ Index ─▶ Page (leaf or inner) ─▶ Rec (infimum, user records, supremum)
 *   Trx ─▶ undo records, read view, locks        Rec.rollPtr ─▶ UndoRec ─▶ UndoRec ...
 */

import type { EmittedEvent, EventHead } from "../trace/events.ts";
import type {
  EventSeq,
  IndexId,
  LockId,
  LockStructId,
  PageNo,
  ReadViewId,
  RecId,
  RollPtr,
  SessionName,
  TableId,
  TrxId,
  TrxNo,
  TrxRef,
} from "../trace/ids.ts";
import type {
  DeadlockState,
  IsolationLevel,
  RecLockShape,
  TableLockMode,
  UndoType,
} from "../trace/state.ts";
import type { ColumnType } from "../trace/values.ts";
import type { Datum, LockWait, Operation, Resumption, Row, TableDef, TableInfo } from "./api.ts";
import type { Sequence } from "./counter.ts";
import type { EngineOptions } from "./engine_options.ts";
import type { HandlerCalls } from "./handler_calls.ts";
import type { LockSystem } from "./lock/api.ts";
import type { LockBits } from "./lock/lock_bits.ts";
import type { UndoLog } from "./undo_log.ts";

// ---------------------------------------------------------------- dictionary

/** InnoDB: dict_table_t. */
export interface Table {
  readonly id: TableId;
  def: TableDef;
  /** Clustered first. */
  indexes: Index[];
  /** What the server is shown, made when asked for; null after a change of the definition. */
  info: TableInfo | null;
  /** DB_ROW_ID comes from a counter of the whole engine where there is no usable unique key. */
  readonly hasRowId: boolean;
  autoIncrement: bigint;
  /** The largest value that a row was written with, whatever became of the row. InnoDB: autoinc_persisted. */
  autoIncrementLogged: bigint;
  /** How values went on when they were last asked for. InnoDB: autoinc_offset and autoinc_increment of row_prebuilt_t. */
  counterSequence: Sequence;
  /** stat_n_rows, moved along by DML. */
  statRows: number;
  /** n_rows of mysql.innodb_table_stats: the rows as of the last ANALYZE. */
  statRowsWritten: number;
  /** How often ANALYZE has counted. */
  statRuns: number;
  /** Pages of the clustered index as of the last ANALYZE. */
  statPages: number;
  /** Table lock structs in queue order; the lock system's. */
  locks: TableLock[];
  /** Foreign keys of other tables that point here. */
  readonly referencedBy: {
    readonly child: Table;
    readonly foreignKey: TableDef["foreignKeys"][number];
  }[];
}

/** InnoDB: dict_field_t. `prefix`: characters that are kept; null: all of them. */
export interface IndexField {
  /** Column position; -1 is DB_ROW_ID. */
  readonly column: number;
  readonly prefix: number | null;
  readonly desc: boolean;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

/** InnoDB: dict_index_t. */
export interface Index {
  readonly id: IndexId;
  readonly table: Table;
  name: string;
  readonly clustered: boolean;
  readonly unique: boolean;
  /** All fields of its key: declared ones, then (secondary) the clustered key's that are not among them. */
  readonly fields: readonly IndexField[];
  readonly declaredFields: number;
  /** InnoDB: dict_index_get_n_unique: so many leading fields are unique (all of them in a non-unique secondary index). */
  readonly uniqueFields: number;
  /** dict_index_t::trx_id, as the first read view that knows the index: older ones cannot use it. */
  readonly seenFrom: ReadViewId;
  root: Page;
  readonly pages: Map<PageNo, Page>;
  /** n_diff_key_vals per prefix as of the last ANALYZE. */
  distinct: number[];
}

// ---------------------------------------------------------------- pages and records

/** InnoDB: buf_block_t with its page_t; it lies in memory always. */
export interface Page {
  readonly no: PageNo;
  readonly index: Index;
  level: number;
  readonly infimum: Rec;
  readonly supremum: Rec;
  /** User records of a leaf in key order. */
  readonly recs: Rec[];
  /** Children of an inner page, left to right; the node pointer's key is the child's `lowKey`. */
  readonly children: Page[];
  /** Key of the node pointer to this page: no key of it is smaller. Null is minus infinity (leftmost page, root). */
  lowKey: readonly Datum[] | null;
  /** The first fields of its entries, as `btree/bounds.ts` searches them; null: not known, or not any more. */
  firsts: number[] | null;
  /** PAGE_LAST_INSERT: decides where a full page is split. */
  lastInsert: Rec | null;
  parent: Page | null;
  prev: Page | null;
  next: Page | null;
  /** PAGE_MAX_TRX_ID of a secondary leaf. */
  maxTrxId: TrxId;
  /** Bytes in use, for splits at 16 KB. */
  bytes: number;
  heapBytes: number; // up to the top of the heap, what deleted records left there (PAGE_GARBAGE) included
  nextHeapNo: number;
  /** Numbers of deleted records, the last freed one last; `freePlaces`: the bytes they left, of the last of them. */
  readonly freeHeapNos: number[];
  readonly freePlaces: number[];
  /** Record lock structs on this page in queue order; the lock system's. */
  locks: RecLock[];
}

/** InnoDB: rec_t. It keeps its id when its page splits and it moves. */
export interface Rec {
  readonly id: RecId;
  page: Page;
  heapNo: number;
  readonly kind: "user" | "infimum" | "supremum";
  /** Values of `index.fields`. */
  key: readonly Datum[];
  /** Its text, made when the trace is told of it first. */
  keyText: string | null;
  /** Clustered records: the whole row in column order; null elsewhere. */
  row: Row | null;
  rowId: number | null;
  deleted: boolean;
  trxId: TrxId;
  rollPtr: RollPtr;
  /** Where it stands in `page.recs`, as last seen; `btree/cursor.ts` alone reads it, and checks it. */
  slot: number;
  /** Physically removed: a cursor that stood on it has to search again by `key`. */
  gone: boolean;
}

// ---------------------------------------------------------------- transactions

/** InnoDB: trx_t. */
export interface TrxImpl {
  readonly ref: TrxRef;
  readonly session: SessionName;
  id: TrxId;
  isolation: IsolationLevel;
  readOnly: boolean;
  autocommit: boolean;
  status: "active" | "rollingBack";
  /** When it started, and the event that said so. */
  readonly startedMs: number;
  startedAt: EventSeq;
  readView: ReadViewImpl | null;
  /** Undo records it has written and not undone, oldest first; undo_no is the index. */
  undo: UndoRec[];
  savepoints: Savepoint[];
  /** undo_no at the start of the statement in progress. */
  statementUndo: number;
  /** Lock structs, oldest first; the lock system's. */
  locks: (RecLock | TableLock)[];
  waitLock: RecLock | TableLock | null;
  /** Set when the deadlock detector chose it while it waited. */
  wasChosenAsVictim: boolean;
  /** trx_lock_t::inherit_all: a constraint check of the statement in progress took a lock, so that its locks are inherited as gap locks in READ COMMITTED too. Set by lock requests with reason duplicateCheck or foreignKey, cleared at the statement's end. */
  inheritAll: boolean;
  /** What it is doing, for the monitor (InnoDB: trx_t::op_info). */
  operation: Operation;
  readonly calls: HandlerCalls;
  /** How many lock structs it has, those that have lost their last bit included. */
  readonly lockStructs: number;
  /** Their structs went with the bit set, which lock_rec_discard does not take off n_rec_locks. */
  recLocksGivenUp: number;
  /** It has written undo records, undone since or not (InnoDB: trx_rsegs_t::m_redo). */
  hasUndoLog: boolean;
  readonly hasWritten: boolean;
  /** Changed a non-transactional table: protected from being a victim. */
  readonly hasModifiedNonTransactional: boolean;
}

/** InnoDB: trx_named_savept_t. `undoCount`: so many undo records stay when it is rolled back to. */
export interface Savepoint {
  readonly name: string;
  readonly undoCount: number;
}

/**
 * InnoDB: ReadView. `upLimitId` is the LOW water mark, `lowLimitId` the HIGH one; `ids` were active when it was opened,
 * ascending.
 */
export interface ReadViewImpl {
  readonly id: ReadViewId;
  creatorTrxId: TrxId;
  readonly upLimitId: TrxId;
  readonly lowLimitId: TrxId;
  readonly ids: readonly TrxId[];
  readonly lowLimitNo: TrxNo;
}

/** One undo log record; `before` is what the version looked like. */
export interface UndoRec {
  readonly rollPtr: RollPtr;
  readonly trxId: TrxId;
  readonly undoNo: number;
  readonly type: UndoType;
  readonly table: Table;
  readonly rec: Rec;
  readonly before: {
    readonly row: Row;
    readonly trxId: TrxId;
    readonly rollPtr: RollPtr;
    readonly deleted: boolean;
  } | null;
  /** The row after the change, for undo and purge of secondary entries. */
  readonly after: Row | null;
  readonly changed: readonly number[];
}

// ---------------------------------------------------------------- locks

/** InnoDB: lock_t of type LOCK_REC: one transaction, page, mode and shape; a bit per record. */
export interface RecLock {
  readonly kind: "rec";
  readonly id: LockStructId;
  readonly trx: TrxImpl;
  /** Whose thread made the struct, for a transaction that need not be its own; null: one of the server's. */
  readonly maker: SessionName | null;
  readonly index: Index;
  readonly page: Page;
  readonly mode: "S" | "X";
  shape: RecLockShape;
  readonly insertIntention: boolean;
  waiting: boolean;
  modeText: string;
  /** Heap numbers below it fit into the struct's bitmap; a page that grew needs another struct (the weight counts structs). */
  readonly nBits: number;
  /** By heapNo. May be empty: a struct outlives its last bit, and counts. */
  readonly bits: LockBits;
}

/** A bit of a record lock struct: one row of data_locks. */
export interface LockBit {
  readonly lock: LockId;
  readonly rec: Rec;
  /** The record's when the bit was set. */
  readonly heapNo: number;
}

/** InnoDB: lock_t of type LOCK_TABLE. */
export interface TableLock {
  readonly kind: "table";
  readonly id: LockStructId;
  readonly row: LockId;
  readonly trx: TrxImpl;
  readonly table: Table;
  readonly mode: TableLockMode;
  waiting: boolean;
}

/** What a lock request came to. `wait`: yield it (see `LockSystem.wait`). */
export type LockOutcome =
  | { readonly kind: "granted" | "alreadyHeld" }
  | { readonly kind: "wait"; readonly wait: LockWait }
  | { readonly kind: "refused" }
  /** The request closed a cycle and its own transaction is the victim. */
  | { readonly kind: "deadlock" };

// ---------------------------------------------------------------- what the halves share

/** Handed to every part of the engine at construction; no singletons. */
export interface EngineContext {
  readonly emit: (body: EmittedEvent) => number;
  /** Of the next event. */
  readonly head: EventHead;
  readonly now: () => number;
  readonly sqlOf: (session: SessionName) => string;
  readonly deadlockDetect: () => boolean;
  readonly autoincLockMode: () => number;
  readonly hasChangedNonTransactional?: (session: SessionName) => boolean;
  readonly checksForeignKeys?: (session: SessionName) => boolean;
  readonly regenerate?: (session: SessionName, table: TableId, row: Row) => Row;
  readonly openFollowers?: EngineOptions["openFollowers"];
  readonly onWake: (trx: TrxImpl, verdict: Resumption) => void;
  readonly onDeadlock: (deadlock: DeadlockState) => void;
  /** Counters: each call hands out the next number. */
  readonly next: {
    readonly rec: () => RecId;
    readonly page: () => PageNo;
    readonly lock: () => LockId;
    readonly lockStruct: () => LockStructId;
    readonly rollPtr: () => RollPtr;
    readonly readView: () => ReadViewId;
    readonly index: () => IndexId;
    readonly table: () => TableId;
    readonly trx: () => TrxRef;
    readonly rowId: () => number;
  };
  /** Active read-write transactions by id (trx_sys->rw_trx_list). */
  readonly activeTrx: (id: TrxId) => TrxImpl | null;
  readonly trxs: Iterable<TrxImpl>;
  /** trx_set_rw_mode: gives the transaction an id unless it has one. */
  readonly assignTrxId: (trx: TrxImpl, why: string) => void;
  /** Undo records by DB_ROLL_PTR: along them a version chain leads back. */
  readonly undo: Pick<UndoLog, "get">;
  /** purge_sys->view: what it sees, purge may have removed the undo of. Null until purge has run once. */
  readonly purgeView: () => ReadViewImpl | null;
  /** trx_assign_read_view: the transaction's read view, opened now unless it has one. */
  readonly openReadView: (
    trx: TrxImpl,
    why: "firstConsistentRead" | "eachStatement" | "withConsistentSnapshot",
  ) => ReadViewImpl;
  readonly locks: () => LockSystem;
}
