/** Events of InnoDB's record and table locks. Part of the contract (`events.ts`). */
import type { EventSeq, LockId, SessionName } from "./ids.ts";
import type { DeadlockState, LockBlocker, RecLockState, TableLockState } from "./state.ts";

// ---------------------------------------------------------------- InnoDB locks

/** Why a request waits (InnoDB: rec_lock_check_conflict, lock_table_other_has_incompatible). */
export type WaitRule =
  | "modeConflict"
  | "gapBlocksInsertIntention"
  | "tableModeConflict"
  | "waiterAhead";

/** What the lock was asked for. */
export type LockReason =
  /** A search of the statement met the record. */
  | "scan"
  /** A unique index was searched for exactly this key. */
  | "uniqueSearch"
  /** The row behind an entry of a secondary index. */
  | "clusteredBehindSecondary"
  | "duplicateCheck"
  | "insertIntention"
  | "rowToModify"
  | "table"
  /** Another transaction asked, so that who had written the record got a lock struct (InnoDB: lock_rec_convert_impl_to_expl). */
  | "implicitMadeExplicit"
  /** A record went away, and what was locked there passed to the next one (InnoDB: lock_rec_inherit_to_gap). */
  | "inherited"
  /** The record came into a gap that was locked, and has its first part before it now (InnoDB: lock_rec_inherit_to_gap_if_gap_lock). */
  | "gapSplit"
  | "autoInc";

/** The constraint for whose sake a statement reads and locks another table. */
export interface ForeignKeyCheck {
  readonly constraint: string;
  readonly child: string;
  readonly parent: string;
  /** What the statement, or a cascade of it, does to the table that it changes. */
  readonly change: "INSERT" | "UPDATE" | "DELETE";
  /** A child's parent is looked for; or a parent's children, to refuse the change or to follow it. */
  readonly looksFor: "parent" | "refusingChild" | "cascade" | "setNull";
}

export interface LockOwner {
  readonly session: SessionName;
  /** A request that had not been granted. */
  readonly isRequest: boolean;
}

/** InnoDB's lock table: requests, grants, waits, releases, deadlocks (InnoDB: lock0lock.cc). */
export type LockEvent =
  /** Granted at once. `joined` when an existing lock struct of the transaction got one more bit. */
  | {
      readonly type: "lock.granted";
      readonly lock: RecLockState | TableLockState;
      readonly why: LockReason;
      readonly rule: string;
      readonly foreignKey?: ForeignKeyCheck;
    }
  | {
      readonly type: "lock.waiting";
      readonly lock: RecLockState | TableLockState;
      readonly why: LockReason;
      readonly rule: WaitRule;
      readonly foreignKey?: ForeignKeyCheck;
    }
  | {
      readonly type: "lock.grantedAfterWait";
      readonly lock: RecLockState | TableLockState;
      readonly cause: EventSeq | null;
      readonly waitedMs: number;
    }
  | {
      readonly type: "lock.blockersChanged";
      readonly id: LockId;
      readonly data: string;
      readonly blockers: readonly LockBlocker[];
    }
  /** Not needed: the transaction already holds one as strong. */
  | {
      readonly type: "lock.alreadyHeld";
      readonly held: LockId;
      readonly heldText: string;
      readonly asked: string;
      readonly data: string;
      readonly indexName: string;
      readonly tableName: string;
    }
  /** Conflict under NOWAIT or SKIP LOCKED. */
  | {
      readonly type: "lock.refused";
      readonly asked: string;
      readonly data: string;
      readonly indexName: string;
      readonly tableName: string;
      readonly blockers: readonly LockBlocker[];
      readonly mode: "nowait" | "skipLocked";
    }
  | {
      readonly type: "lock.released";
      readonly ids: readonly LockId[];
      readonly texts: readonly string[];
      readonly why: LockReleaseReason;
      /** Whose each of them was, where it need not be the session whose statement did it. */
      readonly owners?: readonly LockOwner[];
    }
  /** A lock struct's rows after page changes: new record, page or data. Or, its transaction being prepared, without their gaps. */
  | {
      readonly type: "lock.moved";
      readonly locks: readonly RecLockState[];
      readonly why: "split" | "merge" | "prepare";
    }
  | { readonly type: "deadlock.found"; readonly deadlock: Omit<DeadlockState, "seq" | "atMs"> }
  | {
      readonly type: "lock.timedOut";
      readonly id: LockId;
      readonly data: string;
      readonly waitedMs: number;
    };

/** Why locks went. */
export type LockReleaseReason =
  | "commit"
  | "rollback"
  /** The row did not match, and READ COMMITTED keeps no lock on such. */
  | "unlockRow"
  /** Requests that wait no longer. */
  | "deadlockVictim"
  | "timeout"
  | "killed"
  | "recordRemoved"
  | "savepoint"
  | "statementEnd"
  | "tableDropped"
  /** READ COMMITTED keeps no gaps once a branch is prepared. */
  | "prepare"
  /** The last committed version does not match, so there is nothing to wait for. */
  | "semiConsistent";
