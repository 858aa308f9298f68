/**
 * Table locks: IS and IX of statements, S and X of LOCK TABLES, AUTO_INC.
 *
 * InnoDB: lock_table, lock_table_has, lock_table_other_has_incompatible, lock_table_create (lock0lock.cc).
 */
import { withFirst, withOne } from "../../base/lists.ts";
import type { ForeignKeyCheck, LockReason } from "../../trace/events.ts";
import { isCompatible, isStrongerOrEqual } from "../../trace/lock_modes.ts";
import type { TableLockMode } from "../../trace/state.ts";
import type { LockOutcome, RecLock, Table, TableLock, TrxImpl } from "../types.ts";
import { settle } from "./deadlock.ts";
import { tableLockState } from "./describe.ts";
import type { LockSys } from "./lock_sys.ts";
import { enqueueWait, waitOutcome } from "./waiting.ts";

export function lockTable(
  sys: LockSys,
  trx: TrxImpl,
  table: Table,
  mode: TableLockMode,
  why: LockReason,
  foreignKey: ForeignKeyCheck | null,
): LockOutcome {
  if (heldTableLock(trx, table, mode) !== null) return { kind: "alreadyHeld" };
  if ((mode === "IX" || mode === "X") && !trx.readOnly) {
    sys.context.assignTrxId(trx, `${mode} lock on ${table.def.name}`);
  }
  const blocking = lastInTheWay(trx, table, mode);
  const lock = create(sys, trx, table, mode, blocking !== undefined);
  if (blocking !== undefined) {
    enqueueWait(sys, lock, blocking, why, foreignKey);
    settle(sys);
    return waitOutcome(sys, trx, lock.row, "tableLock");
  }
  const { head } = sys.context;
  const granted = {
    type: "lock.granted",
    lock: tableLockState(sys, lock),
    why,
    rule: table.locks.length > 1 ? "compatible" : "noOtherLock",
    seq: head.seq,
    ms: head.ms,
    command: head.command,
    statement: head.statement,
    session: head.session,
  } as const;
  sys.context.emit(foreignKey === null ? granted : { ...granted, foreignKey });
  return { kind: "granted" };
}

function lastInTheWay(trx: TrxImpl, { locks }: Table, mode: TableLockMode): TableLock | undefined {
  if (locks.length === 0) return undefined;
  return locks.findLast((lock) => lock.trx !== trx && !isCompatible(lock.mode, mode));
}

/** A table lock of the transaction that is at least as strong. */
export function heldTableLock(trx: TrxImpl, table: Table, mode: TableLockMode): TableLock | null {
  for (const lock of trx.locks) {
    // Table locks stand before record locks in a transaction's list.
    if (lock.kind === "rec") return null;
    if (lock.table === table && !lock.waiting && isStrongerOrEqual(lock.mode, mode)) return lock;
  }
  return null;
}

function create(
  sys: LockSys,
  trx: TrxImpl,
  table: Table,
  mode: TableLockMode,
  waiting: boolean,
): TableLock {
  const lock: TableLock = {
    kind: "table",
    id: sys.context.next.lockStruct(),
    row: sys.context.next.lock(),
    trx,
    table,
    mode,
    waiting,
  };
  trx.locks = withFirst<RecLock | TableLock>(trx.locks, lock);
  table.locks = withOne(table.locks, lock);
  if (waiting) trx.waitLock = lock;
  return lock;
}
