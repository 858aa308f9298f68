/**
 * The system of transactions: ids, who is active, open read views, the undo log and the history list.
 *
 *   trxs      every transaction object, read-only ones too
 *   active    those with an id, ascending (trx_sys->rw_trx_ids)
 *   undo      every undo record by DB_ROLL_PTR
 *   history   committed transactions whose update undo purge has still to look at, oldest first
 *
 * InnoDB: trx_sys_t (trx0sys.h), trx0trx.cc (trx_set_rw_mode), MVCC (read0read.cc).
 */

import { assert } from "../base/assert.ts";
import { removeAt } from "../base/lists.ts";
import type { ReadViewEvent } from "../trace/events.ts";
import type { EventSeq, ReadViewId, TrxId, TrxNo } from "../trace/ids.ts";
import { FIRST_TRX_ID } from "../trace/ids.ts";
import type { HistoryEntry } from "../trace/state.ts";
import { makeReadView, readViewState } from "./read_view.ts";
import type { EngineContext, ReadViewImpl, TrxImpl, UndoRec } from "./types.ts";
import { UndoLog } from "./undo_log.ts";

/** All transactions, read views and undo records of the server (InnoDB: trx_sys_t, purge_sys_t). */
export interface TrxSys {
  /** trx_sys->next_trx_id_or_no: ids and serialisation numbers come from one counter. */
  nextId: number;
  readonly trxs: TrxImpl[];
  readonly active: TrxImpl[];
  /** In the order in which they were opened. */
  readonly views: OpenView[];
  purgeView: ReadViewImpl | null;
  readonly undo: UndoLog;
  readonly history: HistoryLink[];
  /** What the trace last said about purge being held back: view and length of the history list. */
  heldBackSaid: string;
}

/** An open read view, with who reads by it. */
export interface OpenView {
  readonly view: ReadViewImpl;
  readonly trx: TrxImpl;
  readonly openedAt: EventSeq;
}

/** The undo records of one committed transaction that purge has not reached (InnoDB: TRX_RSEG_HISTORY). */
export interface HistoryLink {
  readonly trxId: TrxId;
  readonly trxNo: TrxNo;
  readonly records: readonly UndoRec[];
}

export function newTrxSys(): TrxSys {
  return {
    nextId: FIRST_TRX_ID,
    trxs: [],
    active: [],
    views: [],
    purgeView: null,
    undo: new UndoLog(),
    history: [],
    heldBackSaid: "",
  };
}

/** The next id or number. */
export function takeId(sys: TrxSys): number {
  sys.nextId += 1;
  return sys.nextId - 1;
}

/** InnoDB: trx_set_rw_mode: at the first write or IX or X table lock. */
export function assignTrxId(sys: TrxSys, context: EngineContext, trx: TrxImpl, why: string): void {
  if (trx.id !== 0 || trx.readOnly) return;
  trx.id = takeId(sys) as TrxId;
  sys.active.push(trx);
  const view = trx.readView;
  if (view !== null) view.creatorTrxId = trx.id;
  const { head } = context;
  const { ref, id } = trx;
  const nextTrxId = sys.nextId as TrxId;
  if (view !== null) {
    context.emit({ type: "trx.idAssigned", ref, id, nextTrxId, why, view: view.id });
    return;
  }
  context.emit({
    type: "trx.idAssigned",
    ref,
    id,
    nextTrxId,
    why,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  });
}

/** InnoDB: trx_assign_read_view, MVCC::view_open. */
export function openReadView(
  sys: TrxSys,
  context: EngineContext,
  trx: TrxImpl,
  why: Extract<ReadViewEvent, { type: "readView.opened" }>["why"],
): ReadViewImpl {
  if (trx.readView !== null) return trx.readView;
  const view = makeReadView(context.next.readView(), trx.id, activeIds(sys), sys.nextId);
  trx.readView = view;
  const unplaced = 0 as EventSeq;
  const { head } = context;
  const openedAt = context.emit({
    type: "readView.opened",
    view: readViewState(view, trx, unplaced),
    why,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  }) as EventSeq;
  sys.views.push({ view, trx, openedAt });
  return view;
}

const NO_IDS: readonly TrxId[] = [];

function activeIds({ active }: TrxSys): readonly TrxId[] {
  return active.length === 0 ? NO_IDS : active.map(({ id }) => id);
}

/** The active transaction with this id (InnoDB: trx_rw_is_active). */
export function activeTrx({ active }: TrxSys, id: TrxId): TrxImpl | null {
  const oldest = active[0];
  if (oldest === undefined || id < oldest.id) return null;
  return active.find((trx) => trx.id === id) ?? null;
}

/** It has committed or is rolled back: what it wrote holds nobody any more. */
export function leaveActive({ active }: TrxSys, trx: TrxImpl): void {
  const at = active.indexOf(trx);
  if (at >= 0) removeAt(active, at);
}

/** InnoDB: MVCC::view_close. */
export function closeReadView(
  sys: TrxSys,
  context: EngineContext,
  trx: TrxImpl,
  why: Extract<ReadViewEvent, { type: "readView.closed" }>["why"],
): void {
  const view = trx.readView;
  if (view === null) return;
  trx.readView = null;
  removeAt(
    sys.views,
    sys.views.findIndex((open) => open.view === view),
  );
  const { head } = context;
  context.emit({
    type: "readView.closed",
    id: view.id,
    trx: trx.ref,
    why,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  });
}

/** InnoDB: MVCC::clone_oldest_view: what purge may not go beyond; a view of now when none is open. */
export function cloneOldestView(sys: TrxSys): ReadViewImpl {
  const [oldest] = sys.views;
  if (oldest === undefined)
    return makeReadView(0 as ReadViewId, 0 as TrxId, activeIds(sys), sys.nextId);
  const { view } = oldest;
  // The creator's changes count as not seen: it may still be active.
  const ids =
    view.creatorTrxId === 0 ? view.ids : [...view.ids, view.creatorTrxId].sort((a, b) => a - b);
  const upLimitId = ids[0] !== undefined && ids[0] < view.upLimitId ? ids[0] : view.upLimitId;
  return { ...view, id: 0 as ReadViewId, creatorTrxId: 0 as TrxId, ids, upLimitId };
}

/** The purge view is what `cloneOldestView` would make now: nobody reads or writes, and no id was given out since. */
export function isPurgeViewOfNow({ purgeView, views, active, nextId }: TrxSys): boolean {
  if (views.length > 0 || active.length > 0 || purgeView === null) return false;
  return (
    purgeView.ids.length === 0 && purgeView.upLimitId === nextId && purgeView.lowLimitNo === nextId
  );
}

export function historyEntry(link: HistoryLink): HistoryEntry {
  return {
    trxId: link.trxId,
    trxNo: link.trxNo,
    rollPtrs: link.records.map((record) => record.rollPtr),
  };
}

/** Takes the transaction out of the lists; its object is dead afterwards. */
export function forgetTrx(sys: TrxSys, trx: TrxImpl): void {
  assert(
    trx.readView === null && trx.locks.length === 0,
    "the transaction leaves nothing behind",
    trx.ref,
  );
  removeAt(sys.trxs, sys.trxs.indexOf(trx));
}
