/**
 * Writing undo records, and changing clustered records together with their hidden columns.
 *
 *   insert           the row was new: nothing older          discarded at commit
 *   updateExisting   a live row got other values             kept for read views, then purged
 *   updateDeleted    an insert over a delete-marked record   "
 *   deleteMark       the row was delete-marked               "
 *
 * InnoDB: trx_undo_report_row_operation (trx0rec.cc), row_upd_rec_sys_fields.
 */
import { withOne } from "../base/lists.ts";
import type { RecordEvent } from "../trace/events.ts";
import type { RollPtr } from "../trace/ids.ts";
import type { UndoRecState, UndoType } from "../trace/state.ts";
import type { Row } from "./api.ts";
import { resize } from "./btree/outgrow.ts";
import { keepsSizes } from "./btree/page.ts";
import { recState, recVersion } from "./btree/snapshot.ts";
import { recKeyText } from "./key_text.ts";
import type { Storage } from "./storage.ts";
import type { EngineContext, Rec, TrxImpl, UndoRec } from "./types.ts";
import { currentVersion } from "./versions.ts";

/** Before the change: `rec` still is what it was; `after` is what the row becomes (null for a delete mark). */
export function writeUndo(
  storage: Storage,
  trx: TrxImpl,
  type: UndoType,
  rec: Rec,
  after: Row | null,
  changed: readonly number[],
): UndoRec {
  const { context, sys } = storage;
  const undo: UndoRec = {
    rollPtr: context.next.rollPtr(),
    trxId: trx.id,
    undoNo: trx.undo.length,
    type,
    table: rec.page.index.table,
    rec,
    before: type === "insert" ? null : currentVersion(rec),
    after,
    changed,
  };
  trx.undo = withOne(trx.undo, undo);
  trx.hasUndoLog = true;
  sys.undo.add(undo);
  const { head } = context;
  context.emit({
    type: "undo.written",
    undo: undoState(undo),
    trx: trx.ref,
    tableName: undo.table.def.name,
    undoCount: trx.undo.length,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  });
  return undo;
}

export function undoState(undo: UndoRec): UndoRecState {
  return {
    rollPtr: undo.rollPtr,
    trxId: undo.trxId,
    undoNo: undo.undoNo,
    type: undo.type,
    table: undo.table.id,
    rec: undo.rec.id,
    key: recKeyText(undo.rec),
    before: undo.before === null ? null : recVersion(undo.table, undo.before),
    changed: undo.changed,
  };
}

/** The record takes over a version, made just now or restored from undo. */
export function setVersion(
  context: EngineContext,
  rec: Rec,
  version: {
    readonly row: Row;
    readonly trxId: Rec["trxId"];
    readonly rollPtr: RollPtr;
    readonly deleted: boolean;
  },
  what: Extract<RecordEvent, { type: "rec.changed" }>["what"],
): void {
  const { row } = rec;
  const isResized =
    version.row !== row && (row === null || !keepsSizes(rec.page.index, row, version.row));
  if (isResized) resize(context, rec, version.row);
  rec.row = version.row;
  rec.trxId = version.trxId;
  rec.rollPtr = version.rollPtr;
  rec.deleted = version.deleted;
  emitChanged(context, rec, what);
}

/** A secondary record is delete-marked or unmarked, `maxTrxId` being 0 when no transaction does it. */
export function setDeleted(
  context: EngineContext,
  rec: Rec,
  deleted: boolean,
  what: Extract<RecordEvent, { type: "rec.changed" }>["what"],
  maxTrxId: Rec["trxId"],
): void {
  rec.deleted = deleted;
  if (maxTrxId > rec.page.maxTrxId) rec.page.maxTrxId = maxTrxId;
  emitChanged(context, rec, what);
}

function emitChanged(
  context: EngineContext,
  rec: Rec,
  what: Extract<RecordEvent, { type: "rec.changed" }>["what"],
): void {
  const { index } = rec.page;
  const { head } = context;
  context.emit({
    type: "rec.changed",
    rec: recState(rec),
    indexName: index.name,
    tableName: index.table.def.name,
    what,
    maxTrxId: rec.page.maxTrxId,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  });
}
