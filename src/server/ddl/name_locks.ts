/**
 * The metadata locks of DDL: GLOBAL INTENTION_EXCLUSIVE for the statement, BACKUP LOCK and SCHEMA INTENTION_EXCLUSIVE and the
 * tables' own locks for the transaction, all in one order.
 *
 * MySQL: sql/sql_base.cc: lock_table_names; under LOCK TABLES find_table_for_mdl_upgrade instead.
 */
import type { MdlMode } from "../../trace/state.ts";
import type { Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { BACKUP_KEY, GLOBAL_KEY, schemaKey, tableKey } from "../mdl/keys.ts";
import type { MdlRequest } from "../mdl/locks.ts";
import { failMdl } from "../session/mdl_failure.ts";
import type { Session } from "../session/session.ts";

export interface TablePlace {
  readonly schema: string;
  readonly name: string;
}

/** Throws 1792, 1223, 1205, 1213, 1317; nothing is left locked then. */
export function* lockTableNames(
  session: Session,
  tables: readonly TablePlace[],
  mode: MdlMode,
): Exec<void> {
  if (session.trxReadOnly) throw mysqlError("ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION");
  if (session.holdsGlobalReadLock) throw mysqlError("ER_CANT_UPDATE_WITH_READLOCK");
  const requests: MdlRequest[] = [
    { key: GLOBAL_KEY, mode: "INTENTION_EXCLUSIVE", duration: "STATEMENT" },
    { key: BACKUP_KEY, mode: "INTENTION_EXCLUSIVE", duration: "TRANSACTION" },
    ...[...new Set(tables.map((table) => table.schema))].map(
      (schema): MdlRequest => ({
        key: schemaKey(schema),
        mode: "INTENTION_EXCLUSIVE",
        duration: "TRANSACTION",
      }),
    ),
    ...tables.map(
      ({ schema, name }): MdlRequest => ({
        key: tableKey(schema, name),
        mode,
        duration: "TRANSACTION",
      }),
    ),
  ];
  const outcome = yield* session.mdl.acquireAll(requests);
  if (outcome !== "granted") failMdl(outcome);
}

/** Under LOCK TABLES a table goes by the alias that it was locked under (1100). */
export function requireLocked(session: Session, { name }: TablePlace): void {
  const known = name.toLowerCase();
  if ((session.lockedTables ?? []).every(({ alias }) => alias.toLowerCase() !== known))
    throw mysqlError("ER_TABLE_NOT_LOCKED", name);
}

/** Under LOCK TABLES a table that is changed has to be locked for WRITE (1100, 1099). */
export function requireWriteLocked(session: Session, table: TablePlace): void {
  const locked = (session.lockedTables ?? []).filter(
    (entry) => entry.schema === table.schema && entry.name === table.name,
  );
  if (locked.length === 0) throw mysqlError("ER_TABLE_NOT_LOCKED", table.name);
  if (locked.every((entry) => entry.lock === "read")) {
    throw mysqlError("ER_TABLE_NOT_LOCKED_FOR_WRITE", table.name);
  }
}

/** EXCLUSIVE for a table that is write-locked or that SHARED_UPGRADABLE is held on. */
export function* upgradeToExclusive(session: Session, table: TablePlace): Exec<void> {
  const outcome = yield* session.mdl.upgrade(tableKey(table.schema, table.name), "EXCLUSIVE");
  if (outcome !== "granted") failMdl(outcome);
}
