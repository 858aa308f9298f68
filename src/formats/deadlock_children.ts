/**
 * The INSERT of a child, for a lock that the check of its foreign key takes on the parent: InnoDB prints S on the parent's
 * record alone, and whether the transaction has written at all. A read FOR SHARE takes the same lock and writes nothing.
 *
 *     INSERT INTO order_item (order_id, product_id) VALUES (1042, 71)   S on orders 1042 and S on product 71, an undo entry
 *     UPDATE orders ... WHERE id = 1042, mysql tables in use 3          opened the tables on the other side of foreign keys
 */
import type { DeadlockLog, LogLock, LogTrx } from "./deadlock_log.ts";
import { type Row, Rows } from "./deadlock_rows.ts";
import { type ForeignKey, quote, type TableShape, tablesIn } from "./deadlock_tables.ts";
import { undoOfRunning } from "./deadlock_writes.ts";
import { newRow } from "./lock_statements.ts";
import type { FieldValue } from "./record_fields.ts";
import { tablesNamed } from "./statement_names.ts";

/**
 * A guessed child of each guessed table whose records are held so by transactions that have opened more tables than their
 * statements name.
 */
export function guessedChildren(
  log: DeadlockLog,
  statements: readonly string[],
  shapes: readonly TableShape[],
): readonly TableShape[] {
  const parents = log.trxs.flatMap((trx, at) => {
    const named = tablesNamed(statements[at] ?? "");
    if (named.length === 0 || trx.tablesInUse <= named.length) return [];
    return trx.holds.flatMap((lock) => {
      const shape = shapes.find(({ name }) => name === lock.table);
      if (shape === undefined || !shape.isGuessed) return [];
      return checkedKey(lock, new Rows(shape, log), trx) === null ? [] : [shape];
    });
  });
  return [...new Set(parents)].flatMap((parent) => {
    const name = `${parent.name}_child`;
    const [at = -1] = parent.indexes.find((one) => one.isClustered)?.columns ?? [];
    const key = parent.columns[at];
    const isKnown = shapes.some((one) => isSame(one.name, name) || refersTo(one, parent.name));
    if (key === undefined || isKnown) return [];
    const column = quote(`${parent.name}_${key.name}`);
    const sql = `CREATE TABLE ${quote(name)} (\n  id BIGINT NOT NULL AUTO_INCREMENT,\n  ${column} ${key.typeText},\n  PRIMARY KEY (id),\n  FOREIGN KEY (${column}) REFERENCES ${quote(parent.name)} (${quote(key.name)})\n)`;
    return tablesIn(sql).map((shape) => ({ ...shape, isGuessed: true }));
  });
}

/** Null where the lock is not of that kind, or no table is known that refers to this one. */
export function insertionOfChild(
  lock: LogLock,
  rows: Rows,
  trx: LogTrx,
  tables: ReadonlyMap<string, Rows>,
): string | null {
  const key = checkedKey(lock, rows, trx);
  const [rec] = lock.records;
  const value = rec === undefined ? undefined : rows.rowOf(lock, rec)?.values.get(key ?? -1);
  if (key === null || value === undefined || lock.records.length > 1) return null;
  const name = rows.shape.columns[key]?.name ?? "";
  for (const child of tables.values()) {
    const found = child.shape.foreignKeys.find(
      (one) => isSame(one.parent, rows.shape.name) && isSame(one.key, name),
    );
    if (found === undefined || child === rows) continue;
    const row = childRow(child, found, value, trx, tables);
    if (row !== null) return child.insertion([row]);
  }
  return null;
}

/** How many lock structs such an INSERT adds: its table, and of each parent but the one that is shown the table and the row. */
export function structsOfChild(sql: string, tables: ReadonlyMap<string, Rows>): number {
  const [own] = tablesNamed(sql);
  const shape = own === undefined ? undefined : tables.get(own.table)?.shape;
  const parents = shape?.foreignKeys.filter(({ column }) => !isNullable(shape, column)).length ?? 0;
  return /^INSERT/.test(sql) && shape !== undefined ? Math.max(2, 2 * parents) : 0;
}

/** The one column that a foreign key's check has looked up; null where the lock is another's. */
function checkedKey(lock: LogLock, rows: Rows, trx: LogTrx): number | null {
  const index = rows.index(lock);
  if (lock.mode !== "S" || lock.shape !== "recNotGap" || index?.isUnique !== true) return null;
  const waited = trx.waits?.table === rows.shape.name ? rows : undefined;
  if (trx.undoEntries <= undoOfRunning(trx, waited)) return null;
  const [key, second] = index.columns;
  return second === undefined ? (key ?? null) : null;
}

/** Null where a parent would have to be made whose key is no number. */
function childRow(
  { shape }: Rows,
  checked: ForeignKey,
  value: FieldValue,
  trx: LogTrx,
  tables: ReadonlyMap<string, Rows>,
): Row | null {
  const place = (name: string): number => shape.columns.findIndex((one) => isSame(one.name, name));
  const values = new Map([[place(checked.column), value]]);
  // Each transaction has rows and parents of its own.
  const own = { literal: String(trx.number), sort: BigInt(trx.number) };
  for (const { column, parent, key } of shape.foreignKeys) {
    if (values.has(place(column)) || isNullable(shape, column)) continue;
    const rows = [...tables.values()].find((one) => isSame(one.shape.name, parent));
    const at = rows?.shape.columns.findIndex((one) => isSame(one.name, key)) ?? -1;
    if (!/int$/.test(rows?.shape.columns[at]?.type.name ?? "")) return null;
    const there = rows?.before.some((row) => row.values.get(at)?.literal === own.literal) ?? true;
    if (!there) rows?.addNeighbour(newRow(new Map([[at, own]])));
    values.set(place(column), own);
  }
  for (const { columns, isUnique } of shape.indexes) {
    const [first = -1] = columns;
    const type = shape.columns[first];
    if (!isUnique || type === undefined || type.hasDefault || columns.some((at) => values.has(at)))
      continue;
    const literal = /char$|text$/.test(type.type.name) ? `'${own.literal}'` : own.literal;
    values.set(first, { literal, sort: null });
  }
  return newRow(values);
}

function isNullable(shape: TableShape, column: string): boolean {
  return shape.columns.find(({ name }) => isSame(name, column))?.isNullable !== false;
}

function refersTo(child: TableShape, parent: string): boolean {
  return child.foreignKeys.some((one) => isSame(one.parent, parent));
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
