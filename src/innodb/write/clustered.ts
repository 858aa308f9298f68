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
import type { Datum, DbError, Row, Steps } from "../api.ts";
import { nextOnPage, search } from "../btree/cursor.ts";
import { insertAfter, newRec } from "../btree/insert.ts";
import { changedColumns } from "../datum.ts";
import { clusteredIndex, entryKey } from "../dictionary.ts";
import type { Index, Rec, Table } from "../types.ts";
import { setVersion, writeUndo } from "../undo.ts";
import { isGranted, obtain, type Writer } from "./writer.ts";

/** Inserts the row's clustered record; null when done. */
export function* insertClustered(
  writer: Writer,
  table: Table,
  row: Row,
  rowId: number | null,
): Steps<DbError | null> {
  const { context } = writer.storage;
  const index = clusteredIndex(table);
  const key = entryKey(index, row, rowId);
  for (;;) {
    const { rec, lowMatch } = search(context, index, key, key.length, "LE");
    if (lowMatch >= index.uniqueFields) {
      if (!table.hasRowId) {
        const outcome = context
          .locks()
          .read(
            writer.trx,
            rec,
            writer.allowDuplicates ? "X" : "S",
            "recNotGap",
            "wait",
            "duplicateCheck",
          );
        if (!isGranted(outcome)) {
          const result = yield* obtain(writer, outcome);
          if (result !== "again") return result as DbError;
          continue;
        }
      }
      if (!rec.deleted) return duplicateKey(index, key);
      const outcome = context.locks().modifyClustered(writer.trx, rec);
      if (!isGranted(outcome)) {
        const result = yield* obtain(writer, outcome);
        if (result !== "again") return result as DbError;
        continue;
      }
      insertByModify(writer, rec, row);
      return null;
    }
    const outcome = context.locks().insert(writer.trx, nextOnPage(rec), "insertIntention");
    if (!isGranted(outcome)) {
      const result = yield* obtain(writer, outcome);
      if (result !== "again") return result as DbError;
      continue;
    }
    const fresh = newRec(context, rec.page, key, row, rowId);
    const undo = writeUndo(writer.storage, writer.trx, "insert", fresh, row, []);
    fresh.trxId = writer.trx.id;
    fresh.rollPtr = undo.rollPtr;
    insertAfter(context, rec, fresh, writer.trx.id);
    return null;
  }
}

/** InnoDB: row_ins_clust_index_entry_by_modify. */
function insertByModify(writer: Writer, rec: Rec, row: Row): void {
  const changed = changedColumns(rec.row as Row, row);
  const undo = writeUndo(writer.storage, writer.trx, "updateDeleted", rec, row, changed);
  const index = rec.page.index;
  rec.key = entryKey(index, row, rec.rowId);
  const version = { row, trxId: writer.trx.id, rollPtr: undo.rollPtr, deleted: false };
  setVersion(writer.storage.context, rec, version, "reinserted");
}

export function duplicateKey(index: Index, key: readonly Datum[]): DbError {
  return {
    err: "duplicateKey",
    index: index.id,
    indexName: index.name,
    key: key.slice(0, index.declaredFields),
  };
}
