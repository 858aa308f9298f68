/**
 * Statements that take a lock which a deadlock log shows, as exactly as SQL can say it: InnoDB writes down which locks a
 * transaction has, never which statement asked for them.
 *
 *     X, record only    the row was inserted, deleted, updated by it (DB_TRX_ID, DB_ROLL_PTR), else SELECT ... FOR UPDATE
 *     gap               a locking read of a value that is missing there
 *     next-key          a locking read of a value of a secondary index, or of a range
 *     insert intention  an INSERT into the gap
 */
import type { LogLock, LogTrx } from "./deadlock_log.ts";
import { isOnSameRecord } from "./deadlock_queue.ts";
import type { Row, Rows } from "./deadlock_rows.ts";
import { type IndexShape, quote } from "./deadlock_tables.ts";
import { structsBesides, undoOfRunning, updateOf } from "./deadlock_writes.ts";
import { compareValues, type FieldValue, text, valueBetween } from "./record_fields.ts";

const ROWS_MAX = 8;

/** Empty where there is none that is known to take it. `trx.waits` tells whether its own statement has written the row. */
export function statementsTaking(lock: LogLock, rows: Rows, trx: LogTrx): readonly string[] {
  const index = rows.index(lock);
  if (index === null) return [];
  if (lock.isInsertIntention) return insertInto(lock, index, rows, trx);
  if (index.columns.length === 0) return [read(rows, "", lock, null)];
  if (lock.shape === "gap") return gapReads(lock, index, rows);
  if (lock.shape === "ordinary") return nextKeyReads(lock, index, rows, trx);
  return lock.records.slice(0, ROWS_MAX).flatMap((rec) => {
    const row = rows.rowOf(lock, rec);
    return row === null ? [] : recordStatement(lock, index, rows, row, trx, rec.isDeleted);
  });
}

/** The row's own writer wrote it; a secondary record is locked alone by whoever wrote it, and by reads of a unique key. */
function recordStatement(
  lock: LogLock,
  index: IndexShape,
  rows: Rows,
  row: Row,
  trx: LogTrx,
  isDeleted: boolean,
): readonly string[] {
  const isOwn =
    lock.mode === "X" &&
    (row.writer === trx.id || hasWrittenSome(index, rows, trx)) &&
    !writesNow(lock, rows, row, trx);
  const isWritten =
    !index.isClustered &&
    row.writer === null &&
    lock.mode === "X" &&
    trx.undoEntries > undoOfRunning(trx, rowsWaitedFor(trx, rows));
  // Of a row that was found by this index the clustered record is locked too, and the gap unless the key is unique.
  const isExact = index.isUnique || !rows.hasGaps;
  const isFound = isWritten && isExact && structsBesides(trx) > 0;
  if (isWritten && (isDeleted || insertsAgain(lock, trx)))
    return [isFound ? deleteBy(rows, equals(rows, index, row)) : deleteOf(rows, row)];
  const found = isFound ? updateOf(rows, [row], equals(rows, index, row), null) : null;
  if (found !== null) return [found];
  if ((isOwn && row.isInserted && row.writer === trx.id) || isWritten) {
    row.isLeftOut = true;
    return [rows.insertion([row])];
  }
  const primary = rows.shape.indexes.find((one) => one.isClustered);
  const where = equals(rows, primary !== undefined && isOwn ? primary : index, row);
  if (isOwn && row.isDeleted && row.writer === trx.id) return [deleteOf(rows, row)];
  const update = isOwn ? updateOf(rows, [row], where, null) : null;
  return [update ?? read(rows, where, lock, null)];
}

/** Its INSERT looks for a duplicate where it holds the row: it has deleted it. */
function insertsAgain(lock: LogLock, { sql, waits }: LogTrx): boolean {
  const isInsert = /^\s*(?:insert|replace)\b/i.test(sql);
  return isInsert && waits !== null && waits.mode === "S" && isOnSameRecord(waits, lock);
}

/** It has undo entries, and no row that is shown names it as its writer: those it holds are the likeliest. */
function hasWrittenSome(index: IndexShape, rows: Rows, trx: LogTrx): boolean {
  if (trx.undoEntries === 0 || !index.isClustered || /^\s*(?:insert|replace)\b/i.test(trx.sql))
    return false;
  if (trx.waits !== null && rows.index(trx.waits)?.isClustered === false) return false;
  const shown = trx.holds.flatMap((lock) => lock.records.map((rec) => rows.rowOf(lock, rec)));
  return !shown.some((row) => row?.writer === trx.id);
}

/** DELETE of that one row, by its primary key. */
export function deleteOf(rows: Rows, row: Row): string {
  const primary = rows.shape.indexes.find((one) => one.isClustered);
  return deleteBy(rows, primary === undefined ? "" : equals(rows, primary, row));
}

function deleteBy(rows: Rows, where: string): string {
  return `DELETE FROM ${quote(rows.shape.name)} WHERE ${where}`;
}

/** Of the table whose lock is waited for, if that is this one. */
function rowsWaitedFor(trx: LogTrx, rows: Rows): Rows | undefined {
  return trx.waits?.table === rows.shape.name ? rows : undefined;
}

/** Whether the statement that waits has changed this row itself: it waits for another index of it. */
function writesNow(lock: LogLock, rows: Rows, row: Row, trx: LogTrx): boolean {
  const { waits } = trx;
  if (waits === null || waits.table !== lock.table || waits.index === lock.index) return false;
  return waits.records.some((rec) => !rec.isSupremum && rows.rowOf(waits, rec) === row);
}

function gapReads(lock: LogLock, index: IndexShape, rows: Rows): readonly string[] {
  return lock.records.slice(0, ROWS_MAX).flatMap((rec) => {
    const row = rec.isSupremum ? null : rows.rowOf(lock, rec);
    if (row === null && !rec.isSupremum) return [];
    const missing = missingBelow(index, rows, row);
    return missing === null ? [] : [read(rows, missing, lock, null)];
  });
}

function nextKeyReads(
  lock: LogLock,
  index: IndexShape,
  rows: Rows,
  trx: LogTrx,
): readonly string[] {
  const hasSupremum = lock.records.some((rec) => rec.isSupremum);
  const found = lock.records.flatMap((rec) =>
    rec.isSupremum ? [] : (rows.rowOf(lock, rec) ?? []),
  );
  if (found.length === 0) return hasSupremum ? gapReads(lock, index, rows) : [];
  if (lock.mode === "S" && index.isUnique && !index.isClustered && !hasSupremum) {
    // The check of an INSERT that found a duplicate.
    return found.map((row) => duplicateOf(row, index, rows, trx));
  }
  const { columns } = index;
  const [first = -1] = columns;
  const name = quote(rows.shape.columns[first]?.name ?? "");
  const literals = new Set(
    found.map((row) => columns.map((at) => row.values.get(at)?.literal).join()),
  );
  const [one] = found;
  const shared = sharedColumns(found, columns);
  // Of a unique index, and of one whose first column differs, a range is read.
  const isPrefix = !index.isUnique && shared > 0 && one !== undefined;
  if (isPrefix && (literals.size === 1 || isAlone(found, columns.slice(0, shared), rows)))
    return search(found, equalIn(rows, columns.slice(0, shared), one), null);
  const values = found.flatMap((row) => row.values.get(first) ?? []).toSorted(compareValues);
  const [low, high] = [values[0], values.at(-1)];
  if (low === undefined || high === undefined) return [];
  const under = rows
    .valuesOf(first, [], null)
    .filter((one) => compareValues(one, low) < 0)
    .toSorted(compareValues);
  const from = under.at(-1)?.literal ?? null;
  if (!index.isClustered && low.literal !== high.literal && !hasSupremum) {
    // A range of a secondary index ends with the lock on the first record behind it.
    const inside = found.filter((row) => row.values.get(first)?.literal !== high.literal);
    return search(inside, `${name} >= ${low.literal} AND ${name} < ${high.literal}`, index);
  }
  // The clustered index is read from its beginning without a condition.
  const fromLow = hasSupremum && !index.isClustered ? [`${name} >= ${low.literal}`] : [];
  const parts = [
    ...(from === null ? fromLow : [`${name} > ${from}`]),
    ...(hasSupremum ? [] : [`${name} <= ${high.literal}`]),
  ];
  return search(found, parts.join(" AND "), index);

  /** Where it has undo entries enough its rows were changed by it: a clustered record says by whom. */
  function search(
    inside: readonly Row[],
    where: string,
    forced: IndexShape | null,
  ): readonly string[] {
    if (lock.mode !== "X") return [read(rows, where, lock, forced)];
    if (index.isClustered) {
      const own = inside.filter((row) => row.writer === trx.id && !writesNow(lock, rows, row, trx));
      const written = own.flatMap((row) => recordStatement(lock, index, rows, row, trx, false));
      return [read(rows, where, lock, forced), ...written];
    }
    const undo = trx.undoEntries - undoOfRunning(trx, rowsWaitedFor(trx, rows));
    if (inside.length === 0 || undo < inside.length) return [read(rows, where, lock, forced)];
    const isGone = (row: Row): boolean =>
      lock.records.some((rec) => rec.isDeleted && rows.rowOf(lock, rec) === row);
    if (inside.every(isGone)) return [deleteBy(rows, where)];
    const update = updateOf(rows, inside, where, forced);
    return [update ?? read(rows, where, lock, forced)];
  }
}

/** How many of the columns, from the first on, have one value in all of the rows. */
function sharedColumns(found: readonly Row[], columns: readonly number[]): number {
  const literal = (row: Row | undefined, at: number) => row?.values.get(at)?.literal;
  const differing = columns.findIndex((at) =>
    found.some((row) => literal(row, at) !== literal(found[0], at)),
  );
  return differing < 0 ? columns.length : differing;
}

/** Whether no other row that is known has the values that these have in the columns. */
function isAlone(found: readonly Row[], columns: readonly number[], rows: Rows): boolean {
  return !rows.all.some(
    (row) =>
      !found.includes(row) &&
      columns.every((at) => row.values.get(at)?.literal === found[0]?.values.get(at)?.literal),
  );
}

function insertInto(lock: LogLock, index: IndexShape, rows: Rows, trx: LogTrx): readonly string[] {
  const [rec] = lock.records;
  const row = rec === undefined || rec.isSupremum ? null : rows.rowOf(lock, rec);
  const missing = missingValue(index, rows, row);
  if (missing === null) return [];
  const values = new Map(row === null ? [] : index.columns.flatMap((at) => pair(row, at)));
  values.set(missing.column, { literal: missing.literal, sort: null });
  return [rows.insertion([madeRow(rows, index, values, trx)])];
}

/**
 * Fails with 1062 and keeps its lock on the record that it found. Its own row is taken back and leaves a lock on the gap it
 * stood in: rows on both sides of it keep the others out of that.
 */
function duplicateOf(row: Row, index: IndexShape, rows: Rows, trx: LogTrx): string {
  const values = new Map(index.columns.flatMap((at) => pair(row, at)));
  const [key, second] = rows.shape.indexes.find((one) => one.isClustered)?.columns ?? [];
  const high = key === undefined ? null : (highest(rows, key)?.sort ?? null);
  if (key !== undefined && second === undefined && typeof high === "bigint") {
    const place = (at: number): FieldValue => {
      const sort = high + BigInt(AWAY + 2 * trx.number + at);
      return { literal: String(sort), sort };
    };
    values.set(key, place(-1));
    for (const at of [-2, 0]) {
      const others = rows.shape.indexes.filter((one) => one.isUnique && !one.isClustered);
      const unlike = others
        .flatMap((one) => one.columns.slice(0, 1))
        .flatMap((column) => {
          const isNull = rows.shape.columns[column]?.isNullable !== false;
          const literal = isNull ? "NULL" : afterAll(rows, column, trx.number * 2 + at);
          return [[column, { literal, sort: null }] as const];
        });
      rows.addNeighbour(newRow(new Map([...unlike, [key, place(at)]])));
    }
  }
  return rows.insertion([madeRow(rows, index, values, trx)]);
}

/** So far behind the last row that a statement of the log does not come there. */
const AWAY = 50;

export function afterAll(rows: Rows, column: number, nth: number): string {
  const { sort } = highest(rows, column) ?? { sort: null };
  if (typeof sort === "bigint") return String(sort + BigInt(AWAY + nth));
  return text(`${sort ?? ""}z${nth}`).literal;
}

function highest(rows: Rows, column: number): FieldValue | null {
  return rows.valuesOf(column, [], null).toSorted(compareValues).at(-1) ?? null;
}

/** With a new primary key where it has none. */
function madeRow(
  rows: Rows,
  index: IndexShape,
  given: ReadonlyMap<number, FieldValue>,
  trx: LogTrx,
): Row {
  const values = new Map(given);
  const primary = rows.shape.indexes.find((one) => one.isClustered && one !== index);
  for (const at of primary?.columns ?? []) {
    const free = valueBetween(highest(rows, at), null) ?? "1";
    // Each transaction has one of its own.
    const own = /^-?\d+$/.test(free) ? String(BigInt(free) + BigInt(trx.number)) : free;
    if (!values.has(at)) values.set(at, { literal: own, sort: null });
  }
  return newRow(values);
}

export function newRow(values: Map<number, FieldValue>): Row {
  return { key: "", values, writer: null, isInserted: true, isDeleted: false, isLeftOut: true };
}

function pair(row: Row, at: number): readonly (readonly [number, FieldValue])[] {
  const value = row.values.get(at);
  return value === undefined ? [] : [[at, value]];
}

/** A condition that finds nothing, in the gap before the row; null for the row: behind the last one. */
function missingBelow(index: IndexShape, rows: Rows, row: Row | null): string | null {
  const missing = missingValue(index, rows, row);
  if (missing === null) return null;
  const name = (at: number): string => quote(rows.shape.columns[at]?.name ?? "");
  const prefix = row === null ? [] : index.columns.slice(0, -1);
  const same = prefix.map((at) => `${name(at)} = ${row?.values.get(at)?.literal ?? "NULL"}`);
  return [...same, `${name(missing.column)} = ${missing.literal}`].join(" AND ");
}

function missingValue(index: IndexShape, rows: Rows, row: Row | null) {
  const column = row === null ? index.columns[0] : index.columns.at(-1);
  if (column === undefined) return null;
  const prefix = row === null ? [] : index.columns.slice(0, -1);
  const sorted = rows.valuesOf(column, prefix, row).toSorted(compareValues);
  const type = rows.shape.columns[column]?.type.name ?? "int";
  if (row === null) {
    const high = sorted.at(-1) ?? null;
    const free = /char|text/.test(type) ? "'a'" : /int|year/.test(type) ? "1" : null;
    const literal = high === null ? free : valueBetween(high, null);
    return literal === null ? null : { column, literal };
  }
  const high = row.values.get(column) ?? null;
  if (high === null) return null;
  const low = sorted.filter((one) => compareValues(one, high) < 0).at(-1) ?? null;
  const literal = valueBetween(low, high);
  return literal === null ? null : { column, literal };
}

function equals(rows: Rows, index: IndexShape, row: Row): string {
  return equalIn(rows, index.columns, row);
}

function equalIn(rows: Rows, columns: readonly number[], row: Row): string {
  return columns
    .map((at) => {
      const literal = row.values.get(at)?.literal ?? "NULL";
      const name = quote(rows.shape.columns[at]?.name ?? "");
      return literal === "NULL" ? `${name} IS NULL` : `${name} = ${literal}`;
    })
    .join(" AND ");
}

/** A locking read; `forced`: the index that the optimizer is not to choose another for. */
function read(rows: Rows, where: string, lock: LogLock, forced: IndexShape | null): string {
  const hint = forced === null ? "" : ` FORCE INDEX (${quote(forced.name)})`;
  const condition = where === "" ? "" : ` WHERE ${where}`;
  const mode = lock.mode === "S" ? "FOR SHARE" : "FOR UPDATE";
  return `SELECT * FROM ${quote(rows.shape.name)}${hint}${condition} ${mode}`;
}
