/**
 * What a transaction of a deadlock log has written. The log counts its undo entries and its lock structs, and shows of both no
 * more than the circle: from the counts follows whether a row that it holds was changed by it, and by which way it was found.
 *
 *     IX on t, X on the secondary record, the lock that is waited for   3 structs: the row was inserted
 *     the same and one more                                             the row was found by that index: its clustered record
 */
import { parseStatement } from "../sql/parser.ts";
import type { LogTrx } from "./deadlock_log.ts";
import { pairsOf } from "./deadlock_names.ts";
import type { Row, Rows } from "./deadlock_rows.ts";
import { type ColumnShape, type IndexShape, quote } from "./deadlock_tables.ts";
import { type FieldValue, text } from "./record_fields.ts";
import { tablesNamed } from "./statement_names.ts";

const INSERTS = /^\s*(?:insert|replace)\b/i;

/** Whether the statement finds its rows by this index: its WHERE names the index's first column. */
export function searchesBy(sql: string, rows: Rows, index: IndexShape): boolean {
  const where = whereOf(sql);
  const name = rows.shape.columns[index.columns[0] ?? -1]?.name;
  return where !== null && name !== undefined && names(where, name);
}

/** Without what orders and counts the rows behind it. */
export function whereOf(sql: string): string | null {
  return /\bWHERE\b([\s\S]*?)(?:\b(?:ORDER\s+BY|LIMIT|FOR\s+UPDATE)\b|$)/i.exec(sql)?.[1] ?? null;
}

export function names(where: string, column: string): boolean {
  return new RegExp(`(?:^|\\W)${column.replace(/\W/g, "\\$&")}(?:\\W|$)`, "i").test(where);
}

/**
 * How many undo entries are of the statement that waits: it has written a row and waits to write its entry in another index,
 * or for a row of another table that a foreign key names. `rows`: of the table whose lock is waited for.
 */
export function undoOfRunning(trx: LogTrx, rows: Rows | undefined): number {
  const { waits, sql } = trx;
  const index = waits === null ? null : (rows?.index(waits) ?? null);
  if (waits === null || rows === undefined || index === null || trx.undoEntries === 0) return 0;
  if (INSERTS.test(sql))
    return index.isClustered && tablesNamed(sql)[0]?.table === waits.table ? 0 : 1;
  if (waits.isInsertIntention) return 1;
  // Children are looked for before the parent is changed.
  const isNamed = tablesNamed(sql).some(({ table }) => table === waits.table);
  return index.isClustered || !isNamed || searchesBy(sql, rows, index) ? 0 : 1;
}

/**
 * An UPDATE that waits for its place in a secondary index has changed the clustered record, and the log prints that as it is
 * now: before, the row stood elsewhere in the index, and nobody is known to have written it.
 */
export function takeBack(trx: LogTrx, sql: string, tables: ReadonlyMap<string, Rows>): void {
  const { waits } = trx;
  const rows = waits === null ? undefined : tables.get(waits.table);
  const parsed = parseStatement(sql);
  if (waits === null || rows === undefined || !parsed.ok || parsed.statement.kind !== "update")
    return;
  const index = rows.index(waits);
  if (index === null || index.isClustered || !waits.isInsertIntention) return;
  const { columns } = rows.shape;
  const placeOf = (name: string): number =>
    columns.findIndex((one) => one.name.toLowerCase() === name.toLowerCase());
  const { found, set } = pairsOf(sql);
  const { assignments } = parsed.statement;
  const changed = assignments.map(({ column }) => placeOf(column.name.text));
  const moved = index.columns.filter((at) => changed.includes(at));
  for (const row of rows.all) {
    const agrees = ([name, literal]: readonly [string, string]): boolean =>
      (row.values.get(placeOf(name))?.literal ?? literal) === literal;
    if (row.writer !== trx.id || row.isInserted || ![...found, ...set].every(agrees)) continue;
    for (const at of moved) {
      const value = row.values.get(at);
      if (value !== undefined && value.sort !== null)
        row.values.set(at, before(value, columns[at]));
    }
    row.writer = null;
  }
}

/** How many lock structs the log counts besides those that it shows, and one for each table. */
export function structsBesides({ holds, waits, lockStructs }: LogTrx): number {
  const shown = waits === null ? holds : [...holds, waits];
  return lockStructs - new Set(shown.map((lock) => lock.table)).size - shown.length;
}

/**
 * Changes a column without a key: to what the log shows where it shows the row, before it was something else. Null where there
 * is no such column. `found`: the rows that `where` finds.
 */
export function updateOf(
  rows: Rows,
  found: readonly Row[],
  where: string,
  forced: IndexShape | null,
): string | null {
  const { columns, indexes, name } = rows.shape;
  const free = columns.flatMap((column, at) => {
    const isKey = indexes.some((one) => one.columns.includes(at));
    return isKey || column.isGenerated ? [] : [at];
  });
  // What the log's statements change is likely what this one has changed; a number has had another value more likely than a name.
  const unlikely = (at: number): number => {
    if (rows.changed.has(columns[at]?.name.toLowerCase() ?? "")) return 0;
    return typeof found[0]?.values.get(at)?.sort === "bigint" ? 1 : 2;
  };
  const shown = free
    .filter((at) => (found[0]?.values.get(at)?.sort ?? null) !== null)
    .toSorted((one, other) => unlikely(one) - unlikely(other))[0];
  const set = (at: number, literal: string): string => {
    const hint = forced === null ? "" : ` FORCE INDEX (${quote(forced.name)})`;
    const column = quote(columns[at]?.name ?? "");
    return `UPDATE ${quote(name)}${hint} SET ${column} = ${literal} WHERE ${where}`;
  };
  if (shown !== undefined) {
    const { literal = "NULL" } = found[0]?.values.get(shown) ?? {};
    for (const row of found) {
      const value = row.values.get(shown);
      if (value !== undefined) row.values.set(shown, before(value, columns[shown]));
    }
    return set(shown, literal);
  }
  for (const at of free) {
    const literal = isUnknown(found, at) ? anotherLiteral(columns[at]) : null;
    if (literal !== null) return set(at, literal);
  }
  return null;
}

function isUnknown(found: readonly Row[], at: number): boolean {
  return found.every((row) => row.values.get(at) === undefined);
}

/** Not what a row has whose value the log does not show. */
function anotherLiteral(column: ColumnShape | undefined): string | null {
  const type = column?.type.name ?? "";
  if (/int$|decimal|float|double/.test(type)) return "1";
  return /char$|text$/.test(type) && column?.type.length !== 0 ? "'x'" : null;
}

function before(value: FieldValue, column: ColumnShape | undefined): FieldValue {
  const other = column?.type.values.find((one) => one !== value.sort);
  if (column?.type.name === "enum") return other === undefined ? value : text(other);
  if (typeof value.sort !== "bigint") return text(value.sort === "" ? "-" : "");
  const less = value.sort === 0n ? 1n : value.sort - 1n;
  return { literal: String(less), sort: less };
}
