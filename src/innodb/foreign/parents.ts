/**
 * A child row needs its parents: before it is inserted, and before columns of a FOREIGN KEY change.
 *
 * Each constraint, in the order of their names, reads the parent's index for the key with a shared lock: the record
 * alone when it is there; the gap where it would be, and error 1452, when it is not. A key with a NULL has no parent,
 * and a row that is its own parent needs no look.
 *
 * MySQL 9.7: the server checks (innodb_native_foreign_keys = OFF), with reads of the handler like any statement's.
 * Departure: kept below the handler line, so that whoever writes rows need not know of constraints.
 */
import { settled } from "../../base/answer.ts";
import type { Datum, DbError, ForeignKeyDef, Row, Steps } from "../api.ts";
import { compareDatum } from "../datum.ts";
import { referencedColumns, referencedIndex, tableInfo } from "../dictionary.ts";
import type { Storage } from "../storage.ts";
import { TableCursor } from "../table_cursor.ts";
import type { Table, TrxImpl } from "../types.ts";
import { canBeFound } from "./key_copy.ts";

/** `before` null is an INSERT; `skip` is the constraint whose cascade brings the change. Null: all parents are there. */
export function* checkParents(
  storage: Storage,
  trx: TrxImpl,
  child: Table,
  before: Row | null,
  after: Row,
  skip: ForeignKeyDef | null,
): Steps<DbError | null> {
  if (child.def.foreignKeys.length === 0) return null;
  if (storage.context.checksForeignKeys?.(trx.session) === false) return null;
  for (const foreignKey of child.def.foreignKeys.toSorted(byName)) {
    const isChanged =
      before === null || foreignKey.columns.some((column) => before[column] !== after[column]);
    if (!isChanged || foreignKey === skip) continue;
    const change = before === null ? "INSERT" : "UPDATE";
    const error = yield* checkParent(storage, trx, child, foreignKey, after, change);
    if (error !== null) return error;
  }
  return null;
}

function byName(a: ForeignKeyDef, b: ForeignKeyDef): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function* checkParent(
  storage: Storage,
  trx: TrxImpl,
  child: Table,
  foreignKey: ForeignKeyDef,
  row: Row,
  change: "INSERT" | "UPDATE",
): Steps<DbError | null> {
  const key = foreignKey.columns.map((column) => row[column] as Datum);
  if (key.includes(null) || hasNullInKey(child, foreignKey, row)) return null;
  const missing = foreignKeyError("noReferencedRow", child, foreignKey);
  const parent = parentTable(storage, foreignKey);
  const index = parent === null ? null : referencedIndex(parent, foreignKey);
  if (parent === null || index === null) return missing;
  if (parent === child && isOwnParent(child, foreignKey, row, change)) return null;
  const theirs = { table: parent, columns: referencedColumns(parent, foreignKey) };
  if (!canBeFound(key, { table: child, columns: foreignKey.columns }, theirs)) return missing;
  const { reader } = new TableCursor(storage, trx, parent, {
    constraint: foreignKey.name,
    child: child.def.name,
    parent: foreignKey.refTable,
    change,
    looksFor: "parent",
  });
  reader.setReadLock("S", "wait");
  reader.indexInit(index.id, { keyRead: true, pushed: null });
  const found = yield* settled(reader.indexRead(key, "exact"));
  if (found === "notFound") return missing;
  return "row" in found ? null : found;
}

/**
 * A NULL anywhere in the first key that starts with the constraint's columns, in one behind them too, leaves the row
 * unchecked: with KEY (a, b) and FOREIGN KEY (a), MySQL 9.7.4 takes (7, NULL) where no parent is 7.
 */
function hasNullInKey(child: Table, { columns }: ForeignKeyDef, row: Row): boolean {
  const key = tableInfo(child).indexes.find(({ parts }) =>
    columns.every((column, at) => parts[at]?.column === column && parts[at].prefix === null),
  );
  return key?.parts.some(({ column }) => row[column] === null) ?? false;
}

/** The table that the constraint points at; null: it was created with foreign_key_checks off and is not there. */
export function parentTable(storage: Storage, foreignKey: ForeignKeyDef): Table | null {
  for (const table of storage.tables.values()) {
    if (table.def.schema === foreignKey.refSchema && table.def.name === foreignKey.refTable)
      return table;
  }
  return null;
}

/** With what the server's messages 1452 (no parent) and 1451 (it is one) name. */
export function foreignKeyError(
  err: "noReferencedRow" | "rowIsReferenced",
  child: Table,
  foreignKey: ForeignKeyDef,
): DbError {
  const { schema, name, columns } = child.def;
  const childColumns = foreignKey.columns.map((column) => columns[column]?.name ?? "");
  return { err, foreignKey, childTable: name, childSchema: schema, childColumns };
}

/** An INSERT compares the first columns alone: with FOREIGN KEY (c, d) REFERENCES (a, b), MySQL 9.7.4 takes (1, 2, 1, 3). */
function isOwnParent(
  table: Table,
  foreignKey: ForeignKeyDef,
  row: Row,
  change: "INSERT" | "UPDATE",
): boolean {
  const columns = referencedColumns(table, foreignKey);
  const compared = change === "INSERT" ? foreignKey.columns.slice(0, 1) : foreignKey.columns;
  return compared.every((column, at) => {
    const { type } = table.def.columns[column] as (typeof table.def.columns)[number];
    return compareDatum(type, row[column] as Datum, row[columns[at] as number] as Datum) === 0;
  });
}
