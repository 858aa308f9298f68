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
import { isPending, settled } from "../../base/answer.ts";
import type { Answer, DbError, Row, Steps, WriteResult } from "../api.ts";
import { findRec } from "../btree/cursor.ts";
import { changedColumns } from "../datum.ts";
import { changesEntry } from "../dictionary.ts";
import type { Index, LockOutcome, Rec } from "../types.ts";
import { setVersion, writeUndo } from "../undo.ts";
import { insertClustered } from "./clustered.ts";
import { lockTableForWrite, undoRow } from "./insert.ts";
import { deleteMarkSecondary, insertSecondary } from "./secondary.ts";
import { isGranted, obtain, type Writer } from "./writer.ts";

/** `rec` is the clustered record of the row last read; `after` null deletes it. */
export function changeRow(writer: Writer, rec: Rec, after: Row | null): Answer<WriteResult> {
  const savepoint = writer.trx.undo.length;
  const changing = changeEntries(writer, rec, after);
  if (isPending(changing)) return changedLater(writer, savepoint, changing);
  return changed(writer, savepoint, changing);
}

function* changedLater(
  writer: Writer,
  savepoint: number,
  changing: Steps<DbError | null>,
): Steps<WriteResult> {
  return changed(writer, savepoint, yield* changing);
}

function changed(writer: Writer, savepoint: number, error: DbError | null): WriteResult {
  if (error === null) return "ok";
  undoRow(writer, savepoint, error);
  return error;
}

/** InnoDB: row_upd: the clustered record, then the secondary entries; null when done. */
function changeEntries(writer: Writer, rec: Rec, after: Row | null): Answer<DbError | null> {
  const locking = lockTableForWrite(writer, rec.page.index.table);
  if (isPending(locking)) return entriesLater(writer, rec, after, locking);
  return locking ?? changeFrom(writer, rec, after);
}

function* entriesLater(
  writer: Writer,
  rec: Rec,
  after: Row | null,
  locking: Steps<DbError | null>,
): Steps<DbError | null> {
  return (yield* locking) ?? (yield* settled(changeFrom(writer, rec, after)));
}

function changeFrom(writer: Writer, rec: Rec, after: Row | null): Answer<DbError | null> {
  const found = lockClustered(writer, rec);
  return isPending(found) ? foundLater(writer, found, after) : changeFound(writer, found, after);
}

function* foundLater(
  writer: Writer,
  locking: Steps<Rec | DbError | null>,
  after: Row | null,
): Steps<DbError | null> {
  return yield* settled(changeFound(writer, yield* locking, after));
}

function changeFound(
  writer: Writer,
  found: Rec | DbError | null,
  after: Row | null,
): Answer<DbError | null> {
  if (found === null || !("page" in found)) return found;
  const { index } = found.page;
  const keepsKey = after !== null && !changesEntry(index, found.row as Row, after);
  if (!keepsKey || index.table.indexes.length > 1) return changeAll(writer, found, after, keepsKey);
  updateInPlace(writer, found, after);
  return null;
}

function* changeAll(
  writer: Writer,
  found: Rec,
  after: Row | null,
  keepsKey: boolean,
): Steps<DbError | null> {
  const { table } = found.page.index;
  const before = found.row as Row;
  const { rowId } = found;
  const isSameEntry = (index: Index): boolean =>
    after !== null && !changesEntry(index, before, after);
  if (keepsKey && after !== null) {
    updateInPlace(writer, found, after);
  } else {
    deleteMark(writer, found);
    const inserting = after === null ? null : insertClustered(writer, table, after, rowId);
    const error = yield* settled(inserting);
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
function lockClustered(writer: Writer, rec: Rec): Answer<Rec | DbError | null> {
  const current = rec.gone ? findRec(rec.page.index, rec.key) : rec;
  if (current === null || current.deleted) return null;
  const outcome = writer.storage.context.locks().modifyClustered(writer.trx, current);
  return isGranted(outcome) ? current : lockedLater(writer, rec, outcome);
}

function* lockedLater(writer: Writer, rec: Rec, outcome: LockOutcome): Steps<Rec | DbError | null> {
  const result = yield* obtain(writer, outcome);
  if (result !== "again" && result !== "granted") return result;
  return yield* settled(lockClustered(writer, rec));
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
