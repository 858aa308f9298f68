/**
 * UPDATE and DELETE of one row that has been read and locked.
 *
 *   key unchanged    the clustered record is changed in place; of the secondary indexes those whose entry changes get
 *                    the old entry delete-marked and the new one inserted
 *   key changed      the clustered record is delete-marked, the new one inserted; so in all secondary indexes
 *   DELETE           record and entries are delete-marked; purge takes them away
 *
 * InnoDB: row_upd, row_upd_clust_step, row_upd_clust_rec_by_insert, row_upd_sec_index_entry (row0upd.cc).
 */
import type { DbError, Row, Steps, WriteResult } from "../api.ts";
import { findRec } from "../btree/cursor.ts";
import { changedColumns, sameKeys } from "../datum.ts";
import { clusteredIndex, entryKey } from "../dictionary.ts";
import type { Index, Rec, Table } from "../types.ts";
import { setVersion, writeUndo } from "../undo.ts";
import { insertClustered } from "./clustered.ts";
import { checkChildren } from "./foreign_children.ts";
import { lockTableForWrite, undoRow } from "./insert.ts";
import { deleteMarkSecondary, insertSecondary } from "./secondary.ts";
import { isGranted, obtain, type Writer } from "./writer.ts";

/** A row change in progress; a cascade is one inside another. */
export interface Change {
  readonly table: Table;
  readonly before: Row;
  /** Null: DELETE. */
  readonly after: Row | null;
  readonly rowId: number | null;
  /** The constraint that cascades here: it is not checked again. */
  readonly cascadeOf: string | null;
  /** The change that caused it. */
  readonly parent: Change | null;
}

/** `rec` is the clustered record of the row last read; `after` null deletes it. */
export function* changeRow(writer: Writer, rec: Rec, after: Row | null): Steps<WriteResult> {
  const savepoint = writer.trx.undo.length;
  const { table } = rec.page.index;
  const before = rec.row as Row;
  const change: Change = { table, before, after, rowId: rec.rowId, cascadeOf: null, parent: null };
  const error = yield* applyChange(writer, rec, change);
  if (error === null) return "ok";
  undoRow(writer, savepoint, error);
  return error;
}

/** InnoDB: row_upd. The row's clustered record, then its secondary entries; null when done. */
export function* applyChange(writer: Writer, rec: Rec, change: Change): Steps<DbError | null> {
  const { table } = change;
  const noTable = yield* lockTableForWrite(writer, table);
  if (noTable !== null) return noTable;
  const found = yield* lockClustered(writer, rec);
  if (found === null) return null;
  if (!("page" in found)) return found;
  const before = found.row as Row;
  const { after } = change;
  const whole: Change = { ...change, before };
  const index = clusteredIndex(table);
  const keyChanges =
    after === null ||
    !sameKeys(entryKey(index, before, found.rowId), entryKey(index, after, found.rowId));
  if (keyChanges) {
    const error = yield* changeKey(writer, found, whole);
    if (error !== null) return error;
  } else {
    updateInPlace(writer, found, after);
  }
  for (const secondary of table.indexes.slice(1)) {
    const error = yield* changeSecondary(writer, secondary, whole, keyChanges);
    if (error !== null) return error;
  }
  if (after === null) table.statRows = Math.max(0, table.statRows - 1);
  return null;
}

/** The record locked X; null when the same transaction has deleted it meanwhile. */
function* lockClustered(writer: Writer, rec: Rec): Steps<Rec | DbError | null> {
  const index = rec.page.index;
  for (;;) {
    const current = rec.gone ? findRec(index, rec.key) : rec;
    if (current === null || current.deleted) return null;
    const outcome = writer.storage.context.locks().modifyClustered(writer.trx, current);
    if (isGranted(outcome)) return current;
    const result = yield* obtain(writer, outcome);
    if (result !== "again" && result !== "granted") return result;
  }
}

/** InnoDB: row_upd_clust_rec, btr_cur_update_in_place. */
function updateInPlace(writer: Writer, rec: Rec, row: Row): void {
  const undo = writeUndo(
    writer.storage,
    writer.trx,
    "updateExisting",
    rec,
    row,
    changedColumns(rec.row as Row, row),
  );
  const version = { row, trxId: writer.trx.id, rollPtr: undo.rollPtr, deleted: false };
  setVersion(writer.storage.context, rec, version, "updated");
}

/** InnoDB: row_upd_del_mark_clust_rec, row_upd_clust_rec_by_insert. */
function* changeKey(writer: Writer, rec: Rec, change: Change): Steps<DbError | null> {
  const undo = writeUndo(writer.storage, writer.trx, "deleteMark", rec, null, []);
  const version = {
    row: rec.row as Row,
    trxId: writer.trx.id,
    rollPtr: undo.rollPtr,
    deleted: true,
  };
  setVersion(writer.storage.context, rec, version, "deleteMarked");
  const refused = yield* checkChildren(writer, clusteredIndex(change.table), change);
  if (refused !== null || change.after === null) return refused;
  return yield* insertClustered(writer, change.table, change.after, change.rowId, change.cascadeOf);
}

/** InnoDB: row_upd_sec_step. */
function* changeSecondary(
  writer: Writer,
  index: Index,
  change: Change,
  keyChanges: boolean,
): Steps<DbError | null> {
  const { before, after, rowId } = change;
  if (
    !keyChanges &&
    after !== null &&
    sameKeys(entryKey(index, before, rowId), entryKey(index, after, rowId))
  )
    return null;
  const locked = yield* deleteMarkSecondary(writer, index, before, rowId);
  if (locked !== null) return locked;
  const refused = yield* checkChildren(writer, index, change);
  if (refused !== null || after === null) return refused;
  return yield* insertSecondary(writer, index, after, rowId, change.cascadeOf);
}
