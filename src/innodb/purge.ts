/**
 * Purge: removes what no read view needs any more.
 *
 * The oldest open view decides: transactions that committed with a number below its `lowLimitNo` are seen by all, so
 * their undo records can go, and with them the delete-marked records that only older versions needed.
 *
 * InnoDB: trx0purge.cc (trx_purge), row0purge.cc (row_purge_del_mark, row_purge_upd_exist_or_extern).
 * Departure: one step purges all it can; InnoDB works in batches of a background thread.
 */
import type { TrxNo } from "../trace/ids.ts";
import type { Datum, Row, TableTest } from "./api.ts";
import { findRec } from "./btree/cursor.ts";
import { removeRec } from "./btree/remove.ts";
import { sameData } from "./datum.ts";
import { clusteredIndex, entryKey } from "./dictionary.ts";
import type { Storage } from "./storage.ts";
import { cloneOldestView, type HistoryLink, historyEntry, isPurgeViewOfNow } from "./trx_sys.ts";
import type { Index, Rec, UndoRec } from "./types.ts";
import { oldHasIndexEntry } from "./versions.ts";

/** With more left than this the trace tells of the history list once, not after each transaction. */
const HISTORY_TOLD_STEPWISE = 32;

/** True when it did something. */
export function purge(storage: Storage, isClosed: TableTest): boolean {
  const { context, sys } = storage;
  if (sys.history.length === 0) {
    if (!isPurgeViewOfNow(sys)) sys.purgeView = cloneOldestView(sys);
    return false;
  }
  const view = cloneOldestView(sys);
  sys.purgeView = view;
  let last: HistoryLink | null = null;
  for (
    let link = sys.history[0];
    link !== undefined && link.trxNo < view.lowLimitNo;
    link = sys.history[0]
  ) {
    if (link.records.some(({ table }) => isClosed(table.def))) break;
    last = link;
    for (const undo of link.records)
      if (storage.tables.has(undo.table.id)) purgeRecord(storage, undo);
    sys.history.shift();
    for (const undo of link.records) sys.undo.delete(undo.rollPtr);
    const { head } = context;
    context.emit({
      type: "undo.discarded",
      rollPtrs: link.records.map((undo) => undo.rollPtr),
      why: "purge",
      seq: head.seq,
      ms: head.ms,
      command: head.command,
      statement: head.statement,
      session: head.session,
    });
    if (sys.history.length <= HISTORY_TOLD_STEPWISE) emitRan(storage, link);
  }
  if (last !== null && sys.history.length > HISTORY_TOLD_STEPWISE) emitRan(storage, last);
  sayWhatHoldsItBack(storage, view.lowLimitNo);
  return last !== null;
}

function emitRan(storage: Storage, link: HistoryLink): void {
  const { head } = storage.context;
  storage.context.emit({
    type: "purge.ran",
    trxNo: link.trxNo,
    trxId: link.trxId,
    history: storage.sys.history.map(historyEntry),
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  });
}

/** Said once for each view and length of the list. */
function sayWhatHoldsItBack(storage: Storage, lowLimitNo: TrxNo): void {
  const { context, sys } = storage;
  const [oldest] = sys.views;
  const historyLength = sys.history.length;
  const said =
    oldest === undefined || historyLength === 0 ? "" : `${oldest.view.id}:${historyLength}`;
  if (said === sys.heldBackSaid) return;
  sys.heldBackSaid = said;
  if (oldest === undefined || said === "") return;
  context.emit({
    type: "purge.heldBack",
    view: oldest.view.id,
    session2: oldest.trx.session,
    lowLimitNo,
    historyLength,
  });
}

function purgeRecord(storage: Storage, undo: UndoRec): void {
  if (undo.type === "deleteMark") purgeDeleteMark(storage, undo);
  else if (undo.type === "updateExisting") purgeOldEntries(storage, undo);
}

/** InnoDB: row_purge_del_mark. */
function purgeDeleteMark(storage: Storage, undo: UndoRec): void {
  const { table, rec } = undo;
  const row = undo.before?.row as Row;
  for (const index of table.indexes.slice(1))
    removeEntryIfPossible(storage, undo, index, entryKey(index, row, rec.rowId));
  const clustered = clusteredRecOf(undo);
  // Someone who changed it later gave it another roll pointer.
  if (clustered !== null && clustered.rollPtr === undo.rollPtr)
    removeRec(storage.context, clustered, "purge");
}

/** InnoDB: row_purge_upd_exist_or_extern. */
function purgeOldEntries(storage: Storage, undo: UndoRec): void {
  const before = undo.before?.row as Row;
  const after = undo.after as Row;
  for (const index of undo.table.indexes.slice(1)) {
    const older = entryKey(index, before, undo.rec.rowId);
    if (sameData(older, entryKey(index, after, undo.rec.rowId))) continue;
    removeEntryIfPossible(storage, undo, index, older);
  }
}

/** InnoDB: row_purge_remove_sec_if_poss, row_purge_poss_sec. */
function removeEntryIfPossible(
  storage: Storage,
  undo: UndoRec,
  index: Index,
  key: readonly Datum[],
): void {
  const entry = findRec(index, key);
  if (entry === null || !entry.deleted) return;
  const clustered = clusteredRecOf(undo);
  if (clustered !== null && oldHasIndexEntry(storage.context, true, clustered, index, key)) return;
  removeRec(storage.context, entry, "purge");
}

function clusteredRecOf(undo: UndoRec): Rec | null {
  return findRec(clusteredIndex(undo.table), undo.rec.key);
}
