/**
 * Inserting into the clustered index.
 *
 *   search for the key (last record <= it)
 *     a record with the key:  lock it S (X for REPLACE and ON DUPLICATE KEY UPDATE), REC_NOT_GAP
 *         not delete-marked   -> duplicate
 *         delete-marked       -> it becomes the new row ("insert by modify"), undo: updateDeleted
 *     none:                   ask the gap for an insert intention, insert, undo: insert
 *
 * InnoDB: row_ins_clust_index_entry_low, row_ins_duplicate_error_in_clust, row_ins_clust_index_entry_by_modify
 * (row0ins.cc), btr_cur_ins_lock_and_undo (btr0cur.cc).
 */
import type { Answer, Datum, DbError, Row, Steps } from "../api.ts";
import { nextOnPage, search } from "../btree/cursor.ts";
import { insertAfter, newRec } from "../btree/insert.ts";
import { changedColumns, setKey } from "../datum.ts";
import { clusteredIndex, entryKey } from "../dictionary.ts";
import type { Index, LockOutcome, Rec, Table } from "../types.ts";
import { setVersion, writeUndo } from "../undo.ts";
import { isGranted, type LockResult, obtain, type Writer } from "./writer.ts";

/** Inserts the row's clustered record; null when done. */
export function insertClustered(
  writer: Writer,
  table: Table,
  row: Row,
  rowId: number | null,
): Answer<DbError | null> {
  const key = entryKey(clusteredIndex(table), row, rowId);
  const tried = tryInsert(writer, table, row, rowId, key);
  return isRefused(tried) ? insertedLater(writer, table, row, rowId, key, tried) : tried;
}

/** One wait after the other, each with a fresh search behind it. */
function* insertedLater(
  writer: Writer,
  table: Table,
  row: Row,
  rowId: number | null,
  key: readonly Datum[],
  first: LockOutcome,
): Steps<DbError | null> {
  let tried: LockOutcome | DbError | null = first;
  while (isRefused(tried)) {
    const result: LockResult = yield* obtain(writer, tried);
    if (result !== "again") return result as DbError;
    tried = tryInsert(writer, table, row, rowId, key);
  }
  return tried;
}

function isRefused(tried: LockOutcome | DbError | null): tried is LockOutcome {
  return tried !== null && "kind" in tried;
}

/** Null when done; what a lock request came to that was not granted. */
function tryInsert(
  writer: Writer,
  table: Table,
  row: Row,
  rowId: number | null,
  key: readonly Datum[],
): LockOutcome | DbError | null {
  const { storage, trx, allowDuplicates } = writer;
  const { context } = storage;
  const index = clusteredIndex(table);
  const { rec, lowMatch } = search(context, index, key, key.length, "LE");
  if (lowMatch >= index.uniqueFields) {
    if (!table.hasRowId) {
      const mode = allowDuplicates ? "X" : "S";
      const outcome = context.locks().read(trx, rec, mode, "recNotGap", "wait", "duplicateCheck");
      if (!isGranted(outcome)) return outcome;
    }
    if (!rec.deleted) return duplicateKey(index, key);
    const outcome = context.locks().modifyClustered(trx, rec);
    if (!isGranted(outcome)) return outcome;
    insertByModify(writer, rec, row);
    return null;
  }
  const outcome = context.locks().insert(trx, nextOnPage(rec), "insertIntention");
  if (!isGranted(outcome)) return outcome;
  const fresh = newRec(context, rec.page, key, row, rowId);
  const undo = writeUndo(storage, trx, "insert", fresh, row, NOTHING);
  fresh.trxId = trx.id;
  fresh.rollPtr = undo.rollPtr;
  insertAfter(context, rec, fresh, trx.id);
  return null;
}

const NOTHING: readonly number[] = [];

/** InnoDB: row_ins_clust_index_entry_by_modify. */
function insertByModify(writer: Writer, rec: Rec, row: Row): void {
  const changed = changedColumns(rec.row as Row, row);
  const undo = writeUndo(writer.storage, writer.trx, "updateDeleted", rec, row, changed);
  const index = rec.page.index;
  setKey(rec, entryKey(index, row, rec.rowId));
  const version = { row, trxId: writer.trx.id, rollPtr: undo.rollPtr, deleted: false };
  setVersion(writer.storage.context, rec, version, "reinserted");
}

/** Error 1062, with the declared fields of the key that is there already. */
export function duplicateKey(index: Index, key: readonly Datum[]): DbError {
  return {
    err: "duplicateKey",
    index: index.id,
    indexName: index.name,
    key: key.slice(0, index.declaredFields),
  };
}
