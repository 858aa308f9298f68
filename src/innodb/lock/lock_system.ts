/**
 * The lock system as the rest of the engine calls it; README.md in this folder draws it.
 *
 * InnoDB: lock0lock.cc's public functions.
 */
import { assert } from "../../base/assert.ts";
import type { LockStructId, SessionName } from "../../trace/ids.ts";
import type { RecLockType } from "../../trace/lock_modes.ts";
import type { RecLockShape } from "../../trace/state.ts";
import type { EngineContext, Rec, TrxImpl } from "../types.ts";
import type { LockRows, LockSystem } from "./api.ts";
import { settle, weightOf } from "./deadlock.ts";
import { recLockState, tableLockState } from "./describe.ts";
import { convertImplicit, implicitHolder } from "./implicit.ts";
import { recInserted, recRemoved } from "./inherit.ts";
import { type LockSys, newLockSys } from "./lock_sys.ts";
import {
  pageDiscarded,
  pageMerged,
  pageSplit,
  recMoved,
  recRestored,
  recStored,
  splitPoint,
} from "./move.ts";
import { hasLocksOn } from "./queue.ts";
import { blockingLocks } from "./rec_has_to_wait.ts";
import { grantFree, lockRecord } from "./rec_lock.ts";
import {
  cancelWait,
  indexDropped,
  releaseAll,
  releaseAutoInc,
  releaseGaps,
  releaseTableLocks,
  tableDropped,
  unlockRow,
} from "./release.ts";
import { heldTableLock, lockTable } from "./table_lock.ts";
import { suspend } from "./waiting.ts";

export function createLockSystem(context: EngineContext): LockSystem {
  const sys = newLockSys(context);
  const modify = (trx: TrxImpl, rec: Rec) =>
    lockRecord(sys, {
      trx,
      rec,
      type: { mode: "X", shape: "recNotGap", insertIntention: false },
      onConflict: "wait",
      implicit: true,
      why: "rowToModify",
      foreignKey: null,
    });
  return {
    table: (trx, table, mode, why, foreignKey = null) =>
      lockTable(sys, trx, table, mode, why, foreignKey),
    read(trx, rec, mode, shape, onConflict, why, foreignKey = null) {
      const { table } = rec.page.index;
      const intention = mode === "S" ? "IS" : "IX";
      assert(
        heldTableLock(trx, table, intention) !== null,
        "a record lock needs an intention lock",
      );
      makeExplicit(sys, rec);
      if (why === "duplicateCheck") trx.inheritAll = true;
      const types = mode === "X" ? READ_TYPES.X : READ_TYPES.S;
      const type = shape === "ordinary" ? types.ordinary : types[shape];
      return lockRecord(sys, { trx, rec, type, onConflict, implicit: false, why, foreignKey });
    },
    readFree: (trx, run, mode, each, subject) =>
      grantFree(sys, trx, run, READ_TYPES[mode].ordinary, each, subject),
    insert(trx, next, why) {
      if (!hasLocksOn(next)) return { kind: "granted" };
      const type = { mode: "X", shape: "gap", insertIntention: true } as const;
      return lockRecord(sys, {
        trx,
        rec: next,
        type,
        onConflict: "wait",
        implicit: true,
        why,
        foreignKey: null,
      });
    },
    modifyClustered(trx, rec) {
      makeExplicit(sys, rec);
      return modify(trx, rec);
    },
    modifySecondary: modify,
    wait: (trx, wait) => suspend(sys, trx, wait),
    recInserted: (rec) => recInserted(sys, rec),
    recRemoved: (rec) => recRemoved(sys, rec),
    recMoved: (rec) => recMoved(sys, rec),
    recStored: (rec) => recStored(sys, rec),
    recRestored: (rec, from, wasFirst) => recRestored(sys, rec, from, wasFirst),
    pageSplit: (left, right) => pageSplit(sys, left, right),
    pageDiscarded: (page, heir) => pageDiscarded(sys, page, heir),
    splitPoint: (left, right) => splitPoint(sys, left, right),
    pageMerged: (left, right, oldHeapNos) => pageMerged(sys, left, right, oldHeapNos.size),
    indexDropped: (index) => indexDropped(sys, index),
    tableDropped: (table) => tableDropped(sys, table),
    unlockRow: (trx, rec, mode, why) => unlockRow(sys, trx, rec, mode, why),
    releaseAll: (trx, why) => releaseAll(sys, trx, why),
    releaseTableLocks: (trx) => releaseTableLocks(sys, trx),
    releaseGaps: (trx) => releaseGaps(sys, trx),
    releaseAutoInc: (trx) => releaseAutoInc(sys, trx),
    cancelWait: (trx, why) => cancelWait(sys, trx, why),
    lookForDeadlocks() {
      sys.hasNewEdge = true;
      settle(sys);
    },
    implicitHolder: (rec) => implicitHolder(sys, rec),
    convertImplicit: (rec) => makeExplicit(sys, rec),
    weight: weightOf,
    lockRows: () => lockRows(sys),
    lockWaits: () => lockWaits(sys),
    lockMakers: () => lockMakers(sys),
    scheduleWeight: (trx) => sys.waits.get(trx)?.weight ?? null,
  };
}

function readTypes(mode: "S" | "X"): Readonly<Record<RecLockShape, RecLockType>> {
  const ofShape = (shape: RecLockShape) => ({ mode, shape, insertIntention: false });
  return { ordinary: ofShape("ordinary"), gap: ofShape("gap"), recNotGap: ofShape("recNotGap") };
}

const READ_TYPES = { S: readTypes("S"), X: readTypes("X") } as const;

function makeExplicit(sys: LockSys, rec: Rec): void {
  convertImplicit(sys, rec);
  settle(sys);
}

/** In the order of InnoDB's scan (All_locks_iterator): the tables' locks, then page by page its queue, the newest granted one first. */
function lockRows(sys: LockSys): LockRows {
  const locks = [...sys.context.trxs].flatMap((trx) => trx.locks);
  const pages = new Set(locks.flatMap((lock) => (lock.kind === "rec" ? lock.page : [])));
  return {
    tableLocks: locks
      .filter((lock) => lock.kind === "table")
      .sort((a, b) => a.table.id - b.table.id || a.id - b.id)
      .map((lock) => tableLockState(sys, lock)),
    recLocks: [...pages]
      .sort((a, b) => a.index.id - b.index.id || a.no - b.no)
      .flatMap(({ locks }) => locks)
      .flatMap((lock) =>
        [...lock.bits.values()]
          .sort((a, b) => a.heapNo - b.heapNo)
          .map((bit) => recLockState(sys, lock, bit)),
      ),
  };
}

function lockMakers(sys: LockSys): Map<LockStructId, SessionName> {
  const makers = new Map<LockStructId, SessionName>();
  for (const { session, locks } of sys.context.trxs) {
    for (const lock of locks)
      if (lock.kind === "rec" && lock.maker !== null && lock.maker !== session)
        makers.set(lock.id, lock.maker);
  }
  return makers;
}

function lockWaits(sys: LockSys): ReturnType<LockSystem["lockWaits"]> {
  return [...sys.waits.values()].flatMap(({ lock }) =>
    blockingLocks(lock).map((blocker) => ({ waiting: lock.trx.ref, blocking: blocker.trx.ref })),
  );
}
