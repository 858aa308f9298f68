/**
 * Which transaction InnoDB rolls back: the one with the fewest lock structs and undo entries, of equals the one whose request
 * closed the cycle. The log counts both, but shows no more than the locks of the cycle; where the others did more than
 * that, rows in a table of their own stand for it.
 *
 * InnoDB: lock0wait.cc: lock_wait_choose_victim; trx0trx.cc: trx_weight_ge.
 */
import { type DeadlockLog, inOrderOfWaiting, type LogTrx } from "./deadlock_log.ts";

const ROWS_MAX = 5;
const WRITES = /^(?:insert|update|delete)\b/i;

export const WORK_TABLE = "other_work";

/**
 * How many rows each transaction writes besides, by its number: one where the log counts undo entries and nothing else that
 * is run writes any.
 *
 * @param changes whether the statement that waits has written some before
 */
export function extraRows(
  log: DeadlockLog,
  made: ReadonlyMap<LogTrx, readonly string[]>,
  changes: (trx: LogTrx) => boolean,
): ReadonlyMap<number, number> {
  const result = new Map<number, number>();
  for (const trx of log.trxs) {
    const writes = made.get(trx)?.some((sql) => WRITES.test(sql)) === true || changes(trx);
    if (trx.undoEntries > 0 && !writes) result.set(trx.number, 1);
  }
  const victim = log.trxs.find((trx) => trx.number === log.victim);
  if (victim === undefined) return result;
  const ours = (trx: LogTrx): number => {
    const statements = made.get(trx) ?? [];
    const tables = new Set([...trx.holds, trx.waits].map((lock) => lock?.table));
    const undo = statements.filter((sql) => WRITES.test(sql)).length;
    const besides = result.get(trx.number) ?? 0;
    return tables.size + trx.holds.length + 1 + undo + (besides === 0 ? 0 : besides + 1);
  };
  const theirs = (trx: LogTrx): number => trx.lockStructs + trx.undoEntries;
  const closes = inOrderOfWaiting(log).at(-1);
  for (const trx of log.trxs) {
    if (trx === victim) continue;
    const wanted = theirs(trx) - theirs(victim);
    const have = ours(trx) - ours(victim);
    const least = victim === closes ? 0 : 1;
    if (have >= Math.max(wanted, least)) continue;
    const besides = result.get(trx.number) ?? 0;
    result.set(trx.number, besides + Math.max(least - have, Math.min(wanted - have, ROWS_MAX), 1));
  }
  return result;
}

/** `INSERT INTO other_work VALUES (101), (102)`: rows that no other transaction writes. */
export function workStatement(trx: LogTrx, rows: number): string {
  const values = Array.from({ length: rows }, (_one, at) => `(${trx.number * 1000 + at})`);
  return `INSERT INTO ${WORK_TABLE} VALUES ${values.join(", ")}`;
}
