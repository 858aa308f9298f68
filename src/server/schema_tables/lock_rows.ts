/**
 * The rows of performance_schema.data_locks, made from the engine's locks.
 *
 * InnoDB: storage/innobase/handler/p_s.cc.
 */
import { intMapGet, intMapValues } from "../../base/int_map.ts";
import type { EngineDump } from "../../innodb/api.ts";
import type { RecLockState, TableLockState } from "../../trace/state.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { isShadowName } from "../catalog/names.ts";

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

/**
 * Transaction by transaction, the newest first, each one's table locks before its record locks. Locks on temporary tables
 * are left out: nobody else can meet them.
 */
export function allLocks(dump: EngineDump, catalog: Catalog): readonly LockState[] {
  const isShared = ({ table: id }: LockState) =>
    catalog.tableById(id) !== null || isShadowName(intMapGet(dump.tables, id)?.name ?? "");
  const table = [...intMapValues(dump.tableLocks)].filter(isShared);
  const rec = [...intMapValues(dump.recLocks)].filter(isShared);
  const refs = [...new Set([...table, ...rec].map((lock) => lock.trx))].sort((a, b) => b - a);
  return refs.flatMap((ref) => [
    ...table.filter((lock) => lock.trx === ref),
    ...rec.filter((lock) => lock.trx === ref),
  ]);
}
