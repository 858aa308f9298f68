/**
 * The storage engine as the server sees it: wires storage and locking together and counts out the ids.
 *
 *   server ──StorageEngine──▶ engine.ts ──▶ ddl, trx, handler ──▶ btree, undo, write/, search/
 *                                 └── EngineContext (emit, counters, lock system) to all of them
 */
import { assert } from "../base/assert.ts";
import type { EventHead } from "../trace/events.ts";
import type { EventSeq, IndexId, TrxId } from "../trace/ids.ts";
import type { DeadlockState } from "../trace/state.ts";
import type { StorageEngine } from "./api.ts";
import { counterOpened } from "./auto_increment_counter.ts";
import {
  addIndex,
  addTable,
  changeDefinition,
  dropIndex,
  dropTable,
  hasNoRecord,
  rebuildTable,
  renameTable,
  tableById,
} from "./ddl.ts";
import { tableInfo } from "./dictionary.ts";
import { dump } from "./dump.ts";
import type { EngineOptions } from "./engine_options.ts";
import { openHandler } from "./handler.ts";
import type { LockSystem } from "./lock/api.ts";
import { createLockSystem } from "./lock/lock_system.ts";
import { purge } from "./purge.ts";
import {
  analyze,
  hasStats,
  readStatsAgain,
  recordsInRange,
  tableStats,
  writtenStats,
} from "./stats.ts";
import type { Storage } from "./storage.ts";
import {
  beginTrx,
  commitTrx,
  prepareTrx,
  releaseSavepoint,
  rollbackStatement,
  rollbackToSavepoint,
  rollbackTrx,
  setIsolation,
  setSavepoint,
  statementEnd,
  statementStart,
  trxOf,
} from "./trx.ts";
import { activeTrx, assignTrxId, newTrxSys, openReadView } from "./trx_sys.ts";
import type { EngineContext, Index } from "./types.ts";
import { lockTableFor } from "./write/table_lock.ts";

/** The first DB_ROW_ID, as on a server whose data directory is new. */
const FIRST_ROW_ID = 0x200;

const NO_HEAD: EventHead = {
  seq: 0 as EventSeq,
  ms: 0,
  command: 0,
  statement: null,
  session: null,
};

/** An empty InnoDB: no table, and ids from the beginning. */
export function createEngine(options: EngineOptions): StorageEngine {
  let lastDeadlock: DeadlockState | null = null;
  const storage = newStorage(options, (deadlock) => {
    lastDeadlock = deadlock;
    options.onDeadlock?.(deadlock);
  });
  const { context } = storage;
  const table = (id: Parameters<StorageEngine["tableInfo"]>[0]) => tableById(storage, id);

  return {
    createTable: (def) => tableInfo(addTable(storage, def, "create")),
    dropTable: (id, why) => dropTable(storage, table(id), why),
    renameTable: (id, schema, name) => renameTable(storage, table(id), schema, name),
    isEmpty: (id) => hasNoRecord(table(id)),
    rebuildTable: (id, def, convert, why = "rebuild") =>
      tableInfo(rebuildTable(storage, table(id), def, convert, why)),
    changeDefinition: (id, def, change) => changeDefinition(storage, table(id), def, change),
    addIndex: (id, def) => addIndex(storage, table(id), def) ?? tableInfo(table(id)),
    dropIndex(id, name) {
      dropIndex(storage, table(id), name);
      return tableInfo(table(id));
    },
    tableInfo: (id) => ({ ...tableInfo(table(id)), autoIncrement: table(id).autoIncrement }),
    tableOpened: (id) => counterOpened(table(id)),
    analyze: (id) => analyze(table(id)),
    readStatsAgain: (id) => readStatsAgain(table(id)),
    stats: (id) => tableStats(table(id)),
    writtenStats: (id) => writtenStats(table(id)),
    hasStats: (id, known) => hasStats(table(id), known),
    recordsInRange(id, low, high, reader) {
      const index = indexById(storage, id);
      const trx = reader === null ? null : trxOf(storage, reader);
      return recordsInRange(index, low, high, trx?.readView ?? null);
    },

    begin: (trxOptions) => beginTrx(storage, trxOptions),
    setIsolation: (trx, level) => setIsolation(storage, trxOf(storage, trx), level),
    openReadView(trx, why) {
      const own = trxOf(storage, trx);
      if (own.isolation === "REPEATABLE READ") context.openReadView(own, why);
    },
    statementStart: (trx) => statementStart(trxOf(storage, trx)),
    statementEnd: (trx) => statementEnd(storage, trxOf(storage, trx)),
    rollbackStatement: (trx) => rollbackStatement(storage, trxOf(storage, trx)),
    savepoint: (trx, name) => setSavepoint(storage, trxOf(storage, trx), name),
    rollbackToSavepoint: (trx, name) => rollbackToSavepoint(storage, trxOf(storage, trx), name),
    releaseSavepoint: (trx, name) => releaseSavepoint(storage, trxOf(storage, trx), name),
    prepare: (trx) => prepareTrx(storage, trxOf(storage, trx)),
    commit: (trx) => commitTrx(storage, trxOf(storage, trx)),
    rollback: (trx, why) => rollbackTrx(storage, trxOf(storage, trx), why),
    lookForDeadlocks: () => context.locks().lookForDeadlocks(),
    cancelWait: (trx, why) => context.locks().cancelWait(trxOf(storage, trx), why),
    lockTable: (trx, id, mode) => lockTableFor(storage, trxOf(storage, trx), table(id), mode),
    unlockTables: (trx) => context.locks().releaseTableLocks(trxOf(storage, trx)),

    open: (trx, id, used = null) => openHandler(storage, trxOf(storage, trx), table(id), used),

    purge: (isClosed) => purge(storage, isClosed ?? (() => false)),
    dump: () => dump(storage, lastDeadlock),
    lockRows: () => context.locks().lockRows(),
    lockWaits: () => context.locks().lockWaits(),
    lockMakers: () => context.locks().lockMakers(),
    scheduleWeight: (trx) => context.locks().scheduleWeight(trxOf(storage, trx)),
  };
}

function indexById({ tables }: Storage, id: IndexId): Index {
  for (const { indexes } of tables.values()) {
    const found = indexes.find((index) => index.id === id);
    if (found !== undefined) return found;
  }
  throw new Error(`no index ${id}`);
}

function newStorage(options: EngineOptions, onDeadlock: EngineContext["onDeadlock"]): Storage {
  const sys = newTrxSys();
  let locks: LockSystem | null = null;
  const context: EngineContext = {
    emit: options.emit,
    head: options.head ?? NO_HEAD,
    now: options.now,
    sqlOf: options.sqlOf,
    deadlockDetect: options.deadlockDetect,
    autoincLockMode: options.autoincLockMode ?? (() => 2),
    hasChangedNonTransactional: options.hasChangedNonTransactional ?? (() => false),
    checksForeignKeys: options.checksForeignKeys ?? (() => true),
    regenerate: options.regenerate ?? ((_session, _table, row) => row),
    openFollowers: options.openFollowers,
    onDeadlock,
    onWake: (trx, verdict) => options.onWake(trx.ref, verdict),
    next: counters(),
    activeTrx: (id: TrxId) => activeTrx(sys, id),
    trxs: sys.trxs,
    assignTrxId: (trx, why) => assignTrxId(sys, context, trx, why),
    undo: sys.undo,
    purgeView: () => sys.purgeView,
    openReadView: (trx, why) => openReadView(sys, context, trx, why),
    locks() {
      assert(locks !== null, "the lock system is there");
      return locks;
    },
  };
  locks = createLockSystem(context);
  return { context, sys, tables: new Map() };
}

/** Every kind of id is counted from 1 by itself. */
function counters(): EngineContext["next"] {
  const counter = <T extends number>(first: number): (() => T) => {
    let next = first;
    return () => {
      next += 1;
      return (next - 1) as T;
    };
  };
  return {
    rec: counter(1),
    page: counter(1),
    lock: counter(1),
    lockStruct: counter(1),
    rollPtr: counter(1),
    readView: counter(1),
    index: counter(1),
    table: counter(1),
    trx: counter(1),
    rowId: counter(FIRST_ROW_ID),
  };
}
