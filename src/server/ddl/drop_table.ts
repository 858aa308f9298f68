/**
 * DROP TABLE, TRUNCATE TABLE, RENAME TABLE.
 *
 * MySQL: sql/sql_table.cc: mysql_rm_table; sql/sql_truncate.cc: Sql_cmd_truncate_table; sql/sql_rename.cc.
 */
import type { TableName } from "../../sql/ast.ts";
import type { DropTable, RenameTable, TruncateTable } from "../../sql/ast_table.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { createEngineTable, engineOf } from "../catalog/engine_tables.ts";
import { sameName } from "../catalog/names.ts";
import type { Exec, ExecResult } from "../context.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import { notUpdatable } from "../exec/target_check.ts";
import { schemaKey, tableKey } from "../mdl/keys.ts";
import { hasVirtualTable, virtualTable } from "../schema_tables/virtual_tables.ts";
import type { Server } from "../server.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { Session } from "../session/session.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { nameAfterRename } from "./constraint_names.ts";
import { catalogTable, draftOfTable } from "./draft.ts";
import {
  type Adoption,
  adoptChildren,
  refuseToDropParent,
  refuseToTruncateParent,
} from "./foreign_keys.ts";
import {
  lockTableNames,
  requireWriteLocked,
  type TablePlace,
  upgradeToExclusive,
} from "./name_locks.ts";
import { familyOfRenamed, lockFamily, referring } from "./related_tables.ts";
import { done } from "./result.ts";
import { dropTemporaryTable, temporaryTable } from "./temporary.ts";

export function* dropTables(execution: StatementExecution, statement: DropTable): Exec<ExecResult> {
  const { server, owner } = execution;
  if (statement.temporary && owner.trxReadOnly)
    throw mysqlError("ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION");
  const places = statement.tables.map((name) => placeOf(execution, name));
  rejectRepeated(places);
  for (const { schema, name } of places) {
    if (hasVirtualTable(schema, name)) throw notUpdatable({ schema, name }, "DROP");
  }
  const isTemporary = (place: TablePlace) => temporaryTable(owner, place.schema, place.name);
  const base = places.filter((place) => isTemporary(place) === null);
  if (!statement.temporary && base.length > 0) yield* lockForDrop(execution, base);
  const found: CatalogTable[] = [];
  const missing: TablePlace[] = [];
  for (const place of places) {
    const temporary = isTemporary(place);
    const table =
      temporary ?? (statement.temporary ? null : server.catalog.table(place.schema, place.name));
    if (table === null) missing.push(place);
    else found.push(table);
  }
  const missingText = missing.map((place) => `${place.schema}.${place.name}`).join(",");
  if (missing.length > 0 && !statement.ifExists)
    throw mysqlError("ER_BAD_TABLE_ERROR", missingText);
  for (const { schema, name } of missing) {
    execution.warn(mysqlWarning("Note", "ER_BAD_TABLE_ERROR", `${schema}.${name}`));
  }
  yield* lockFamily(
    execution,
    found.filter((table) => !table.temporary).map(referring),
    "EXCLUSIVE",
  );
  for (const table of found) {
    if (!table.temporary) refuseToDropParent(server, owner, table, found);
  }
  for (const table of found) {
    if (table.temporary) {
      dropTemporaryTable(server, owner, table);
      owner.droppedTemporaryTable ||= owner.inMultiStatement;
    } else {
      engineOf(server, table).dropTable(table.info.id, "drop");
      server.catalog.remove(table);
      server.shownStats.forget(table);
    }
  }
  forgetLocked(
    execution,
    found.filter((table) => !table.temporary),
  );
  return done();
}

export function* truncateTable(
  execution: StatementExecution,
  statement: TruncateTable,
): Exec<ExecResult> {
  const { server, owner } = execution;
  const place = placeOf(execution, statement.table);
  if (emptyVirtual(server, owner, place)) return done();
  const temporary = temporaryTable(owner, place.schema, place.name);
  if (temporary === null) yield* lockForTruncate(execution, place);
  const table = temporary ?? server.catalog.table(place.schema, place.name);
  if (table === null) throw mysqlError("ER_NO_SUCH_TABLE", place.schema, place.name);
  try {
    if (temporary === null) refuseToTruncateParent(server, owner, table);
  } finally {
    if (owner.lockedTables !== null && temporary === null) {
      owner.mdl.downgrade(tableKey(place.schema, place.name), "SHARED_NO_READ_WRITE");
    }
  }
  const draft = { ...draftOfTable(table, { ...place, withForeignKeys: true }), autoIncrement: 1n };
  engineOf(server, table).dropTable(table.info.id, "truncate");
  const info = createEngineTable(server, draft);
  const fresh = catalogTable(draft, info, table.createdMs);
  if (temporary !== null) owner.temporaryTables.set(`${place.schema}\0${place.name}`, fresh);
  else {
    server.catalog.put(fresh);
    // Under LOCK TABLES it is opened again.
    if (owner.lockedTables !== null) server.catalog.cacheDefinition(place.schema, place.name);
  }
  return done();
}

/** Tables of performance_schema that hold what was: those can be emptied. Throws 1044 and 1142. */
function emptyVirtual(server: Server, owner: Session, { schema, name }: TablePlace): boolean {
  const table = virtualTable(server, owner, schema, name);
  if (table === null) return false;
  if (table.empty === null) throw notUpdatable({ schema, name }, "DROP");
  table.empty();
  return true;
}

export function* renameTables(
  execution: StatementExecution,
  statement: RenameTable,
): Exec<ExecResult> {
  const { server, owner } = execution;
  const pairs = statement.pairs.map((pair) => ({
    from: placeOf(execution, pair.from),
    to: placeOf(execution, pair.to),
  }));
  if (owner.lockedTables !== null) {
    const made = new Set<string>();
    for (const { from, to } of pairs) {
      if (!made.has(keyOf(from))) requireWriteLocked(owner, from);
      made.add(keyOf(to));
      for (const { child } of server.catalog.referencing(to.schema, to.name)) {
        requireWriteLocked(owner, child);
      }
    }
  }
  yield* lockTableNames(
    owner,
    pairs.flatMap(({ from, to }) => [from, to]),
    "EXCLUSIVE",
  );
  // MySQL: tdc_remove_table: even where nothing is renamed then.
  for (const { schema, name } of pairs.flatMap(({ from, to }) => [from, to])) {
    server.catalog.forgetDefinition(schema, name);
  }
  const renamed: { readonly from: TablePlace; readonly to: TablePlace }[] = [];
  for (const { from, to } of checkedRenames(execution, pairs)) {
    const table = server.catalog.table(from.schema, from.name);
    if (table === null) {
      renameView(execution, from, to);
      renamed.push({ from, to });
      continue;
    }
    yield* lockFamily(execution, familyOfRenamed(table, to), "EXCLUSIVE");
    try {
      adoptAs(execution, table, to, "rename");
    } catch (error) {
      for (const pair of renamed.reverse()) moveTable(execution, pair.to, pair.from);
      throw error;
    }
    renameTable(execution, table, to);
    renamed.push({ from, to });
  }
  if (owner.lockedTables === null) return done();
  for (const { from, to } of pairs) yield* keepLockedAs(execution, from, to);
  for (const schema of new Set(pairs.map(({ to }) => to.schema))) {
    const outcome = yield* owner.mdl.keepingUntilUnlock(
      owner.mdl.acquire({
        key: schemaKey(schema),
        mode: "INTENTION_EXCLUSIVE",
        duration: "EXPLICIT",
      }),
    );
    if (outcome !== "granted") failMdl(outcome);
  }
  return done();
}

function moveTable(execution: StatementExecution, from: TablePlace, to: TablePlace): void {
  const table = execution.server.catalog.table(from.schema, from.name);
  if (table === null) renameView(execution, from, to);
  else renameTable(execution, table, to);
}

function renameView({ server }: StatementExecution, from: TablePlace, to: TablePlace): void {
  const view = server.catalog.view(from.schema, from.name);
  if (view === null) return;
  server.catalog.removeView(view);
  server.catalog.putView({ ...view, ...to });
}

/** The table is about to be called so: foreign keys that wait for a parent of that name get it. */
export function adoptAs(
  { server, owner }: StatementExecution,
  table: CatalogTable,
  to: TablePlace,
  how: Adoption,
): void {
  for (const { name } of [...table.info.foreignKeys, ...table.checks]) {
    nameAfterRename(name, table.name, to.name);
  }
  if (server.catalog.referencing(to.schema, to.name).length === 0) return;
  adoptChildren(server, owner, draftOfTable(table, { ...to, withForeignKeys: true }), how, table);
}

/** Under LOCK TABLES the table is locked under its new name from now on. */
export function* keepLockedAs(
  execution: StatementExecution,
  from: TablePlace,
  to: TablePlace,
): Exec<void> {
  const { owner } = execution;
  if (owner.lockedTables === null) return;
  const isRenamed = (place: TablePlace) => place.schema === from.schema && place.name === from.name;
  owner.lockedTables = owner.lockedTables.map((entry) =>
    isRenamed(entry)
      ? { ...entry, ...to, alias: entry.alias === entry.name ? to.name : entry.alias }
      : entry,
  );
  owner.mdl.releaseKey(tableKey(from.schema, from.name));
  const outcome = yield* owner.mdl.keepingUntilUnlock(
    owner.mdl.acquire({
      key: tableKey(to.schema, to.name),
      mode: "SHARED_NO_READ_WRITE",
      duration: "EXPLICIT",
    }),
  );
  if (outcome !== "granted") failMdl(outcome);
}

function keyOf(place: TablePlace): string {
  return `${place.schema}\0${place.name}`;
}

/** Gives a table another name, and foreign keys that point at it their parent's new name. */
export function renameTable(
  execution: StatementExecution,
  table: CatalogTable,
  to: TablePlace,
): void {
  const { server } = execution;
  const { catalog } = server;
  const engine = engineOf(server, table);
  const children = catalog.referencing(table.schema, table.name);
  engine.renameTable(table.info.id, to.schema, to.name);
  const triggers = catalog.triggersOf(table.schema, table.name);
  catalog.remove(table);
  const checks = table.checks.map((check) => ({
    ...check,
    name: nameAfterRename(check.name, table.name, to.name),
  }));
  catalog.put({ ...table, ...to, checks, info: engine.tableInfo(table.info.id) }, []);
  if (triggers.length > 0) {
    const moved = triggers.map((one) => ({ ...one, schema: to.schema, table: to.name }));
    catalog.setTriggers(to.schema, to.name, moved);
  }
  for (const { child } of children) {
    const isSelf = child.info.id === table.info.id;
    if (!isSelf) catalog.put({ ...child, info: server.engine.tableInfo(child.info.id) });
  }
}

/** MySQL does the pairs one after the other and takes all back when one fails; here they are tried first. */
function checkedRenames<T extends { readonly from: TablePlace; readonly to: TablePlace }>(
  execution: StatementExecution,
  pairs: readonly T[],
): readonly T[] {
  const { catalog } = execution.server;
  const names = new Set(catalog.allTables().map(keyOf));
  const views = new Set(pairs.flatMap(({ from }) => catalog.viewsIn(from.schema)).map(keyOf));
  for (const view of views) names.add(view);
  for (const { from, to } of pairs) {
    if (names.has(keyOf(to))) throw mysqlError("ER_TABLE_EXISTS_ERROR", to.name);
    if (!catalog.hasDatabase(from.schema)) throw mysqlError("ER_BAD_DB_ERROR", from.schema);
    if (!names.has(keyOf(from))) throw mysqlError("ER_NO_SUCH_TABLE", from.schema, from.name);
    if (!catalog.hasDatabase(to.schema)) throw mysqlError("ER_BAD_DB_ERROR", to.schema);
    if (from.schema !== to.schema && views.has(keyOf(from)))
      throw mysqlError("ER_FORBID_SCHEMA_CHANGE", from.schema, to.schema);
    names.delete(keyOf(from));
    names.add(keyOf(to));
  }
  return pairs;
}

function* lockForDrop(execution: StatementExecution, places: readonly TablePlace[]): Exec<void> {
  const { owner } = execution;
  if (owner.lockedTables === null) {
    yield* lockTableNames(owner, places, "EXCLUSIVE");
    return;
  }
  for (const place of places) {
    requireWriteLocked(owner, place);
    yield* upgradeToExclusive(owner, place);
  }
}

/** TRUNCATE looks the schema up before it locks anything else. */
function* lockForTruncate(execution: StatementExecution, place: TablePlace): Exec<void> {
  const { owner, server } = execution;
  const key = schemaKey(place.schema);
  const isNew = !owner.mdl.owns(key, "INTENTION_EXCLUSIVE");
  if (isNew) {
    const outcome = yield* owner.mdl.acquire({
      key,
      mode: "INTENTION_EXCLUSIVE",
      duration: "EXPLICIT",
    });
    if (outcome !== "granted") failMdl(outcome);
  }
  try {
    if (owner.lockedTables === null) yield* lockTableNames(owner, [place], "EXCLUSIVE");
    else {
      requireWriteLocked(owner, place);
      // A view is locked and is no table that could be upgraded.
      if (server.catalog.view(place.schema, place.name) !== null) {
        throw mysqlError("ER_TABLE_NOT_LOCKED", place.name);
      }
      yield* upgradeToExclusive(owner, place);
    }
  } finally {
    if (isNew) owner.mdl.releaseOneExplicit(key);
  }
}

/** Under LOCK TABLES the locks of dropped tables go; with the last of them, LOCK TABLES ends. */
function forgetLocked(execution: StatementExecution, tables: readonly CatalogTable[]): void {
  const { server, owner } = execution;
  if (owner.lockedTables === null) return;
  // A table that has lost its parent stays locked with the parent's name.
  const isParent = ({ schema, name }: CatalogTable) =>
    server.catalog.referencing(schema, name).length > 0;
  for (const table of tables) {
    if (!isParent(table)) owner.mdl.releaseKey(tableKey(table.schema, table.name));
  }
  const left = owner.lockedTables.filter(
    (entry) => !tables.some((table) => table.schema === entry.schema && table.name === entry.name),
  );
  owner.lockedTables = left;
  // A view that is left is no table.
  if (left.some(({ schema, name }) => server.catalog.table(schema, name) !== null)) return;
  if (tables.some(isParent)) return;
  owner.lockedTables = null;
  owner.mdl.makeTablesTransactional();
}

function rejectRepeated(places: readonly TablePlace[]): void {
  for (const [at, place] of places.entries()) {
    const first = places.findIndex(
      (other) => other.schema === place.schema && sameName(other.name, place.name),
    );
    if (first < at) throw mysqlError("ER_NONUNIQ_TABLE", place.name);
  }
}

function placeOf(execution: StatementExecution, name: TableName): TablePlace {
  return { schema: schemaOf(execution.owner, name.schema?.text ?? null), name: name.name.text };
}
