/** The state of locks: one object for each row of data_locks and metadata_locks, and the last deadlock. Part of `state.ts`. */
import { type IntMap, intMapGet } from "../base/int_map.ts";
import type {
  EventSeq,
  IndexId,
  LockId,
  LockStructId,
  MdlId,
  PageNo,
  RecId,
  SessionName,
  TableId,
  TrxId,
  TrxRef,
} from "./ids.ts";
import type { RecState } from "./state.ts";

// ---------------------------------------------------------------- locks

export type TableLockMode = "IS" | "IX" | "S" | "X" | "AUTO_INC";
/** ordinary = next-key, gap = only the gap before, recNotGap = only the record. */
export type RecLockShape = "ordinary" | "gap" | "recNotGap";

/** One row of data_locks with LOCK_TYPE RECORD. */
export interface RecLockState {
  readonly id: LockId;
  readonly struct: LockStructId;
  readonly trx: TrxRef;
  readonly session: SessionName;
  readonly table: TableId;
  readonly tableName: string;
  readonly index: IndexId;
  readonly indexName: string;
  readonly page: PageNo;
  readonly rec: RecId;
  readonly heapNo: number;
  /** Bits in its struct's map, made when the page had so many records and 64 to spare. */
  readonly nBits: number;
  readonly mode: "S" | "X";
  readonly shape: RecLockShape;
  readonly insertIntention: boolean;
  readonly status: "granted" | "waiting";
  /** The record's key, as people read it: "5", "10, 10", "supremum pseudo-record". */
  readonly data: string;
  /** LOCK_MODE: "X", "X,REC_NOT_GAP", "X,GAP,INSERT_INTENTION", ... */
  readonly modeText: string;
  /** While waiting: the locks ahead in the queue that it has to wait for (data_lock_waits). */
  readonly blockers: readonly LockBlocker[];
}

/** What performance_schema.data_locks prints as LOCK_DATA: of some types the stored bytes. */
export function lockDataOf(recs: IntMap<RecState>, lock: RecLockState): string {
  return intMapGet(recs, lock.rec)?.lockData ?? lock.data;
}

/** A lock, or an earlier request, that stands in the way of another. */
export interface LockBlocker {
  readonly lock: LockId;
  readonly trx: TrxRef;
  readonly session: SessionName;
}

/** A row of performance_schema.data_locks with LOCK_TYPE TABLE. */
export interface TableLockState {
  readonly id: LockId;
  readonly struct: LockStructId;
  readonly trx: TrxRef;
  readonly session: SessionName;
  readonly table: TableId;
  readonly tableName: string;
  readonly mode: TableLockMode;
  readonly status: "granted" | "waiting";
  readonly blockers: readonly LockBlocker[];
}

export type MdlNamespace =
  | "GLOBAL"
  | "COMMIT"
  | "BACKUP LOCK"
  | "SCHEMA"
  | "TABLE"
  | "FUNCTION"
  | "PROCEDURE"
  | "TRIGGER"
  | "USER LEVEL LOCK"
  | "FOREIGN KEY"
  | "CHECK CONSTRAINT";
/** In the order of MySQL: enum_mdl_type (mdl.h). */
export type MdlMode =
  | "INTENTION_EXCLUSIVE"
  | "SHARED"
  | "SHARED_HIGH_PRIO"
  | "SHARED_READ"
  | "SHARED_WRITE"
  | "SHARED_WRITE_LOW_PRIO"
  | "SHARED_UPGRADABLE"
  | "SHARED_READ_ONLY"
  | "SHARED_NO_WRITE"
  | "SHARED_NO_READ_WRITE"
  | "EXCLUSIVE";
/** MySQL: enum_mdl_duration (mdl.h). */
export type MdlDuration = "STATEMENT" | "TRANSACTION" | "EXPLICIT";

/** One row of performance_schema.metadata_locks. */
export interface MdlState {
  readonly id: MdlId;
  readonly session: SessionName;
  readonly namespace: MdlNamespace;
  readonly schema: string | null;
  readonly name: string | null;
  readonly mode: MdlMode;
  readonly duration: MdlDuration;
  /** Taken by LOCK TABLES or FLUSH TABLES ... WITH READ LOCK: kept until UNLOCK TABLES, which `duration` does not say. */
  readonly untilUnlock: boolean;
  readonly status: "GRANTED" | "PENDING";
  readonly blockers: readonly { readonly lock: MdlId; readonly session: SessionName }[];
}

/** The last deadlock, for the picture and SHOW ENGINE INNODB STATUS. */
export interface DeadlockState {
  readonly seq: EventSeq;
  readonly atMs: number;
  readonly cycle: readonly DeadlockMember[];
  readonly victim: TrxRef;
}

/** In `cycle` each waits for the next, the last for the first. */
export interface DeadlockMember {
  readonly trx: TrxRef;
  readonly trxId: TrxId;
  readonly session: SessionName;
  readonly sql: string;
  /** Undo records plus lock structs (InnoDB: trx_weight_ge). */
  readonly weight: number;
  readonly undoCount: number;
  readonly lockStructs: number;
  /** The lock it asks for, and the lock of the next member that stands in its way. */
  readonly waitsFor: RecLockState | TableLockState;
  readonly heldBy: RecLockState | TableLockState;
}
