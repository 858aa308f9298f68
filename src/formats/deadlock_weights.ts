/**
 * Which transaction InnoDB rolls back: the one with the fewest lock structs and undo entries, of equals the one whose request
 * closed the cycle. The log counts both, but shows no more than the locks of the cycle; where the others did more than
 * that, rows in a table of their own stand for it.
 *
 * InnoDB: lock0wait.cc: lock_wait_choose_victim; trx0trx.cc: trx_weight_ge.
 */
import { minOf } from "../base/lists.ts";
import { structsOfChild } from "./deadlock_children.ts";
import { type DeadlockLog, inOrderOfWaiting, type LogLock, type LogTrx } from "./deadlock_log.ts";
import type { Rows } from "./deadlock_rows.ts";
import { searchesBy, undoOfRunning } from "./deadlock_writes.ts";

const ROWS_MAX = 5;
const WRITES = /^(?:insert|update|delete)\b/i;

export const WORK_TABLE = "other_work";

/**
 * How many rows each transaction writes besides, by its number: so many that all weigh what the log says, one where the log
 * counts undo entries and nothing that is run writes any, and more where another would be the victim.
 */
export function extraRows(
  log: DeadlockLog,
  made: ReadonlyMap<LogTrx, readonly string[]>,
  tables: ReadonlyMap<string, Rows>,
): ReadonlyMap<number, number> {
  const weights = log.trxs.map((trx) => {
    const ours = made.get(trx) ?? [];
    const undo =
      ours.filter((sql) => WRITES.test(sql)).length +
      undoOfRunning(trx, tables.get(trx.waits?.table ?? ""));
    const least = undo === 0 && trx.undoEntries > 0 ? 1 : 0;
    return { trx, least, ours: undo + structsOf(trx, ours, tables) };
  });
  const missing = weights.map(({ trx, ours }) => trx.lockStructs + trx.undoEntries - ours);
  const more = minOf(missing, 0);
  // The first row brings the lock of the table with it.
  const rows = weights.map(({ least }, at) =>
    Math.max(least, Math.min((missing[at] ?? 0) - more - 1, ROWS_MAX)),
  );
  const weight = (at: number): number => {
    const besides = rows[at] ?? 0;
    return (weights[at]?.ours ?? 0) + (besides === 0 ? 0 : besides + 1);
  };
  const victim = log.trxs.findIndex((trx) => trx.number === log.victim);
  const least = log.trxs[victim] === inOrderOfWaiting(log).at(-1) ? 0 : 1;
  for (const at of victim < 0 ? [] : rows.keys()) {
    if (at !== victim)
      rows[at] = (rows[at] ?? 0) + Math.max(0, weight(victim) + least - weight(at));
  }
  return new Map(
    log.trxs.flatMap(({ number }, at) => ((rows[at] ?? 0) > 0 ? [[number, rows[at] ?? 0]] : [])),
  );
}

/**
 * The lock structs of the statements that are run: the tables, what is shown, and behind a secondary record that was searched
 * for its clustered one and the gap up to the next.
 */
function structsOf(
  trx: LogTrx,
  statements: readonly string[],
  tables: ReadonlyMap<string, Rows>,
): number {
  const shown = trx.waits === null ? trx.holds : [...trx.holds, trx.waits];
  const besides = trx.holds.map((lock) => {
    const rows = tables.get(lock.table);
    const index = rows?.index(lock);
    const isEnd = lock.records.some((rec) => rec.isSupremum);
    const isFound = lock.records.some((rec) => !rec.isSupremum);
    if (rows === undefined || index === null || index === undefined || index.isClustered) return 0;
    if (!isFound || !statements.some((sql) => searchesBy(sql, rows, index))) return 0;
    return lock.shape === "ordinary" && lock.records.length === 1 && !isEnd ? 2 : 1;
  });
  // A read FOR SHARE has locked its table with IS, which a change of a row there is not content with.
  const shared = trx.holds.filter(
    (lock) =>
      lock.mode === "S" &&
      shown.some((one) => one.table === lock.table && one.mode === "X") &&
      statements.some((sql) => sql.endsWith("FOR SHARE")),
  );
  const children = statements.map((sql) => structsOfChild(sql, tables));
  const tablesOf = (locks: readonly LogLock[]): number =>
    new Set(locks.map((lock) => lock.table)).size;
  const all = tablesOf(shown) + tablesOf(shared) + shown.length;
  return [...besides, ...children].reduce((sum, one) => sum + one, all);
}

/** `INSERT INTO other_work VALUES (101), (102)`: rows that no other transaction writes. */
export function workStatement(trx: LogTrx, rows: number): string {
  const values = Array.from({ length: rows }, (_one, at) => `(${trx.number * 1000 + at})`);
  return `INSERT INTO ${WORK_TABLE} VALUES ${values.join(", ")}`;
}
