/** Events of the storage engine: transactions, read views, tables, records, undo and purge. Part of the contract (`events.ts`). */
import type {
  IndexId,
  PageNo,
  ReadViewId,
  RecId,
  RollPtr,
  SessionName,
  TableId,
  TrxId,
  TrxNo,
  TrxRef,
} from "./ids.ts";
import type {
  HistoryEntry,
  IndexState,
  PageState,
  ReadViewState,
  RecState,
  TableState,
  TrxState,
  UndoRecState,
} from "./state.ts";
import type { Value } from "./values.ts";

// ---------------------------------------------------------------- transactions and read views

/** Transactions from their start to commit or rollback (InnoDB: trx0trx.cc). */
export type TrxEvent =
  | { readonly type: "trx.started"; readonly trx: TrxState }
  /** InnoDB: trx_set_rw_mode. `nextTrxId` is the counter afterwards. */
  | {
      readonly type: "trx.idAssigned";
      readonly ref: TrxRef;
      readonly id: TrxId;
      readonly nextTrxId: TrxId;
      readonly why: string;
      /** Its open read view, if it has one: the id becomes the view's `creatorTrxId`. */
      readonly view?: ReadViewId;
    }
  | {
      readonly type: "trx.changed";
      readonly ref: TrxRef;
      readonly change: Partial<
        Pick<
          TrxState,
          | "status"
          | "isolation"
          | "readOnly"
          | "undoCount"
          | "savepoints"
          | "waitsFor"
          | "autocommit"
        >
      >;
    }
  | {
      readonly type: "trx.committed";
      readonly ref: TrxRef;
      readonly id: TrxId;
      readonly no: TrxNo;
      readonly nextTrxId: TrxId;
      readonly history: HistoryEntry | null;
    }
  | {
      readonly type: "trx.rolledBack";
      readonly ref: TrxRef;
      readonly id: TrxId;
      readonly why: "rollback" | "deadlock" | "disconnect" | "killed" | "timeout";
    }
  | {
      readonly type: "savepoint.set" | "savepoint.released";
      readonly ref: TrxRef;
      readonly name: string;
    }
  /** Changes after the savepoint (or of the failed statement, name "") were undone. */
  | {
      readonly type: "savepoint.rolledBack";
      readonly ref: TrxRef;
      readonly name: string;
      readonly undone: number;
    };

/** Read views: opened, closed, and each look at a version (InnoDB: read0read.cc). */
export type ReadViewEvent =
  | {
      readonly type: "readView.opened";
      readonly view: ReadViewState;
      readonly why: "firstConsistentRead" | "eachStatement" | "withConsistentSnapshot";
    }
  | {
      readonly type: "readView.closed";
      readonly id: ReadViewId;
      readonly trx: TrxRef;
      readonly why: "statementEnd" | "transactionEnd";
    }
  /** InnoDB: ReadView::changes_visible, once per version looked at. */
  | {
      readonly type: "readView.checked";
      readonly view: ReadViewId;
      readonly rec: RecId;
      readonly indexName: string;
      readonly tableName: string;
      readonly key: string;
      /** 0 is the record on the page, n the n-th older version. */
      readonly depth: number;
      readonly trxId: TrxId;
      readonly rollPtr: RollPtr;
      readonly visible: boolean;
      readonly rule: VisibilityRule;
      readonly upLimitId: TrxId;
      readonly lowLimitId: TrxId;
      readonly ids: readonly TrxId[];
      readonly creatorTrxId: TrxId;
      readonly values: readonly Value[];
      readonly deleted: boolean;
    }
  /** A secondary page older than the view is read without a look at the clustered record (InnoDB: lock_sec_rec_cons_read_sees). */
  | {
      readonly type: "readView.pageChecked";
      readonly view: ReadViewId;
      readonly indexName: string;
      readonly tableName: string;
      readonly rec: RecId;
      readonly key: string;
      readonly maxTrxId: TrxId;
      readonly upLimitId: TrxId;
      readonly visible: boolean;
    };

/** What decided whether a version is seen. InnoDB: ReadView::changes_visible (read0types.h), whose cases these are. */
export type VisibilityRule =
  | "ownChange"
  | "belowUpLimit"
  | "atOrAboveLowLimit"
  | "activeWhenOpened"
  | "committedBeforeOpened"
  | "readUncommitted";

// ---------------------------------------------------------------- dictionary

/** Tables and indexes that come, change and go. */
export type DictionaryEvent =
  | {
      readonly type: "table.created" | "table.changed";
      readonly table: TableState;
      readonly why: string;
    }
  | {
      readonly type: "table.dropped";
      readonly id: TableId;
      readonly name: string;
      readonly why: "drop" | "truncate" | "rebuild" | "instant";
    }
  /** With its first page. `index.pages` holds it. */
  | { readonly type: "index.created"; readonly index: IndexState }
  | { readonly type: "index.changed"; readonly index: Omit<IndexState, "pages"> }
  | { readonly type: "index.dropped"; readonly id: IndexId; readonly name: string };

// ---------------------------------------------------------------- records and pages

/** Where a record goes: position `at` among the page's user records. */
export interface RecPlace {
  readonly page: PageNo;
  readonly at: number;
}

/** Records read and changed, and the pages they lie on (InnoDB: row0sel.cc, btr0cur.cc). */
export type RecordEvent =
  /** The search went down to a leaf (InnoDB: btr_pcur_open). */
  | {
      readonly type: "index.searched";
      readonly index: IndexId;
      readonly indexName: string;
      readonly tableName: string;
      readonly mode: string;
      readonly key: string;
      readonly path: readonly PageNo[];
      /** The foreign key that is checked by it. */
      readonly constraint?: string;
    }
  /** The scan stood on a record or a supremum and looked at it. */
  | {
      readonly type: "rec.visited";
      readonly index: IndexId;
      readonly rec: RecId;
      readonly indexName: string;
      readonly tableName: string;
      readonly key: string;
      readonly deleted: boolean;
      readonly verdict: VisitVerdict;
    }
  /**
   * Records that a statement read whose rows stream to a simulated client, from one to another, as one event: how many, what
   * became of them (suprema are counted there, not in `visited`), and by which rule the read view saw the version on the page.
   */
  | {
      readonly type: "rec.streamed";
      readonly indexName: string;
      readonly tableName: string;
      readonly fromKey: string;
      readonly toKey: string;
      readonly visited: number;
      readonly verdicts: Readonly<Partial<Record<VisitVerdict, number>>>;
      readonly rules: Readonly<Partial<Record<VisibilityRule, number>>>;
    }
  | {
      readonly type: "rec.inserted";
      readonly rec: RecState;
      readonly place: RecPlace;
      readonly indexName: string;
      readonly tableName: string;
      readonly maxTrxId: TrxId;
    }
  /** Changed in place: new values, DB_TRX_ID, DB_ROLL_PTR, delete mark set or cleared. `what` says which. */
  | {
      readonly type: "rec.changed";
      readonly rec: RecState;
      readonly indexName: string;
      readonly tableName: string;
      readonly what: "updated" | "deleteMarked" | "deleteUnmarked" | "reinserted" | "undone";
      readonly maxTrxId: TrxId;
    }
  /** Physically gone: purge, or the rollback of an insert. */
  | {
      readonly type: "rec.removed";
      readonly rec: RecId;
      readonly index: IndexId;
      readonly page: PageNo;
      readonly key: string;
      readonly indexName: string;
      readonly tableName: string;
      readonly why: "purge" | "rollback";
    }
  /** Pages of an index after a split, merge or new root; records that moved carry their new page and heapNo. */
  | {
      readonly type: "page.reorganized";
      readonly index: IndexId;
      readonly indexName: string;
      readonly tableName: string;
      readonly what: "split" | "merge" | "rootRaised" | "truncated";
      readonly root: PageNo;
      readonly leaves: readonly PageNo[];
      readonly pages: readonly PageState[];
      readonly removedPages: readonly PageNo[];
      readonly moved: readonly {
        readonly rec: RecId;
        readonly page: PageNo;
        readonly heapNo: number;
      }[];
    };

/** What a scan did with the record it visited. */
export type VisitVerdict =
  | "match"
  | "noMatch"
  | "deleteMarked"
  | "outsideRange"
  | "icpNoMatch"
  | "skippedLocked"
  | "notVisible"
  | "supremum"
  | "semiConsistentSkip";

// ---------------------------------------------------------------- undo and purge

/** Undo records written and purged, and what keeps them (InnoDB: trx0rec.cc, trx0purge.cc). */
export type UndoEvent =
  /** `undoCount` is the transaction's afterwards. */
  | {
      readonly type: "undo.written";
      readonly undo: UndoRecState;
      readonly trx: TrxRef;
      readonly tableName: string;
      readonly undoCount: number;
    }
  /** Applied and dropped by a rollback. */
  | {
      readonly type: "undo.applied";
      readonly rollPtr: RollPtr;
      readonly trx: TrxRef;
      readonly tableName: string;
      readonly key: string;
      readonly undoType: UndoRecState["type"];
      readonly undoCount: number;
    }
  /** Insert undo is dropped at commit, update undo by purge. */
  | {
      readonly type: "undo.discarded";
      readonly rollPtrs: readonly RollPtr[];
      readonly why: "commit" | "purge";
    }
  | {
      readonly type: "purge.ran";
      readonly trxNo: TrxNo;
      readonly trxId: TrxId;
      readonly history: readonly HistoryEntry[];
    }
  /** Committed changes stay because a read view may need them. */
  | {
      readonly type: "purge.heldBack";
      readonly view: ReadViewId;
      readonly session2: SessionName;
      readonly lowLimitNo: TrxNo;
      readonly historyLength: number;
    };
