/** The errors that stories about locks and transactions meet, apart from the large table (`error_table.ts`). */

// biome-ignore format: one error a line
export const COMMON_ERRORS = {
  ER_TABLE_EXISTS_ERROR: [1050, "42S01", "Table '%-.192s' already exists"],
  ER_BAD_FIELD_ERROR: [1054, "42S22", "Unknown column '%-.192s' in '%-.192s'"],
  ER_DUP_ENTRY: [1062, "23000", "Duplicate entry '%-.64s' for key '%-.385s'"],
  ER_PARSE_ERROR: [1064, "42000", "%s near '%-.80s' at line %d"],
  ER_NO_SUCH_TABLE: [1146, "42S02", "Table '%-.192s.%-.192s' doesn't exist"],
  ER_LOCK_WAIT_TIMEOUT: [1205, "HY000", "Lock wait timeout exceeded; try restarting transaction"],
  ER_LOCK_DEADLOCK: [1213, "40001", "Deadlock found when trying to get lock; try restarting transaction"],
  ER_CANT_UPDATE_WITH_READLOCK: [1223, "HY000", "Can't execute the query because you have a conflicting read lock"],
  ER_QUERY_INTERRUPTED: [1317, "70100", "Query execution was interrupted"],
  ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION: [1792, "25006", "Cannot execute statement in a READ ONLY transaction."],
  ER_LOCK_NOWAIT: [3572, "HY000", "Statement aborted because lock(s) could not be acquired immediately and NOWAIT is set."],
} as const satisfies Record<string, readonly [number, string, string]>;
