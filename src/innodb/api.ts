/**
 * The handler line: what the server may ask of the storage engine. Nothing here knows SQL text.
 *
 * The methods mirror MySQL's `handler` (sql/handler.h) and InnoDB's `ha_innobase`: which one is called, with which search mode, decides what is locked.
 *
 *   server: Generator<...>  --yield*-->  handler.indexRead(...)  --yield-->  LockWait  (up to the scheduler)
 *                                                    ^------------ Resumption ----------------'
 */
import type { IndexId, LockId, RecId, SessionName, TableId, TrxId, TrxRef } from "../trace/ids.ts";
import type { IsolationLevel, State } from "../trace/state.ts";
import type { ColumnType } from "../trace/values.ts";
import type { HandlerCalls } from "./handler_calls.ts";
import type { LockRows } from "./lock/api.ts";
import type { TableStats, WrittenStats } from "./table_stats.ts";

/**
 * A stored value. Integers: number, or bigint beyond 2^53. DECIMAL: the unscaled integer, as number or bigint (scale: the column's). DOUBLE/FLOAT: number.
 * CHAR/VARCHAR/TEXT: string. DATE "2026-11-21", DATETIME/TIMESTAMP "2026-11-21 10:00:00[.ffffff]", compared as text. TIME: microseconds. YEAR: number. ENUM: its index from 1.
 */
export type Datum = null | number | bigint | string;
/** In column order of the table. */
export type Row = readonly Datum[];

/** What a suspended engine operation yields. It goes on with a `Resumption`, given by the scheduler alone. */
export interface LockWait {
  readonly kind: "recLock" | "tableLock";
  readonly trx: TrxRef;
  readonly lock: LockId;
}
/** How a wait ended; the operation goes on, or fails with 1213, 1205 or 1317. */
export type Resumption = "granted" | "deadlockVictim" | "timeout" | "killed";
/** An engine operation that may have to wait. */
export type Steps<T> = Generator<LockWait, T, Resumption>;
/** Its result at once, or the steps to it (base/answer.ts). */
export type Answer<T> = T | Steps<T>;

/** InnoDB's dberr_t, as far as the server meets it. */
export type DbError =
  | {
      readonly err: "duplicateKey";
      readonly index: IndexId;
      readonly indexName: string;
      readonly key: readonly Datum[];
      /** Of an index that was not to be made: the positions of its columns. */
      readonly columns?: readonly number[];
    }
  | { readonly err: "lockWaitTimeout" | "deadlock" | "interrupted" | "lockNowait" }
  /** A foreign key's cascade goes too deep, or begins twice below a row of its own table. */
  | { readonly err: "cascadeTooDeep" | "cascadeTwice" }
  /** A cascade gives a child a key that another one has. `key`: what the parent's would be. */
  | {
      readonly err: "foreignDuplicate";
      readonly table: string;
      readonly key: readonly Datum[];
      readonly childTable: string;
      readonly indexName: string;
    }
  /** A cascade could not read on behind its first row: the rows it has changed stay so, the parent's row stays as it is. */
  | { readonly err: "cascadeCutOff"; readonly why: "lockWaitTimeout" | "deadlock" }
  /** DB_MISSING_HISTORY: the table or index is younger than the transaction's read view. */
  | { readonly err: "tableDefinitionChanged" }
  | {
      readonly err: "noReferencedRow" | "rowIsReferenced";
      readonly foreignKey: ForeignKeyDef;
      readonly childTable: string;
      readonly childSchema: string;
      /** Names of the child's columns in the constraint. */
      readonly childColumns: readonly string[];
    };

/** Of a read: a row, the end of the range or index, a row passed over by SKIP LOCKED, or an error. */
export type ReadResult = { readonly row: Row } | "notFound" | DbError;
/** "ok", or why the row stayed as it was: the statement decides what becomes of it. */
export type WriteResult = "ok" | DbError;

// ---------------------------------------------------------------- dictionary

/** A column as the engine keeps it; what only expressions need is the server's. */
export interface ColumnDef {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly autoIncrement: boolean;
  /** Computed from the others: the clustered record has no bytes for it. */
  readonly isVirtual?: boolean;
}

export interface KeyPart {
  /** Position among the table's columns. */
  readonly column: number;
  /** Characters of a prefix key; null for the whole column. */
  readonly prefix: number | null;
  readonly desc: boolean;
}

/** A key as CREATE TABLE declares it. */
export interface IndexDef {
  /** "PRIMARY" is the primary key. */
  readonly name: string;
  readonly unique: boolean;
  readonly parts: readonly KeyPart[];
}

/** `columns` are positions among the child's, `refColumns` names of the parent's: the parent need not be there. */
export interface ForeignKeyDef {
  readonly name: string;
  readonly columns: readonly number[];
  readonly refSchema: string;
  readonly refTable: string;
  readonly refColumns: readonly string[];
  readonly onDelete: "RESTRICT" | "CASCADE" | "SET NULL" | "NO ACTION";
  readonly onUpdate: "RESTRICT" | "CASCADE" | "SET NULL" | "NO ACTION";
}

/** A table as CREATE TABLE declares it. */
export interface TableDef {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly ColumnDef[];
  readonly indexes: readonly IndexDef[];
  readonly foreignKeys: readonly ForeignKeyDef[];
  /** First value of AUTO_INCREMENT; 1 by default. */
  readonly autoIncrement: bigint;
  /** One session's own, of no read view's concern. */
  readonly temporary?: boolean;
}

/** An index as the optimizer sees it; `parts` are the declared ones, without the clustered key's columns behind them in a secondary index. */
export interface IndexInfo extends IndexDef {
  readonly id: IndexId;
  readonly clustered: boolean;
  /**
   * Table columns that a covering read may take from the index's records. One that the index names a prefix of is none of them,
   * though the clustered key behind may hold it whole.
   */
  readonly covers: readonly number[];
}

/** A table as the server sees it: with ids, and with the indexes that InnoDB made of its keys. */
export interface TableInfo extends Omit<TableDef, "indexes"> {
  readonly id: TableId;
  /** The clustered index first (also when it is GEN_CLUST_INDEX), then secondary ones in MySQL's key order: unique NOT NULL keys, other unique keys, other keys. */
  readonly indexes: readonly IndexInfo[];
  /** A FOREIGN KEY points at it: REPLACE deletes and inserts, it does not update. */
  readonly isReferenced?: boolean;
}

// ---------------------------------------------------------------- transactions

export interface TrxOptions {
  readonly session: SessionName;
  readonly isolation: IsolationLevel;
  readonly readOnly: boolean;
  /** One autocommitted statement: a non-locking SELECT of it takes no lock at all levels, SERIALIZABLE included. */
  readonly autocommit: boolean;
  /** The session's, counted here. */
  readonly calls: HandlerCalls;
}

/** InnoDB: trx_t::op_info: what a transaction does while it waits. */
export type Operation =
  | ""
  | "starting index read"
  | "fetching rows"
  | "inserting"
  | "updating or deleting";

/** A handle; everything else about a transaction is in the engine. */
export interface Trx {
  readonly ref: TrxRef;
  readonly session: SessionName;
  readonly id: TrxId;
  readonly isolation: IsolationLevel;
  readonly operation: Operation;
  readonly lockStructs: number;
  /** Record locks that it waited for in vain: InnoDB counts them among those it has (trx_lock_t::n_rec_locks). */
  readonly recLocksGivenUp: number;
  readonly hasWritten: boolean;
  readonly hasUndoLog: boolean;
}

// ---------------------------------------------------------------- reading and writing

/** MySQL: ha_rkey_function. */
export type FindFlag =
  | "exact"
  | "orNext"
  | "after"
  | "orPrev"
  | "before"
  | "prefixLast"
  | "prefixLastOrPrev";

/** Where a range scan ends (MySQL: key_range). */
export interface RangeEnd {
  /** Values of the first key parts. */
  readonly key: readonly Datum[];
  readonly inclusive: boolean;
}

/** MySQL: handler + InnoDB's row_prebuilt_t: one open cursor of one statement on one table. */
export interface Handler {
  readonly table: TableInfo;
  /** HANDLER: its cursor outlives the transaction that it was opened in, and stands where it stood. InnoDB: update_thd. */
  goOnIn?(trx: Trx): void;

  /** MySQL: handler::store_lock + external_lock. Takes the table's IS or IX lock at the first read. */
  setReadLock(lock: "none" | "S" | "X", onConflict: "wait" | "nowait" | "skipLocked"): void;
  /** InnoDB: try_semi_consistent_read: UPDATE and DELETE under READ COMMITTED and below, full scans and ranges. */
  trySemiConsistentRead(on: boolean): void;
  /** InnoDB: was_semi_consistent_read: the row just returned is the last committed one and is not locked. */
  wasSemiConsistentRead(): boolean;

  /**
   * Chooses the index. `keyRead`: only columns that the index holds are wanted. `pushed` is the index condition
   * (ICP), called with a row in which only the index's columns are set.
   */
  indexInit(
    index: IndexId,
    options: { readonly keyRead: boolean; readonly pushed: ((row: Row) => boolean) | null },
  ): void;
  /** MySQL: set_end_range; the engine stops there and locks accordingly. `null` takes it away. Direction of the scan it belongs to. */
  setEndRange(end: RangeEnd | null): void;
  indexRead(key: readonly Datum[], flag: FindFlag): Answer<ReadResult>;
  indexFirst(): Answer<ReadResult>;
  indexLast(): Answer<ReadResult>;
  indexNext(): Answer<ReadResult>;
  /**
   * Reads what `indexNext` would find, as many rows as need nothing but their locks, and gives how many; the cursor stands on the
   * last. For who reads on whatever the rows are.
   */
  takeAhead?(take: (row: Row) => void): number;
  indexPrev(): Answer<ReadResult>;
  /** The next row with the key of the last `exact` read. */
  indexNextSame(): Answer<ReadResult>;
  /** Full scan in clustered order. */
  rndInit(): void;
  rndNext(): Answer<ReadResult>;
  /** A reference to the row last read, and a read by it. */
  position(): RowRef;
  rndPos(ref: RowRef): Answer<ReadResult>;
  /** MySQL: unlock_row: the row last read does not match; READ COMMITTED gives its lock back. */
  unlockRow(): void;

  /** Foreign keys: has a row that is about to be inserted its parents? InnoDB only. */
  checkParents?(row: Row): Steps<DbError | null>;
  /** INSERT. On duplicateKey nothing is left but the locks; `onDuplicate` says which lock the check takes (S for INSERT, X for REPLACE and ON DUPLICATE KEY UPDATE). */
  writeRow(
    row: Row,
    options: {
      readonly onDuplicate: "error" | "ignore" | "replace" | "update";
      /** Whether the statement knows how many rows it writes; left out for a table that nobody else sees. */
      readonly rows?: "known" | "unknown";
    },
  ): Answer<WriteResult>;
  /** The row last read (or given by `rndPos`) becomes `row`. */
  updateRow(row: Row, options: { readonly ignoreDuplicate: boolean }): Answer<WriteResult>;
  deleteRow(): Answer<WriteResult>;
  /** Empties the table and says how many rows it had; InnoDB deletes row by row and has no such call. */
  deleteAllRows?(): number;
  /** After duplicateKey: reads the row in the way through that index, locking it X (REPLACE, ON DUPLICATE KEY UPDATE). */
  readDuplicate(index: IndexId, key: readonly Datum[]): Answer<ReadResult>;

  /** AUTO_INCREMENT values for rows to come; may wait for the table's AUTO-INC lock. */
  reserveAutoIncrement(request: CounterRequest): Steps<CounterRange | "exhausted" | DbError>;
  /** A value that the counter did not give is in the table, by UPDATE or after a duplicate; may wait for the AUTO-INC lock. */
  noteAutoIncrement(value: number | bigint): Answer<WriteResult>;
}

/** What ha_innobase::get_auto_increment is asked for. */
export interface CounterRequest {
  readonly count: bigint;
  /** The statement has used the values before this one; 0 at first. */
  readonly atLeast: bigint;
  /** auto_increment_offset and auto_increment_increment. */
  readonly offset: bigint;
  readonly increment: bigint;
  /** The number of rows is known before they are made: INSERT ... VALUES. */
  readonly isCountKnown: boolean;
}

/** AUTO_INCREMENT values that a statement may use: `first`, and on in steps of the increment. */
export interface CounterRange {
  readonly first: bigint;
  /** How many values; null for as many as there are. */
  readonly count: bigint | null;
}

/** A clustered key, opaque. */
export interface RowRef {
  readonly rec: RecId;
  readonly key: readonly Datum[];
}

// ---------------------------------------------------------------- the engine

export type TableTest = (table: { readonly schema: string; readonly name: string }) => boolean;

export interface StorageEngine {
  // dictionary
  createTable(def: TableDef): TableInfo;
  dropTable(table: TableId, why: "drop" | "truncate" | "rebuild" | "instant"): void;
  renameTable(table: TableId, schema: string, name: string): void;
  /** New definition with the rows carried over by `convert` (ALTER TABLE). Returns the new info; TableId may change. */
  rebuildTable(
    table: TableId,
    def: TableDef,
    convert: (row: Row) => Row,
    why?: "rebuild" | "instant",
  ): TableInfo;
  /**
   * What is only told to the dictionary: columns' names, foreign keys, indexes' names (new by old), the next AUTO_INCREMENT
   * unless null. Columns and indexes stay what they are.
   */
  changeDefinition(
    table: TableId,
    def: TableDef,
    change: {
      readonly indexNames: ReadonlyMap<string, string>;
      readonly autoIncrement: bigint | null;
    },
  ): void;
  addIndex(table: TableId, index: IndexDef): TableInfo | DbError;
  dropIndex(table: TableId, name: string): TableInfo;
  tableInfo(table: TableId): TableInfo;
  /** Not one record, not even one that is marked as deleted. */
  isEmpty(table: TableId): boolean;
  /** A session has one more object of the table open. */
  tableOpened(table: TableId): void;
  analyze(table: TableId): void;
  readStatsAgain(table: TableId): void;
  stats(table: TableId): TableStats;
  writtenStats(table: TableId): WrittenStats;
  /** The table's numbers are still these. */
  hasStats(table: TableId, known: Pick<TableStats, "rows" | "pages" | "analyzed">): boolean;
  /** MySQL: handler::records_in_range. Null ends are open. Of an index younger than `reader`'s view always the same number. */
  recordsInRange(
    index: IndexId,
    low: RangeEnd | null,
    high: RangeEnd | null,
    reader: Trx | null,
  ): number;

  // transactions
  /** Its id is 0 until the first write or X/IX table lock of a read-write transaction. InnoDB: trx_set_rw_mode. */
  begin(options: TrxOptions): Trx;
  setIsolation(trx: Trx, level: IsolationLevel): void;
  /** START TRANSACTION WITH CONSISTENT SNAPSHOT: the engine takes part from now on; there is a view under REPEATABLE READ only. */
  openReadView(trx: Trx, why: "withConsistentSnapshot"): void;
  /** Call around every statement: closes the read view at READ COMMITTED and below, remembers undo_no for a statement rollback. */
  statementStart(trx: Trx): void;
  statementEnd(trx: Trx): void;
  /** Undoes what the statement in progress changed; its locks stay. */
  rollbackStatement(trx: Trx): void;
  savepoint(trx: Trx, name: string): void;
  /** False when there is none of that name. */
  rollbackToSavepoint(trx: Trx, name: string): boolean;
  releaseSavepoint(trx: Trx, name: string): boolean;
  /** XA PREPARE of a transaction that has written. */
  prepare(trx: Trx): void;
  commit(trx: Trx): void;
  rollback(trx: Trx, why: "rollback" | "deadlock" | "disconnect" | "killed" | "timeout"): void;
  /** The wait of this transaction is given up (time-out, KILL). */
  cancelWait(trx: Trx, why: "timeout" | "killed"): void;
  /** innodb_deadlock_detect was set: cycles that are there already are found. */
  lookForDeadlocks(): void;
  /** InnoDB's table lock (LOCK TABLES with autocommit=0, AUTO-INC). */
  lockTable(trx: Trx, table: TableId, mode: "IS" | "IX" | "S" | "X"): Steps<WriteResult>;
  unlockTables(trx: Trx): void;
  /** `used`: a handler of the same table that a statement before has done with; it becomes this statement's, as good as new. */
  open(trx: Trx, table: TableId, used?: Handler | null): Handler;
  /** Removes what no read view needs, up to the first row of a table that `isClosed`; true: it did something, may have woken a waiter. */
  purge(isClosed?: TableTest): boolean;

  // observation
  /** The engine's part of the state (trxs, readViews, undo, history, tables, indexes, recs, recLocks, tableLocks, nextTrxId, lastDeadlock) from its own objects; equals the fold. */
  dump(): EngineDump;
  lockRows(): LockRows;
  /** data_lock_waits as transactions (waiting, blocking), from the queues as they stand now. */
  lockWaits(): readonly { readonly waiting: TrxRef; readonly blocking: TrxRef }[];
  /** By struct: record locks that another session's thread than its transaction's own has made. */
  lockMakers(): ReadonlyMap<number, SessionName>;
  /** trx_t::lock.schedule_weight of a transaction that waits: by it the next one is chosen; null when it does not wait. */
  scheduleWeight(trx: Trx): number | null;
}

export type EngineDump = Pick<
  State,
  | "trxs"
  | "nextTrxId"
  | "readViews"
  | "undo"
  | "history"
  | "tables"
  | "indexes"
  | "recs"
  | "recLocks"
  | "tableLocks"
  | "lastDeadlock"
>;
