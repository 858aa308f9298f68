/**
 * The state of the simulated server as plain, immutable JSON: the fold of the trace. Every picture is made
 * from it. Collections keyed by small ids are `IntMap`s (persistent tries), so that a fold step shares
 * structure with the step before.
 */
import type { IntMap } from "../base/int_map.ts";
import type {
  ConnectionId,
  EventSeq,
  IndexId,
  LockId,
  MdlId,
  PageNo,
  ReadViewId,
  RecId,
  RollPtr,
  SessionName,
  StatementId,
  TableId,
  TrxId,
  TrxNo,
  TrxRef,
} from "./ids.ts";
import type { DeadlockState, MdlState, RecLockState, TableLockState } from "./state_locks.ts";
import type { NetState } from "./state_net.ts";
import type { ColumnType, Value } from "./values.ts";

export type {
  DeadlockMember,
  DeadlockState,
  LockBlocker,
  MdlDuration,
  MdlMode,
  MdlNamespace,
  MdlState,
  RecLockShape,
  RecLockState,
  TableLockMode,
  TableLockState,
} from "./state_locks.ts";

export type IsolationLevel =
  | "READ UNCOMMITTED"
  | "READ COMMITTED"
  | "REPEATABLE READ"
  | "SERIALIZABLE";

// ---------------------------------------------------------------- sessions and statements

/** Why a statement is suspended. There is one kind of suspension point; these are its reasons. */
export type WaitReason =
  | { readonly kind: "recLock" | "tableLock"; readonly lock: LockId }
  | { readonly kind: "mdl"; readonly lock: MdlId }
  | { readonly kind: "sleep"; readonly untilMs: number }
  | { readonly kind: "userLock"; readonly name: string }
  /** The table-level lock of an engine without record locks (MySQL: thr_lock). */
  | { readonly kind: "thrLock"; readonly table: string }
  /** FLUSH found the table in use: the version that is open has to go first. */
  | { readonly kind: "tableFlush"; readonly table: string }
  | { readonly kind: "net"; readonly detail: string };

/** "gone": its connection has ended; the name may be opened again. */
export type SessionStatus = "idle" | "running" | "waiting" | "gone";

/** A connection, with what the server knows of it between statements. */
export interface SessionState {
  readonly name: SessionName;
  readonly connectionId: ConnectionId;
  readonly status: SessionStatus;
  /** The statement that runs or waits now. */
  readonly statement: StatementId | null;
  /** What it waits for, with the sessions that stand in the way, in order. */
  readonly wait: {
    readonly reason: WaitReason;
    readonly blockers: readonly SessionName[];
    readonly sinceMs: number;
    /** When it ends by itself: time-out or end of sleep, in virtual milliseconds; null: never. */
    readonly untilMs: number | null;
  } | null;
  readonly isolation: IsolationLevel;
  /** Set by SET TRANSACTION without a scope: the level of the next transaction only. */
  readonly nextIsolation: IsolationLevel | null;
  readonly autocommit: boolean;
  readonly readOnly: boolean;
  /** True between BEGIN (or the first table statement under autocommit=0) and the end: SERVER_STATUS_IN_TRANS. */
  readonly inTransaction: boolean;
  /** What UNLOCK TABLES would give back: tables of LOCK TABLES, or the global read lock; null: nothing. */
  readonly unlocks: "tables" | "globalReadLock" | null;
  /** InnoDB's transaction of this session, once there is one. */
  readonly trx: TrxRef | null;
  readonly database: string;
  /** The processlist's State column while a statement runs or waits. */
  readonly processState: string;
  /** Set when the last statement was rolled back as a deadlock victim; cleared by the next statement. */
  readonly deadlockVictim: boolean;
}

/** What a SELECT in a procedure gave. */
export interface ResultSet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly printed?: readonly number[];
}

/** How a statement ended. `rows` hold text as the mysql client gets it, NULL as null. */
export type Outcome =
  | {
      readonly kind: "rows";
      readonly columns: readonly string[];
      readonly rows: readonly (readonly (string | null)[])[];
      /** Of rows that went to a simulated client one by one and are not in `rows`: how many. */
      readonly streamed?: number;
      /** By column: how the mysql client prints it (`printing.ts`). */
      readonly printed?: readonly number[];
      readonly warnings: number;
      /** Of a CALL: the result sets behind the first, and the rows that the OK behind them all tells. */
      readonly call?: { readonly more: readonly ResultSet[]; readonly affected: number };
    }
  | {
      readonly kind: "ok";
      readonly affected: number;
      readonly info: string;
      readonly warnings: number;
      readonly insertId: Value;
      /** Settings that were taken and that the simulated server does not obey. */
      readonly ignored?: readonly string[];
    }
  | {
      readonly kind: "error";
      readonly errno: number;
      readonly sqlState: string;
      readonly message: string;
      /** Result sets that a CALL had handed out by then. */
      readonly before?: readonly ResultSet[];
      /** MySQL has it, and the simulated server does not: what was asked for. */
      readonly notSimulated?: string;
    }
  | { readonly kind: "lost"; readonly message: string };

/** A statement that was sent, also after it ended. */
export interface StatementState {
  readonly id: StatementId;
  readonly session: SessionName;
  readonly sql: string;
  readonly startedAt: EventSeq;
  readonly startedMs: number;
  readonly endedAt: EventSeq | null;
  readonly endedMs: number | null;
  readonly outcome: Outcome | null;
  /** Closed and open waits, for the hatched parts of its bar. */
  readonly waits: readonly {
    readonly fromSeq: EventSeq;
    readonly toSeq: EventSeq | null;
    readonly fromMs: number;
    readonly toMs: number | null;
    readonly reason: WaitReason;
  }[];
  readonly plans: readonly PlanState[];
}

/** What the optimizer chose for one table of a statement; the fields are EXPLAIN's. */
export interface PlanState {
  readonly table: string;
  readonly access:
    | "system"
    | "const"
    | "eq_ref"
    | "ref"
    | "ref_or_null"
    | "range"
    | "index_merge"
    | "index"
    | "ALL"
    | "none";
  /** Of index_merge several, with commas between; so the lengths. */
  readonly key: string | null;
  readonly keyLen: number | string | null;
  readonly rows: number;
  readonly cost: number;
  readonly extra: string;
  /** The range or key searched, as text: "5 <= id <= 10". */
  readonly condition: string;
  /** Of a scan of the whole table or index: columns that its conditions test and that no index begins with. */
  readonly unindexed: readonly string[];
  /** Alternatives with their costs, the chosen one among them. */
  readonly considered: readonly {
    readonly access: string;
    readonly key: string | null;
    readonly rows: number;
    readonly cost: number;
    readonly why: string;
  }[];
}

// ---------------------------------------------------------------- transactions and versions

/** One row of INFORMATION_SCHEMA.INNODB_TRX. InnoDB: trx_t. */
export interface TrxState {
  readonly ref: TrxRef;
  readonly session: SessionName;
  /** 0 until it writes (InnoDB assigns ids to read-write transactions only). */
  readonly id: TrxId;
  readonly isolation: IsolationLevel;
  readonly readOnly: boolean;
  /** A single autocommitted statement. */
  readonly autocommit: boolean;
  readonly status: "active" | "rollingBack";
  readonly startedMs: number;
  readonly startedAt: EventSeq;
  readonly readView: ReadViewId | null;
  /** Undo records it has written and not undone: InnoDB's trx_t::undo_no. */
  readonly undoCount: number;
  readonly savepoints: readonly { readonly name: string; readonly undoCount: number }[];
  /** The lock it waits for. */
  readonly waitsFor: LockId | null;
}

/** InnoDB: ReadView. Caption `upLimitId` as LOW water mark and `lowLimitId` as HIGH water mark, always. */
export interface ReadViewState {
  readonly id: ReadViewId;
  readonly trx: TrxRef;
  readonly session: SessionName;
  readonly creatorTrxId: TrxId;
  /** Low water mark: every trx id below it is visible. */
  readonly upLimitId: TrxId;
  /** High water mark: no trx id at or above it is visible. */
  readonly lowLimitId: TrxId;
  /** Read-write transactions that were active when the view was made, ascending, the creator left out. */
  readonly ids: readonly TrxId[];
  /** Purge may not remove what transactions with no >= this have left. */
  readonly lowLimitNo: TrxNo;
  readonly openedAt: EventSeq;
}

/** One version of a clustered index record; `values` in column order of the table. */
export interface RecVersion {
  readonly trxId: TrxId;
  readonly rollPtr: RollPtr;
  readonly deleted: boolean;
  readonly values: readonly Value[];
}

/** InnoDB: TRX_UNDO_INSERT_REC, TRX_UNDO_UPD_EXIST_REC, TRX_UNDO_UPD_DEL_REC, TRX_UNDO_DEL_MARK_REC (trx0rec.h). */
export type UndoType = "insert" | "updateExisting" | "updateDeleted" | "deleteMark";

/** InnoDB: an undo log record, with the version it leads back to made whole. */
export interface UndoRecState {
  readonly rollPtr: RollPtr;
  readonly trxId: TrxId;
  /** Its place in the transaction, from 0. */
  readonly undoNo: number;
  readonly type: UndoType;
  readonly table: TableId;
  /** The clustered record it belongs to. */
  readonly rec: RecId;
  /** The clustered key, as in `RecState`. */
  readonly key: string;
  /** The version before the change; null for an insert. */
  readonly before: RecVersion | null;
  /** Columns that the change touched (positions), empty for insert and deleteMark. */
  readonly changed: readonly number[];
}

/** A committed transaction whose update undo has not been purged: a link of the history list. */
export interface HistoryEntry {
  readonly trxId: TrxId;
  readonly trxNo: TrxNo;
  readonly rollPtrs: readonly RollPtr[];
}

// ---------------------------------------------------------------- tables, indexes, records

export interface ColumnState {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

export interface TableState {
  readonly id: TableId;
  readonly schema: string;
  readonly name: string;
  readonly engine: "InnoDB" | "MyISAM" | "MEMORY";
  readonly columns: readonly ColumnState[];
  /** Clustered index first, then in the order of creation. */
  readonly indexes: readonly IndexId[];
}

/** An index with its pages; the records on them are in `State.recs`. */
export interface IndexState {
  readonly id: IndexId;
  readonly table: TableId;
  readonly tableName: string;
  /** "PRIMARY", "GEN_CLUST_INDEX" or the key's name. */
  readonly name: string;
  readonly clustered: boolean;
  readonly unique: boolean;
  /** Positions in the table's columns of the fields that identify a record, the primary key's appended in a secondary index; -1 is DB_ROW_ID. */
  readonly fields: readonly number[];
  /** How many of `fields` the user declared. */
  readonly declaredFields: number;
  readonly root: PageNo;
  /** Leaf pages from left to right. */
  readonly leaves: readonly PageNo[];
  /** Every page, inner ones included. */
  readonly pages: IntMap<PageState>;
}

/** A page of an index (InnoDB: page_t), as the ids of what lies on it. */
export interface PageState {
  readonly no: PageNo;
  /** 0 is a leaf. */
  readonly level: number;
  readonly infimum: RecId;
  readonly supremum: RecId;
  /** User records of a leaf in key order; empty on inner pages. */
  readonly recs: readonly RecId[];
  /** Children of an inner page from left to right; empty on a leaf. */
  readonly children: readonly PageNo[];
  /** PAGE_MAX_TRX_ID of a secondary leaf: the newest trx id that changed it; 0 elsewhere. */
  readonly maxTrxId: TrxId;
}

/** A record on a leaf page. */
export interface RecState {
  readonly id: RecId;
  readonly index: IndexId;
  readonly page: PageNo;
  readonly heapNo: number;
  readonly deleted: boolean;
  /** The key as people read it: "5" or "10, 10" or "'Bao'" or "2026-01-01, 'Bao'"; row ids and bytes as hex. */
  readonly key: string;
  /** LOCK_DATA where it is another text, "0x80000C22"; else null. */
  readonly lockData: string | null;
  /** Clustered: all columns in table order. Secondary: the index's `fields`. */
  readonly values: readonly Value[];
  /** DB_TRX_ID and DB_ROLL_PTR (clustered only; 0 in a secondary index). */
  readonly trxId: TrxId;
  readonly rollPtr: RollPtr;
  /** DB_ROW_ID where the table has no primary key, else null. */
  readonly rowId: number | null;
}

// ---------------------------------------------------------------- the whole

/** What is known of the server behind a number of events: plain JSON, folded by `apply`. */
export interface State {
  /** How many events are folded in: the seq of the next one. */
  readonly seq: number;
  /** Virtual milliseconds since the server started. */
  readonly clockMs: number;
  /** In the order in which they were opened. */
  readonly sessions: readonly SessionState[];
  readonly statements: IntMap<StatementState>;
  /** Active transactions. */
  readonly trxs: IntMap<TrxState>;
  /** The next transaction id to be given out (trx_sys->next_trx_id_or_no). */
  readonly nextTrxId: TrxId;
  readonly readViews: IntMap<ReadViewState>;
  readonly undo: IntMap<UndoRecState>;
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
  readonly tables: IntMap<TableState>;
  readonly indexes: IntMap<IndexState>;
  readonly recs: IntMap<RecState>;
  readonly recLocks: IntMap<RecLockState>;
  readonly tableLocks: IntMap<TableLockState>;
  readonly mdls: IntMap<MdlState>;
  readonly lastDeadlock: DeadlockState | null;
  /** The way of results to the clients that are simulated, by the names of their sessions. */
  readonly net: readonly NetState[];
  /** What stands between the statements in the sessions' clients, oldest first. */
  readonly clientNotes: readonly ClientNote[];
}

/** Something that a client prints and no server ran. */
export type ClientNote = {
  /** Of the event that told it. */
  readonly seq: EventSeq;
  readonly session: SessionName;
} & (
  | {
      readonly kind: "refused";
      readonly sql: string;
      readonly errno: number;
      readonly message: string;
    }
  /** The session has a new connection in the place of one that is gone. */
  | { readonly kind: "reconnected"; readonly connectionId: ConnectionId }
);
