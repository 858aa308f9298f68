/**
 * Rolling back: undo records are applied newest first, each undoing its secondary entries and then the clustered
 * record.
 *
 *   insert           secondary entries and the clustered record go away; their locks pass to the next records
 *   updateExisting   the newer entry is delete-marked if an older version needs it, else removed; the older one is
 *                    unmarked; the clustered record gets its old values, DB_TRX_ID and DB_ROLL_PTR back
 *   deleteMark       entries and record are unmarked
 *   updateDeleted    the entries go, the record is delete-marked again, or removed if no read view can want it
 *
 * A partial rollback (statement, savepoint) under REPEATABLE READ first makes implicit locks explicit, so that nobody
 * slips in before the transaction ends.
 *
 * InnoDB: row0undo.cc, row0uins.cc, row0umod.cc, trx0roll.cc.
 */
import { unreachable } from "../base/assert.ts";
import type { Datum, Row } from "./api.ts";
import { findRec, seek } from "./btree/cursor.ts";
import { insertAfter, newRec } from "./btree/insert.ts";
import { removeRec } from "./btree/remove.ts";
import { sameData, setKey } from "./datum.ts";
import { changesEntry, clusteredIndex, entryKey } from "./dictionary.ts";
import { recKeyText } from "./key_text.ts";
import { changesVisible } from "./read_view.ts";
import type { Storage } from "./storage.ts";
import type { Index, Rec, TrxImpl, UndoRec } from "./types.ts";
import { setDeleted, setVersion } from "./undo.ts";
import { oldHasIndexEntry } from "./versions.ts";

/** Undoes what the transaction wrote after its first `keep` undo records. Its locks stay. */
export function rollbackTo(
  storage: Storage,
  trx: TrxImpl,
  keep: number,
  isPartial: boolean,
): number {
  const { context, sys } = storage;
  let undone = 0;
  for (
    let undo = trx.undo.at(-1);
    undo !== undefined && trx.undo.length > keep;
    undo = trx.undo.at(-1)
  ) {
    const key = recKeyText(undo.rec);
    if (storage.tables.has(undo.table.id)) applyUndo(storage, trx, undo, isPartial);
    trx.undo.pop();
    sys.undo.delete(undo.rollPtr);
    context.emit({
      type: "undo.applied",
      rollPtr: undo.rollPtr,
      trx: trx.ref,
      tableName: undo.table.def.name,
      key,
      undoType: undo.type,
      undoCount: trx.undo.length,
    });
    undone += 1;
  }
  return undone;
}

function applyUndo(storage: Storage, trx: TrxImpl, undo: UndoRec, isPartial: boolean): void {
  const rec = findRec(clusteredIndex(undo.table), undo.rec.key);
  // InnoDB: row_undo_search_clust_to_pcur: a record with another roll pointer was never changed, or undone before.
  if (rec === null || rec.rollPtr !== undo.rollPtr) return;
  const keepLock =
    isPartial && (trx.isolation === "REPEATABLE READ" || trx.isolation === "SERIALIZABLE");
  const work: Undoing = { storage, trx, undo, rec, keepLock };
  switch (undo.type) {
    case "insert":
      undoInsert(work);
      return;
    case "updateExisting":
      undoUpdatedEntries(work);
      break;
    case "deleteMark":
      for (const index of secondaryIndexes(undo))
        unmarkEntry(work, index, entryOf(work, index, rec.row));
      break;
    case "updateDeleted":
      for (const index of secondaryIndexes(undo))
        markOrRemoveEntry(work, index, entryOf(work, index, rec.row));
      break;
    default:
      unreachable(undo.type);
  }
  restoreClustered(work);
}

interface Undoing {
  readonly storage: Storage;
  readonly trx: TrxImpl;
  readonly undo: UndoRec;
  /** The clustered record. */
  readonly rec: Rec;
  readonly keepLock: boolean;
}

function secondaryIndexes(undo: UndoRec): readonly Index[] {
  return undo.table.indexes.slice(1);
}

function entryOf(work: Undoing, index: Index, row: Rec["row"]): Datum[] {
  return entryKey(index, row as NonNullable<Rec["row"]>, work.rec.rowId);
}

/** InnoDB: row_convert_impl_to_expl_if_needed. */
function convertIfNeeded(work: Undoing, rec: Rec): void {
  if (work.keepLock) work.storage.context.locks().convertImplicit(rec);
}

/** InnoDB: row_undo_ins. */
function undoInsert(work: Undoing): void {
  const { storage, undo, rec } = work;
  for (const index of secondaryIndexes(undo)) {
    const entry = findRec(index, entryOf(work, index, rec.row));
    if (entry === null) continue;
    if (!entry.deleted) convertIfNeeded(work, entry);
    removeRec(storage.context, entry, "rollback");
  }
  convertIfNeeded(work, rec);
  removeRec(storage.context, rec, "rollback");
}

/** InnoDB: row_undo_mod_upd_exist_sec. */
function undoUpdatedEntries(work: Undoing): void {
  const { undo, rec } = work;
  for (const index of secondaryIndexes(undo)) {
    const newer = rec.row as Row;
    const older = undo.before?.row ?? newer;
    if (!changesEntry(index, older, newer)) continue;
    markOrRemoveEntry(work, index, entryOf(work, index, newer));
    unmarkEntry(work, index, entryOf(work, index, older));
  }
}

/** InnoDB: row_undo_mod_del_mark_or_remove_sec. */
function markOrRemoveEntry(work: Undoing, index: Index, key: readonly Datum[]): void {
  const { context } = work.storage;
  const entry = findRec(index, key);
  if (entry === null) return;
  if (!entry.deleted) convertIfNeeded(work, entry);
  if (!oldHasIndexEntry(context, false, work.rec, index, key))
    removeRec(context, entry, "rollback");
  else if (!entry.deleted) setDeleted(context, entry, true, "undone", 0 as Rec["trxId"]);
}

/** InnoDB: row_undo_mod_del_unmark_sec_and_undo_update: also gives a text back its old spelling. */
function unmarkEntry(work: Undoing, index: Index, key: readonly Datum[]): void {
  const { storage, trx, rec } = work;
  const entry = findRec(index, key);
  if (entry === null) {
    const { rec: prev } = seek(index, key, index.fields.length, "LE");
    insertAfter(
      storage.context,
      prev,
      newRec(storage.context, prev.page, key, null, rec.rowId),
      trx.id,
    );
    return;
  }
  if (!entry.deleted && sameData(entry.key, key)) return;
  setKey(entry, key);
  setDeleted(storage.context, entry, false, "undone", 0 as Rec["trxId"]);
}

/** InnoDB: row_undo_mod_clust. */
function restoreClustered(work: Undoing): void {
  const { storage, undo, rec } = work;
  const { before } = undo;
  if (before === null) return;
  convertIfNeeded(work, rec);
  // An insert over a delete-marked record may have spelt the key otherwise.
  if (undo.type === "updateDeleted") setKey(rec, entryKey(rec.page.index, before.row, rec.rowId));
  setVersion(storage.context, rec, before, "undone");
  if (undo.type !== "updateDeleted") return;
  // InnoDB: row_undo_mod_remove_clust_low, row_vers_must_preserve_del_marked.
  const { purgeView } = storage.sys;
  if (purgeView !== null && changesVisible(purgeView, before.trxId).visible) {
    removeRec(storage.context, rec, "rollback");
  }
}
