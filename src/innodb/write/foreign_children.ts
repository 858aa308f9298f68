/**
 * A parent row goes away or gets another key: its children are looked for, and refuse it, follow it or let it go.
 *
 *   scan of the child's index:  S,REC_NOT_GAP on each child (next-key on delete-marked ones), S,GAP after the last
 *   RESTRICT, NO ACTION         error 1451 at the first child
 *   CASCADE, SET NULL           X,REC_NOT_GAP on the child's clustered record, then the change, with its own cascades
 *
 * InnoDB: row_upd_check_references_constraints (row0upd.cc), row_ins_check_foreign_constraint without check_ref,
 * row_ins_foreign_check_on_constraint (row0ins.cc).
 */
import type { Datum, DbError, ForeignKeyDef, Row, Steps } from "../api.ts";
import { findRec, nextRec, search } from "../btree/cursor.ts";
import { compareKeys } from "../datum.ts";
import { clusteredIndex, clusteredKeyOf, foreignIndex, referencedIndex } from "../dictionary.ts";
import type { Index, Rec, Table } from "../types.ts";
import { lockTableForWrite } from "./insert.ts";
import { applyChange, type Change } from "./update.ts";
import { isGranted, obtain, type Writer } from "./writer.ts";

/** InnoDB: FK_MAX_CASCADE_DEL. */
const CASCADE_DEPTH_MAX = 15;

/** The constraints that reference this index and whose columns change; null when no child objects. */
export function* checkChildren(
  writer: Writer,
  index: Index,
  change: Change,
): Steps<DbError | null> {
  for (const { child, foreignKey } of change.table.referencedBy) {
    if (referencedIndex(change.table, foreignKey) !== index) continue;
    const columns = index.fields.slice(0, foreignKey.columns.length).map((field) => field.column);
    const isChanged =
      change.after === null ||
      columns.some((column) => change.before[column] !== change.after?.[column]);
    if (!isChanged) continue;
    const key = columns.map((column) => change.before[column] as Datum);
    if (key.includes(null)) continue;
    const error = yield* checkChild(writer, child, foreignKey, columns, key, change);
    if (error !== null) return error;
  }
  return null;
}

function* checkChild(
  writer: Writer,
  child: Table,
  foreignKey: ForeignKeyDef,
  parentColumns: readonly number[],
  key: readonly Datum[],
  change: Change,
): Steps<DbError | null> {
  const index = foreignIndex(child, foreignKey);
  if (index === null) return null;
  for (;;) {
    const result = yield* scanChildren(
      writer,
      child,
      index,
      foreignKey,
      parentColumns,
      key,
      change,
    );
    if (result !== "again") return result;
  }
}

function* scanChildren(
  writer: Writer,
  child: Table,
  index: Index,
  foreignKey: ForeignKeyDef,
  parentColumns: readonly number[],
  key: readonly Datum[],
  change: Change,
): Steps<DbError | "again" | null> {
  const { context } = writer.storage;
  const { trx } = writer;
  const skipGaps = trx.isolation === "READ COMMITTED" || trx.isolation === "READ UNCOMMITTED";
  if (child !== change.table) {
    const result = yield* obtain(writer, context.locks().table(trx, child, "IS", "foreignKey"));
    if (result !== "granted") return result;
  }
  let rec: Rec | null = search(context, index, key, key.length, "GE").rec;
  while (rec !== null) {
    if (rec.kind === "infimum" || (rec.kind === "supremum" && skipGaps)) {
      rec = nextRec(rec);
      continue;
    }
    const isMatch =
      rec.kind === "user" && compareKeys(index.fields, key, rec.key, key.length) === 0;
    if (rec.kind === "user" && !isMatch && skipGaps) return null;
    const shape =
      rec.kind === "supremum"
        ? "ordinary"
        : !isMatch
          ? "gap"
          : rec.deleted && !skipGaps
            ? "ordinary"
            : "recNotGap";
    const outcome = context.locks().read(trx, rec, "S", shape, "wait", "foreignKey");
    if (!isGranted(outcome)) {
      const result = yield* obtain(writer, outcome);
      return result === "granted" ? "again" : result;
    }
    if (rec.kind === "user" && !isMatch) return null;
    if (rec.kind === "user" && !rec.deleted) {
      const error = yield* actOnChild(writer, child, rec, foreignKey, parentColumns, change);
      if (error !== null) return error;
      // The record may have been moved to another page; it cannot go away while the transaction holds a lock on it.
      rec = rec.gone ? search(context, index, rec.key, rec.key.length, "LE").rec : rec;
    }
    rec = nextRec(rec);
  }
  return null;
}

/** InnoDB: row_ins_foreign_check_on_constraint. */
function* actOnChild(
  writer: Writer,
  child: Table,
  rec: Rec,
  foreignKey: ForeignKeyDef,
  parentColumns: readonly number[],
  change: Change,
): Steps<DbError | "again" | null> {
  const referenced: DbError = {
    err: "rowIsReferenced",
    foreignKey,
    childTable: child.def.name,
    childSchema: child.def.schema,
    childColumns: foreignKey.columns.map((column) => child.def.columns[column]?.name ?? ""),
  };
  const action = change.after === null ? foreignKey.onDelete : foreignKey.onUpdate;
  if (action === "RESTRICT" || action === "NO ACTION") return referenced;
  const isDelete = change.after === null && action === "CASCADE";
  if (!isDelete && ancestorUpdates(change, child)) return referenced;
  if (depthOf(change) >= CASCADE_DEPTH_MAX) return referenced;
  const clustered = rec.page.index.clustered
    ? rec
    : findRec(clusteredIndex(child), clusteredKeyOf(rec.page.index, rec.key));
  if (clustered === null) return null;
  const noTable = yield* lockTableForWrite(writer, child);
  if (noTable !== null) return noTable;
  const outcome = writer.storage.context
    .locks()
    .read(writer.trx, clustered, "X", "recNotGap", "wait", "foreignKey");
  if (!isGranted(outcome)) {
    const result = yield* obtain(writer, outcome);
    return result === "granted" ? "again" : result;
  }
  if (clustered.deleted) return null;
  const before = clustered.row as Row;
  const after = isDelete
    ? null
    : childRow(before, foreignKey, parentColumns, action === "SET NULL" ? null : change.after);
  if (after !== null && breaksNotNull(child, after)) return referenced;
  const cascade: Change = {
    table: child,
    before,
    after,
    rowId: clustered.rowId,
    cascadeOf: foreignKey.name,
    parent: change,
  };
  return yield* applyChange(writer, clustered, cascade);
}

/** The child's row with the parent's new key, or NULLs. */
function childRow(
  before: Row,
  foreignKey: ForeignKeyDef,
  parentColumns: readonly number[],
  parent: Row | null,
): Row {
  const row = [...before];
  for (const [at, column] of foreignKey.columns.entries()) {
    row[column] = parent === null ? null : (parent[parentColumns[at] as number] as Datum);
  }
  return row;
}

function breaksNotNull(table: Table, row: Row): boolean {
  return table.def.columns.some((column, at) => !column.nullable && row[at] === null);
}

/** InnoDB: row_ins_cascade_ancestor_updates_table. */
function ancestorUpdates(change: Change, table: Table): boolean {
  for (let at: Change | null = change; at !== null; at = at.parent) {
    if (at.table === table && at.after !== null) return true;
  }
  return false;
}

function depthOf(change: Change): number {
  let depth = 0;
  for (let at: Change | null = change; at !== null; at = at.parent) depth += 1;
  return depth;
}
