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
import { changedColumns } from "../datum.ts";
import { changesEntry, clusteredIndex } from "../dictionary.ts";
import type { Index, Rec } from "../types.ts";
import { setVersion, writeUndo } from "../undo.ts";
import { insertClustered } from "./clustered.ts";
import { lockTableForWrite, undoRow } from "./insert.ts";
import { deleteMarkSecondary, insertSecondary } from "./secondary.ts";
import { isGranted, obtain, type Writer } from "./writer.ts";

/** `rec` is the clustered record of the row last read; `after` null deletes it. */
export function* changeRow(writer: Writer, rec: Rec, after: Row | null): Steps<WriteResult> {
  const savepoint = writer.trx.undo.length;
  const error = yield* changeEntries(writer, rec, after);
  if (error === null) return "ok";
  undoRow(writer, savepoint, error);
  return error;
}

/** InnoDB: row_upd: the clustered record, then the secondary entries; null when done. */
function* changeEntries(writer: Writer, rec: Rec, after: Row | null): Steps<DbError | null> {
  const { table } = rec.page.index;
  const noTable = yield* lockTableForWrite(writer, table);
  if (noTable !== null) return noTable;
  const found = yield* lockClustered(writer, rec);
  if (found === null) return null;
  if (!("page" in found)) return found;
  const before = found.row as Row;
  const { rowId } = found;
  const clustered = clusteredIndex(table);
  const isSameEntry = (index: Index): boolean =>
    after !== null && !changesEntry(index, before, after);
  const keepsKey = after !== null && isSameEntry(clustered);
  if (keepsKey) {
    updateInPlace(writer, found, after);
  } else {
    deleteMark(writer, found);
    const error = after === null ? null : yield* insertClustered(writer, table, after, rowId);
    if (error !== null) return error;
  }
  for (const index of table.indexes.slice(1)) {
    if (keepsKey && isSameEntry(index)) continue;
    const error = yield* changeSecondary(writer, index, before, after, rowId);
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

/** InnoDB: row_upd_del_mark_clust_rec, btr_cur_del_mark_set_clust_rec. */
function deleteMark(writer: Writer, rec: Rec): void {
  const undo = writeUndo(writer.storage, writer.trx, "deleteMark", rec, null, []);
  const row = rec.row as Row;
  const version = { row, trxId: writer.trx.id, rollPtr: undo.rollPtr, deleted: true };
  setVersion(writer.storage.context, rec, version, "deleteMarked");
}

/** InnoDB: row_upd_sec_index_entry. */
function* changeSecondary(
  writer: Writer,
  index: Index,
  before: Row,
  after: Row | null,
  rowId: number | null,
): Steps<DbError | null> {
  const error = yield* deleteMarkSecondary(writer, index, before, rowId);
  if (error !== null || after === null) return error;
  return yield* insertSecondary(writer, index, after, rowId);
}
