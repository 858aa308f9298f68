/**
 * What the engine's parts are handed at construction, without an engine: counters, a list of events, transactions that
 * a test begins and ends itself.
 */
import type { LockSystem } from "../../src/innodb/lock/api.ts";
import { createLockSystem } from "../../src/innodb/lock/lock_system.ts";
import { makeReadView } from "../../src/innodb/read_view.ts";
import type { EngineContext, TrxImpl } from "../../src/innodb/types.ts";
import type { EventBody } from "../../src/trace/events.ts";
import type { EventSeq, SessionName, TrxId, TrxRef } from "../../src/trace/ids.ts";
import type { IsolationLevel } from "../../src/trace/state.ts";

export interface BenchContext {
  readonly context: EngineContext;
  readonly locks: LockSystem;
  readonly events: EventBody[];
  /** Wake-ups so far: "B granted". */
  readonly woken: string[];
  readonly trxs: Map<TrxRef, TrxImpl>;
  begin(name: string, isolation: IsolationLevel): TrxImpl;
}

export function benchContext(): BenchContext {
  const counters = new Map<string, number>();
  const counter = (name: string) => (): never => {
    const next = (counters.get(name) ?? 0) + 1;
    counters.set(name, next);
    return next as never;
  };
  const events: EventBody[] = [];
  const woken: string[] = [];
  const trxs = new Map<TrxRef, TrxImpl>();
  const nextTrxId = counter("trxId");
  const active = (): TrxImpl[] => [...trxs.values()].filter((trx) => trx.id !== 0);
  const context: EngineContext = {
    emit: (body) => events.push(body) - 1,
    head: { seq: 0 as never, ms: 0, command: 0, statement: null, session: null },
    now: () => 0,
    sqlOf: () => "",
    deadlockDetect: () => true,
    autoincLockMode: () => 2,
    onDeadlock: () => {},
    onWake: (trx, verdict) => {
      woken.push(`${trx.session} ${verdict}`);
    },
    next: {
      rec: counter("rec"),
      page: counter("page"),
      lock: counter("lock"),
      lockStruct: counter("struct"),
      rollPtr: counter("rollPtr"),
      readView: counter("view"),
      index: counter("index"),
      table: counter("table"),
      trx: counter("trx"),
      rowId: counter("rowId"),
    },
    activeTrx: (id) => active().find((trx) => trx.id === id) ?? null,
    trxs: { [Symbol.iterator]: () => trxs.values() },
    assignTrxId: (trx) => {
      if (trx.id === 0) trx.id = nextTrxId();
    },
    undo: new Map(),
    purgeView: () => null,
    openReadView: (trx) => {
      const ids = active().map((one) => one.id);
      trx.readView ??= makeReadView(
        context.next.readView(),
        trx.id,
        ids,
        (counters.get("trxId") ?? 0) + 1,
      );
      return trx.readView;
    },
    locks: () => locks,
  };
  const locks = createLockSystem(context);
  return {
    context,
    locks,
    events,
    woken,
    trxs,
    begin(name, isolation) {
      const trx = newTrx(context.next.trx(), name as SessionName, isolation);
      trxs.set(trx.ref, trx);
      return trx;
    },
  };
}

function newTrx(ref: TrxRef, session: SessionName, isolation: IsolationLevel): TrxImpl {
  return {
    ref,
    session,
    id: 0 as TrxId,
    isolation,
    readOnly: false,
    autocommit: false,
    status: "active",
    startedMs: 0,
    startedAt: 0 as EventSeq,
    readView: null,
    undo: [],
    savepoints: [],
    statementUndo: 0,
    locks: [],
    waitLock: null,
    recLocksGivenUp: 0,
    wasChosenAsVictim: false,
    inheritAll: false,
    operation: "",
    calls: [],
    get lockStructs() {
      return this.locks.length;
    },
    hasWritten: false,
    hasUndoLog: false,
    hasModifiedNonTransactional: false,
  };
}

/** data_locks as the transcripts print it: "A PRIMARY X,GAP GRANTED @ 10", sorted. */
export function lockLines({ locks }: BenchContext): string[] {
  const { recLocks } = locks.lockRows();
  return recLocks
    .map(({ session, indexName, modeText, status, data }) => {
      const at = data === "supremum pseudo-record" ? "supremum" : data;
      return `${session} ${indexName} ${modeText} ${status.toUpperCase()} @ ${at}`;
    })
    .sort();
}
