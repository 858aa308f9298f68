/**
 * Tables that foreign keys tie to one that DDL changes: their definitions change along, so they are locked too, for the
 * statement. ALTER TABLE first looks at them under SHARED_UPGRADABLE, then changes them under EXCLUSIVE.
 *
 * MySQL: sql/sql_table.cc: collect_fk_parents_for_new_fks, collect_fk_parents_for_all_fks, collect_fk_children,
 * collect_and_lock_fk_tables_for_complex_alter_table, rm_table_do_discovery_and_lock_fk_tables.
 */
import type { MdlMode } from "../../trace/state.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { schemaKey, tableKey } from "../mdl/keys.ts";
import type { MdlRequest } from "../mdl/locks.ts";
import type { Server } from "../server.ts";
import { failMdl } from "../session/mdl_failure.ts";
import type { Session } from "../session/session.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { nameLock } from "./constraint_names.ts";
import type { TablePlace } from "./name_locks.ts";
import type { DraftTable } from "./table_definition.ts";

interface Referring extends TablePlace {
  readonly foreignKeys: readonly { readonly refSchema: string; readonly refTable: string }[];
}

/** ALTER TABLE, before it works out what to do: every parent, old and new, and every child. */
export function lockForLooking(
  execution: StatementExecution,
  draft: DraftTable,
  before: CatalogTable,
  renamedTo: TablePlace | null,
): Exec<void> {
  const { schema, name, info } = before;
  const foreignKeys = [...draft.foreignKeys, ...info.foreignKeys];
  const family = [{ schema, name, foreignKeys }];
  if (renamedTo !== null) family.push({ ...renamedTo, foreignKeys: [] });
  const { owner, server } = execution;
  if (owner.lockedTables !== null) {
    for (const place of familyOf(server, family)) requireLookedAt(owner, place);
    if (renamedTo !== null) requireLockedOrphans(execution, renamedTo);
  }
  return lockFamily(execution, family, "SHARED_UPGRADABLE");
}

/** Throws 1100 for a parent or child that LOCK TABLES has not locked at all. */
function requireLookedAt(session: Session, { schema, name }: TablePlace): void {
  if (session.mdl.owns(tableKey(schema, name), "SHARED_READ_ONLY")) return;
  throw mysqlError("ER_TABLE_NOT_LOCKED", name);
}

/** Throws 1099 under LOCK TABLES when a table that waits for a parent of this name is not locked for WRITE. */
export function requireLockedOrphans(execution: StatementExecution, parent: TablePlace): void {
  const { owner, server } = execution;
  if (owner.lockedTables === null) return;
  for (const { child } of server.catalog.referencing(parent.schema, parent.name)) {
    if (owner.mdl.owns(tableKey(child.schema, child.name), "SHARED_NO_READ_WRITE")) continue;
    throw mysqlError("ER_TABLE_NOT_LOCKED_FOR_WRITE", child.name);
  }
}

/** ALTER TABLE, before it is done: parents of foreign keys that come or go, all with another name, and every child. */
export function lockForChange(
  execution: StatementExecution,
  draft: DraftTable,
  before: CatalogTable,
  renamedTo: TablePlace | null,
): Exec<void> {
  const { schema, name, info } = before;
  if (renamedTo !== null) {
    const family = [...familyOfRenamed(before, renamedTo), draft];
    return lockFamily(execution, family, "EXCLUSIVE");
  }
  const had = new Set(info.foreignKeys.map((key) => key.name));
  const has = new Set(draft.foreignKeys.map((key) => key.name));
  const foreignKeys = [
    ...draft.foreignKeys.filter((key) => !had.has(key.name)),
    ...info.foreignKeys.filter((key) => !has.has(key.name)),
  ];
  return lockFamily(execution, [{ schema, name, foreignKeys }], "EXCLUSIVE");
}

/** CREATE TABLE ... SELECT, while the query runs: the names of its foreign keys, and their parents. */
export function* lockForFilling(execution: StatementExecution, draft: DraftTable): Exec<void> {
  const requests = draft.foreignKeys.flatMap((key) => [
    nameLock("FOREIGN KEY", draft.schema, key.name),
    ...locksOf({ schema: key.refSchema, name: key.refTable }, "SHARED_UPGRADABLE"),
  ]);
  const outcome = yield* execution.owner.mdl.acquireAll(requests);
  if (outcome !== "granted") failMdl(outcome);
}

/** The parents of the foreign keys that ALTER TABLE adds. */
export function newParentLocks(
  draft: DraftTable,
  before: CatalogTable,
  mode: MdlMode,
): MdlRequest[] {
  const had = new Set(before.info.foreignKeys.map((key) => key.name));
  return draft.foreignKeys
    .filter((key) => !had.has(key.name))
    .flatMap((key) => locksOf({ schema: key.refSchema, name: key.refTable }, mode));
}

/** All parents and children of the tables: CREATE, DROP, RENAME. */
export function* lockFamily(
  execution: StatementExecution,
  tables: readonly Referring[],
  mode: MdlMode,
): Exec<void> {
  const { owner, server } = execution;
  const places = familyOf(server, tables);
  const outcome = yield* owner.mdl.acquireAll(places.flatMap((place) => locksOf(place, mode)));
  if (outcome !== "granted") failMdl(outcome);
}

function familyOf(server: Server, tables: readonly Referring[]): readonly TablePlace[] {
  return tables.flatMap((table) => [
    ...table.foreignKeys.map((key) => ({ schema: key.refSchema, name: key.refTable })),
    ...server.catalog
      .referencing(table.schema, table.name)
      .map(({ child }) => ({ schema: child.schema, name: child.name })),
  ]);
}

function locksOf({ schema, name }: TablePlace, mode: MdlMode): MdlRequest[] {
  return [
    { key: schemaKey(schema), mode: "INTENTION_EXCLUSIVE", duration: "STATEMENT" },
    { key: tableKey(schema, name), mode, duration: "STATEMENT" },
  ];
}

/** A table that is about to have another name, and those that refer to that name already. */
export function familyOfRenamed(table: CatalogTable, to: TablePlace): readonly Referring[] {
  return [referring(table), { ...to, foreignKeys: [] }];
}

/** A table as `lockFamily` wants it. */
export function referring(table: CatalogTable): Referring {
  return { schema: table.schema, name: table.name, foreignKeys: table.info.foreignKeys };
}
