/**
 * Secondary index entries: inserting one, with the duplicate check of a unique index, and delete-marking one.
 *
 *   unique index, and a record with the key stands there:
 *       lock every record with the key (next-key), and the gap after them, S; X (next-key on the next one too) for
 *       REPLACE and ON DUPLICATE KEY UPDATE. A key with a NULL is no duplicate.
 *   the same entry, delete-marked: unmark it; else insert intention, insert.
 *
 * InnoDB: row_ins_sec_index_entry_low, row_ins_scan_sec_index_for_duplicate, row_ins_sec_index_entry_by_modify
 * (row0ins.cc); btr_cur_del_mark_set_sec_rec (btr0cur.cc).
 */
import type { Datum, DbError, Row, Steps } from "../api.ts";
import { findRec, nextOnPage, nextRec, search } from "../btree/cursor.ts";
import { insertAfter, newRec } from "../btree/insert.ts";
import { compareKeys, setKey } from "../datum.ts";
import { entryKey } from "../dictionary.ts";
import type { Index, Rec } from "../types.ts";
import { setDeleted } from "../undo.ts";
import { duplicateKey } from "./clustered.ts";
import { isGranted, obtain, type Writer } from "./writer.ts";

/** Inserts the row's entry; null when done. */
export function* insertSecondary(
  writer: Writer,
  index: Index,
  row: Row,
  rowId: number | null,
): Steps<DbError | null> {
  const { context } = writer.storage;
  const key = entryKey(index, row, rowId);
  for (;;) {
    let { rec, lowMatch, upMatch } = search(context, index, key, key.length, "LE");
    if (index.unique && (lowMatch >= index.uniqueFields || upMatch >= index.uniqueFields)) {
      const found = yield* scanForDuplicate(writer, index, key);
      if (found === "again") continue;
      if (found !== null) return found;
      ({ rec, lowMatch, upMatch } = search(context, index, key, key.length, "LE"));
    }
    const isReused = lowMatch >= index.fields.length;
    const outcome = isReused
      ? context.locks().modifySecondary(writer.trx, rec)
      : context.locks().insert(writer.trx, nextOnPage(rec), "insertIntention");
    if (!isGranted(outcome)) {
      const result = yield* obtain(writer, outcome);
      if (result !== "again") return result as DbError;
      continue;
    }
    if (isReused) {
      setKey(rec, key);
      setDeleted(context, rec, false, "reinserted", writer.trx.id);
    } else {
      insertAfter(context, rec, newRec(context, rec.page, key, null, rowId), writer.trx.id);
    }
    return null;
  }
}

/** InnoDB: row_ins_scan_sec_index_for_duplicate. Null: no duplicate, and none can come. */
function* scanForDuplicate(
  writer: Writer,
  index: Index,
  key: readonly Datum[],
): Steps<DbError | "again" | null> {
  const n = index.uniqueFields;
  for (let i = 0; i < n; i += 1) if (key[i] === null) return null;
  const { context } = writer.storage;
  const { allowDuplicates } = writer;
  let rec: Rec | null = search(context, index, key, n, "GE").rec;
  for (; rec !== null; rec = nextRec(rec)) {
    if (rec.kind === "infimum") continue;
    const isNext = rec.kind === "user" && compareKeys(index.fields, key, rec.key, n) < 0;
    const shape = isNext && !allowDuplicates ? "gap" : "ordinary";
    const outcome = context
      .locks()
      .read(writer.trx, rec, allowDuplicates ? "X" : "S", shape, "wait", "duplicateCheck");
    if (!isGranted(outcome)) {
      const result = yield* obtain(writer, outcome);
      return result === "granted" ? "again" : result;
    }
    if (rec.kind === "supremum") continue;
    if (isNext) return null;
    if (!rec.deleted) return duplicateKey(index, key);
  }
  return null;
}

/** Delete-marks the entry if it is there and not marked yet; null when done. */
export function* deleteMarkSecondary(
  writer: Writer,
  index: Index,
  row: Row,
  rowId: number | null,
): Steps<DbError | null> {
  const { context } = writer.storage;
  const key = entryKey(index, row, rowId);
  for (;;) {
    const rec = findRec(index, key);
    if (rec === null || rec.deleted) return null;
    const outcome = context.locks().modifySecondary(writer.trx, rec);
    if (!isGranted(outcome)) {
      const result = yield* obtain(writer, outcome);
      if (result !== "again") return result as DbError;
      continue;
    }
    setDeleted(context, rec, true, "deleteMarked", writer.trx.id);
    return null;
  }
}
