/**
 * The rows of performance_schema.data_locks, made from the engine's locks.
 *
 * InnoDB: storage/innobase/handler/p_s.cc.
 */
import { intMapGet } from "../../base/int_map.ts";
import type { RecLockState, TableLockState } from "../../trace/state.ts";
import { isShadowName } from "../catalog/names.ts";
import type { Server } from "../server.ts";

export type LockState = RecLockState | TableLockState;

export function isRecLock(lock: LockState): lock is RecLockState {
  return "rec" in lock;
}

/** ENGINE_LOCK_ID: the same for the same lock, as long as it lives. */
export function lockId(lock: LockState): string {
  return isRecLock(lock)
    ? `${lock.trx}:${lock.struct}:${lock.index}:${lock.page}:${lock.heapNo}`
    : `${lock.trx}:${lock.struct}:${lock.table}`;
}

export function lockModeText(lock: LockState): string {
  return isRecLock(lock) ? lock.modeText : lock.mode;
}

/** As InnoDB lists them. Locks on temporary tables are left out: nobody else can meet them. */
export function allLocks({ engine, catalog }: Server): readonly LockState[] {
  const { tables } = engine.dump();
  const { tableLocks, recLocks } = engine.lockRows();
  const isShared = ({ table: id }: LockState) =>
    catalog.tableById(id) !== null || isShadowName(intMapGet(tables, id)?.name ?? "");
  return [...tableLocks, ...recLocks].filter(isShared);
}
