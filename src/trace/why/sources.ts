/** Where a rule comes from: the function of the server that follows it, and the section of the manual that states it. */

/** Sections of the MySQL 9.7 reference manual that answers point at. */
const MANUAL = {
  locking: ["innodb-locking", "InnoDB Locking"],
  locksSet: ["innodb-locks-set", "Locks Set by Different SQL Statements in InnoDB"],
  isolation: ["innodb-transaction-isolation-levels", "Transaction Isolation Levels"],
  consistentRead: ["innodb-consistent-read", "Consistent Nonlocking Reads"],
  phantom: ["innodb-next-key-locking", "Phantom Rows"],
  lockingReads: ["innodb-locking-reads", "Locking Reads"],
  deadlock: ["innodb-deadlock-detection", "Deadlock Detection"],
  minimizeDeadlocks: ["innodb-deadlocks-handling", "How to Minimize and Handle Deadlocks"],
  errors: ["innodb-error-handling", "InnoDB Error Handling"],
  multiVersioning: ["innodb-multi-versioning", "InnoDB Multi-Versioning"],
  undo: ["innodb-undo-logs", "Undo Logs"],
  purge: ["innodb-purge-configuration", "Purge Configuration"],
  metadata: ["metadata-locking", "Metadata Locking"],
  costModel: ["cost-model", "The Optimizer Cost Model"],
  explain: ["explain-output", "EXPLAIN Output Format"],
  rangeAccess: ["range-optimization", "Range Optimization"],
  foreignKeys: ["create-table-foreign-keys", "FOREIGN KEY Constraints"],
  autoInc: ["innodb-auto-increment-handling", "AUTO_INCREMENT Handling in InnoDB"],
  indexPages: ["innodb-physical-structure", "The Physical Structure of an InnoDB Index"],
  commit: ["commit", "START TRANSACTION, COMMIT, and ROLLBACK Statements"],
  serverErrors: ["error-handling", "Error Messages and Common Problems"],
  userLocks: ["locking-functions", "Locking Functions"],
  kill: ["kill", "KILL Statement"],
  flush: ["flush", "FLUSH Statement"],
  internalLocking: ["internal-locking", "Internal Locking Methods"],
} as const;

type ManualKey = keyof typeof MANUAL;

export interface ManualSection {
  readonly manualTitle: string;
  readonly manualUrl: string;
}

/** Where a rule comes from: the function of the server and the section of the manual. */
export interface WhySource extends ManualSection {
  /** Of MySQL's sources. */
  readonly functionName: string;
  readonly file: string;
}

const BASE = "https://dev.mysql.com/doc/refman/9.7/en/";

function source(functionName: string, file: string, manual: ManualKey): WhySource {
  return { functionName, file, ...section(manual) };
}

function section(manual: ManualKey): ManualSection {
  const [page, manualTitle] = MANUAL[manual];
  return { manualTitle, manualUrl: `${BASE}${page}.html` };
}

export const MINIMIZE_DEADLOCKS = section("minimizeDeadlocks");

/** By what is being answered. */
export const SOURCES = {
  scan: source("sel_set_rec_lock, called by row_search_mvcc", "row0sel.cc", "locksSet"),
  uniqueSearch: source("row_search_mvcc (unique_search)", "row0sel.cc", "locksSet"),
  clusteredBehindSecondary: source(
    "Row_sel_get_clust_rec_for_mysql::operator()",
    "row0sel.cc",
    "locksSet",
  ),
  duplicateCheck: source("row_ins_duplicate_error_in_clust", "row0ins.cc", "locksSet"),
  insertIntention: source("lock_rec_insert_check_and_lock", "lock0lock.cc", "locking"),
  foreignKey: source(
    "check_all_parent_fk_ref, check_all_child_fk_ref",
    "sql_foreign_key_constraint.cc",
    "foreignKeys",
  ),
  rowToModify: source("lock_clust_rec_modify_check_and_lock", "lock0lock.cc", "locksSet"),
  table: source("lock_table", "lock0lock.cc", "locking"),
  implicitMadeExplicit: source("lock_rec_convert_impl_to_expl", "lock0lock.cc", "locking"),
  inherited: source("lock_rec_inherit_to_gap", "lock0lock.cc", "locking"),
  gapSplit: source("lock_rec_inherit_to_gap_if_gap_lock", "lock0lock.cc", "locking"),
  autoInc: source("ha_innobase::innobase_lock_autoinc", "ha_innodb.cc", "autoInc"),
  recConflict: source("rec_lock_check_conflict", "lock0lock.cc", "locking"),
  insertConflict: source("rec_lock_check_conflict", "lock0lock.cc", "phantom"),
  tableConflict: source("lock_mode_compatible", "lock0priv.h", "locking"),
  grant: source("lock_rec_grant_by_heap_no, lock_grant", "lock0lock.cc", "locking"),
  held: source("lock_rec_has_expl", "lock0lock.cc", "locking"),
  refused: source(
    "lock_rec_lock (SELECT_NOWAIT, SELECT_SKIP_LOCKED)",
    "lock0lock.cc",
    "lockingReads",
  ),
  release: source("lock_trx_release_locks, lock_rec_unlock", "lock0lock.cc", "isolation"),
  moved: source("lock_move_rec_list_end", "lock0lock.cc", "indexPages"),
  deadlock: source("lock_wait_choose_victim, trx_weight_ge", "lock0wait.cc", "deadlock"),
  timeout: source("lock_wait_check_and_cancel", "lock0wait.cc", "errors"),
  metadataTimeout: source("MDL_wait::timed_wait", "mdl.cc", "metadata"),
  metadata: source("MDL_lock::can_grant_lock", "mdl.cc", "metadata"),
  visibility: source("ReadView::changes_visible", "read0types.h", "consistentRead"),
  pageVisibility: source("lock_sec_rec_cons_read_sees", "lock0lock.cc", "consistentRead"),
  viewOpened: source("MVCC::view_open, ReadView::prepare", "read0read.cc", "consistentRead"),
  plan: source("JOIN::optimize, best_access_path", "sql_planner.cc", "costModel"),
  range: source("test_quick_select", "range_optimizer.cc", "rangeAccess"),
  handedOver: source("FilterIterator::Read", "composite_iterators.cc", "explain"),
  trxId: source("trx_set_rw_mode", "trx0trx.cc", "multiVersioning"),
  undo: source("trx_undo_report_row_operation", "trx0rec.cc", "undo"),
  purge: source("trx_purge, row_purge", "trx0purge.cc", "purge"),
  commit: source("trx_commit", "trx0trx.cc", "commit"),
  rollback: source("trx_rollback_for_mysql", "trx0roll.cc", "commit"),
  insert: source(
    "lock_rec_insert_check_and_lock, called under row_ins_clust_index_entry",
    "lock0lock.cc",
    "locksSet",
  ),
  duplicate: source("row_ins_duplicate_error_in_clust", "row0ins.cc", "errors"),
  error: source("Diagnostics_area::set_error_status", "sql_error.cc", "serverErrors"),
  userLock: source("Item_func_get_lock::val_int", "item_func.cc", "userLocks"),
  tableFlush: source("TABLE_SHARE::wait_for_old_version", "table.cc", "flush"),
  thrLock: source("thr_lock, wait_for_lock", "thr_lock.cc", "internalLocking"),
  killed: source("THD::awake", "sql_class.cc", "kill"),
} as const satisfies Readonly<Record<string, WhySource>>;

export type WhyTopic = keyof typeof SOURCES;
