/** LOCK TABLES and AUTO-INC: the whole table. InnoDB: ha_innobase::external_lock, lock_table_for_trx. */
import type { LockReason } from "../../trace/events.ts";
import type { TableLockMode } from "../../trace/state.ts";
import type { Steps, WriteResult } from "../api.ts";
import type { Storage } from "../storage.ts";
import type { Table, TrxImpl } from "../types.ts";
import { obtain, type Writer } from "./writer.ts";

/** Waits until the transaction has the lock, or ends with the error that ended the wait. */
export function* lockTableFor(
  storage: Storage,
  trx: TrxImpl,
  table: Table,
  mode: TableLockMode,
  why: LockReason = "table",
): Steps<WriteResult> {
  const writer: Writer = { storage, trx, allowDuplicates: false, ixLocked: [] };
  for (;;) {
    const result = yield* obtain(writer, storage.context.locks().table(trx, table, mode, why));
    if (result === "granted") return "ok";
    if (result !== "again") return result;
  }
}
