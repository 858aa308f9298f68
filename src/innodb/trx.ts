/**
 * A transaction's life: begin, statements, savepoints, commit, rollback.
 *
 * InnoDB: trx0trx.cc (trx_start_low, trx_commit_low, trx_write_serialisation_history), trx0roll.cc.
 */
import type { TrxEvent } from "../trace/events.ts";
import type { EventSeq, SessionName, TrxId, TrxNo, TrxRef } from "../trace/ids.ts";
import type { IsolationLevel, TrxState } from "../trace/state.ts";
import type { Operation, Trx, TrxOptions } from "./api.ts";
import type { HandlerCalls } from "./handler_calls.ts";
import { rollbackTo } from "./rollback.ts";
import type { Storage } from "./storage.ts";
import {
  closeReadView,
  forgetTrx,
  type HistoryLink,
  historyEntry,
  leaveActive,
  takeId,
} from "./trx_sys.ts";
import type { EngineContext, Savepoint, TrxImpl, UndoRec } from "./types.ts";

/** A class, because every autocommitted statement makes one. */
class TrxObject implements TrxImpl {
  readonly ref: TrxRef;
  readonly session: SessionName;
  id = 0 as TrxId;
  isolation: IsolationLevel;
  readOnly: boolean;
  autocommit: boolean;
  status: TrxImpl["status"] = "active";
  readonly startedMs: number;
  startedAt = 0 as EventSeq;
  readView: TrxImpl["readView"] = null;
  undo: UndoRec[] = [];
  savepoints: Savepoint[] = [];
  statementUndo = 0;
  locks: TrxImpl["locks"] = [];
  waitLock: TrxImpl["waitLock"] = null;
  recLocksGivenUp = 0;
  hasUndoLog = false;
  wasChosenAsVictim = false;
  inheritAll = false;
  operation: Operation = "";
  readonly calls: HandlerCalls;
  readonly #context: EngineContext;

  constructor(context: EngineContext, options: TrxOptions) {
    this.#context = context;
    this.ref = context.next.trx();
    this.startedMs = context.now();
    this.session = options.session;
    this.isolation = options.isolation;
    this.readOnly = options.readOnly;
    this.autocommit = options.autocommit;
    this.calls = options.calls;
  }

  get lockStructs(): number {
    return this.locks.length;
  }

  get hasWritten(): boolean {
    return this.undo.length > 0;
  }

  /** InnoDB: thd_has_edited_nontrans_tables. */
  get hasModifiedNonTransactional(): boolean {
    return this.#context.hasChangedNonTransactional?.(this.session) ?? false;
  }
}

/** Ids and a read view come later, when something needs them (InnoDB: trx_start_low). */
export function beginTrx({ context, sys }: Storage, options: TrxOptions): TrxImpl {
  const trx = new TrxObject(context, options);
  sys.trxs.push(trx);
  const { head } = context;
  trx.startedAt = context.emit({
    type: "trx.started",
    trx: trxState(trx),
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  }) as EventSeq;
  return trx;
}

/** What the trace shows. `startedAt` is known once trx.started has been emitted. */
export function trxState(trx: TrxImpl): TrxState {
  return {
    ref: trx.ref,
    session: trx.session,
    id: trx.id,
    isolation: trx.isolation,
    readOnly: trx.readOnly,
    autocommit: trx.autocommit,
    status: trx.status,
    startedMs: trx.startedMs,
    startedAt: trx.startedAt,
    readView: trx.readView?.id ?? null,
    undoCount: trx.undo.length,
    savepoints: savepointStates(trx),
    waitsFor: waitsFor(trx),
  };
}

const NO_SAVEPOINTS: TrxState["savepoints"] = [];

function savepointStates(trx: TrxImpl): TrxState["savepoints"] {
  if (trx.savepoints.length === 0) return NO_SAVEPOINTS;
  return trx.savepoints.map(({ name, undoCount }) => ({ name, undoCount }));
}

function waitsFor(trx: TrxImpl): TrxState["waitsFor"] {
  const lock = trx.waitLock;
  if (lock === null) return null;
  if (lock.kind === "table") return lock.row;
  return lock.bits.values()[0]?.lock ?? null;
}

export function trxOf({ sys }: Storage, trx: Trx): TrxImpl {
  const { ref } = trx;
  for (const own of sys.trxs) if (own.ref === ref) return own;
  throw new Error(`transaction ${ref} is not alive`);
}

/** From the next statement on; says nothing when it stays the same. */
export function setIsolation({ context }: Storage, trx: TrxImpl, level: IsolationLevel): void {
  if (trx.isolation === level) return;
  trx.isolation = level;
  context.emit({ type: "trx.changed", ref: trx.ref, change: { isolation: level } });
}

// ---------------------------------------------------------------- statements

/** What the statement writes from here on is undone when it fails (InnoDB: trx_mark_sql_stat_end). */
export function statementStart(trx: TrxImpl): void {
  trx.statementUndo = trx.undo.length;
}

/** InnoDB: at READ COMMITTED and below a read view lives as long as a statement. */
export function statementEnd({ context, sys }: Storage, trx: TrxImpl): void {
  trx.inheritAll = false;
  context.locks().releaseAutoInc(trx);
  if (trx.isolation === "READ COMMITTED" || trx.isolation === "READ UNCOMMITTED") {
    closeReadView(sys, context, trx, "statementEnd");
  }
}

/** InnoDB: trx_rollback_last_sql_stat_for_mysql. */
export function rollbackStatement(storage: Storage, trx: TrxImpl): void {
  const undone = rollbackTo(storage, trx, trx.statementUndo, true);
  if (undone > 0)
    storage.context.emit({ type: "savepoint.rolledBack", ref: trx.ref, name: "", undone });
}

// ---------------------------------------------------------------- savepoints

/** A savepoint of the same name is replaced. */
export function setSavepoint({ context }: Storage, trx: TrxImpl, name: string): void {
  const others = trx.savepoints.filter((savepoint) => !sameName(savepoint, name));
  trx.savepoints = [...others, { name, undoCount: trx.undo.length }];
  context.emit({ type: "savepoint.set", ref: trx.ref, name });
  emitSavepoints(context, trx);
}

/** Undoes what was written since; locks and read view stay. */
export function rollbackToSavepoint(storage: Storage, trx: TrxImpl, name: string): boolean {
  const { context } = storage;
  const at = trx.savepoints.findIndex((candidate) => sameName(candidate, name));
  const savepoint = trx.savepoints[at];
  if (savepoint === undefined) return false;
  const undone = rollbackTo(storage, trx, savepoint.undoCount, true);
  trx.savepoints = trx.savepoints.slice(0, at + 1);
  context.emit({ type: "savepoint.rolledBack", ref: trx.ref, name: savepoint.name, undone });
  emitSavepoints(context, trx);
  trx.statementUndo = trx.undo.length;
  return true;
}

/** RELEASE SAVEPOINT: it and all later ones. */
export function releaseSavepoint({ context }: Storage, trx: TrxImpl, name: string): boolean {
  const at = trx.savepoints.findIndex((candidate) => sameName(candidate, name));
  if (at === -1) return false;
  trx.savepoints = trx.savepoints.slice(0, at);
  context.emit({ type: "savepoint.released", ref: trx.ref, name });
  emitSavepoints(context, trx);
  return true;
}

function sameName(savepoint: Savepoint, name: string): boolean {
  return savepoint.name.toLowerCase() === name.toLowerCase();
}

function emitSavepoints(context: Storage["context"], trx: TrxImpl): void {
  context.emit({ type: "trx.changed", ref: trx.ref, change: { savepoints: savepointStates(trx) } });
}

// ---------------------------------------------------------------- the end

/** InnoDB: trx_prepare. Its undo log's state is not shown. */
export function prepareTrx({ context }: Storage, trx: TrxImpl): void {
  if (trx.isolation === "READ COMMITTED" || trx.isolation === "READ UNCOMMITTED") {
    context.locks().releaseGaps(trx);
  }
}

/** InnoDB: trx_commit_low: insert undo goes, update undo joins the history list, locks are released. */
export function commitTrx({ context, sys }: Storage, trx: TrxImpl): void {
  const { undo } = trx;
  const inserts = ofKind(undo, true);
  const updates = ofKind(undo, false);
  if (inserts.length > 0) {
    for (const undo of inserts) sys.undo.delete(undo.rollPtr);
    const { head } = context;
    context.emit({
      type: "undo.discarded",
      rollPtrs: inserts.map((undo) => undo.rollPtr),
      why: "commit",
      seq: head.seq,
      ms: head.ms,
      command: head.command,
      statement: head.statement,
      session: head.session,
    });
  }
  closeReadView(sys, context, trx, "transactionEnd");
  let link: HistoryLink | null = null;
  if (updates.length > 0) {
    link = { trxId: trx.id, trxNo: takeId(sys) as TrxNo, records: updates };
    sys.history.push(link);
  }
  leaveActive(sys, trx);
  const { head } = context;
  context.emit({
    type: "trx.committed",
    ref: trx.ref,
    id: trx.id,
    no: link?.trxNo ?? (0 as TrxNo),
    nextTrxId: sys.nextId as TrxId,
    history: link === null ? null : historyEntry(link),
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  });
  context.locks().releaseAll(trx, "commit");
  forgetTrx(sys, trx);
}

const NO_UNDO: readonly UndoRec[] = [];

/** Those of inserts, or the others; mostly there is one record. */
function ofKind(undo: readonly UndoRec[], ofInserts: boolean): readonly UndoRec[] {
  const isWanted = ({ type }: UndoRec) => (type === "insert") === ofInserts;
  const [only] = undo;
  if (only === undefined || undo.length > 1) return undo.filter(isWanted);
  return isWanted(only) ? undo : NO_UNDO;
}

/** InnoDB: trx_rollback_for_mysql. */
export function rollbackTrx(
  storage: Storage,
  trx: TrxImpl,
  why: Extract<TrxEvent, { type: "trx.rolledBack" }>["why"],
): void {
  const { context, sys } = storage;
  if (trx.undo.length > 0) {
    trx.status = "rollingBack";
    context.emit({ type: "trx.changed", ref: trx.ref, change: { status: trx.status } });
    rollbackTo(storage, trx, 0, false);
  }
  closeReadView(sys, context, trx, "transactionEnd");
  leaveActive(sys, trx);
  const { head } = context;
  context.emit({
    type: "trx.rolledBack",
    ref: trx.ref,
    id: trx.id,
    why,
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  });
  context.locks().releaseAll(trx, "rollback");
  forgetTrx(sys, trx);
}
