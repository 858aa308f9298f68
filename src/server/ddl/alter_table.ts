/**
 * ALTER TABLE, CREATE INDEX, DROP INDEX.
 *
 *     SHARED_UPGRADABLE on the table, EXCLUSIVE on a name #sql-...  ─▶  COPY: SHARED_NO_WRITE ─▶ EXCLUSIVE ─▶ done
 *
 * Reads and changes go on under SHARED_UPGRADABLE, so what stops an ALTER are transactions that have used the table, and
 * what stops later statements is the pending EXCLUSIVE.
 *
 * MySQL: sql/sql_table.cc: mysql_alter_table, mysql_inplace_alter_table, simple_rename_or_index_change.
 * Departure: INSTANT and INPLACE change the table at one moment, at the end, under EXCLUSIVE.
 */

import { append } from "../../base/lists.ts";
import type { AlterAction, AlterTable, CreateIndex, DropIndex } from "../../sql/ast_table.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { isNonTransactional } from "../catalog/engines.ts";
import { shadowName } from "../catalog/names.ts";
import type { Exec, ExecResult } from "../context.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import { tableKey } from "../mdl/keys.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { protectCopy } from "../session/open_tables.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { isStrictMode } from "../types/eval_env.ts";
import { checkAlgorithm, checkUsage, copyNeed, isInstant, movesStored } from "./alter_algorithm.ts";
import { copyTable, type TableCopy } from "./alter_copy.ts";
import { type AlterPlan, type Changed, changeInEngine } from "./alter_in_engine.ts";
import { type Alteration, alter } from "./alteration.ts";
import {
  lockCheckNames,
  lockDroppedForeignKeys,
  newForeignKeyNames,
  refuseOwnNames,
  refuseTakenNames,
} from "./constraint_names.ts";
import { catalogTable, draftOfTable } from "./draft.ts";
import { adoptAs, keepLockedAs, renameTable } from "./drop_table.ts";
import {
  adoptChildren,
  refuseBaseOfStored,
  refuseForChildren,
  refuseToCopyRenamed,
  renameInChildren,
  resolveForeignKeys,
} from "./foreign_keys.ts";
import { warnOfKeys } from "./key_warnings.ts";
import {
  lockTableNames,
  requireLocked,
  requireWriteLocked,
  type TablePlace,
  upgradeToExclusive,
} from "./name_locks.ts";
import {
  familyOfRenamed,
  lockFamily,
  lockForChange,
  lockForLooking,
  newParentLocks,
  requireLockedOrphans,
} from "./related_tables.ts";
import { done } from "./result.ts";
import { checkWhole, type DraftTable } from "./table_definition.ts";
import { addTemporaryTable, renameTemporaryTable, temporaryTable } from "./temporary.ts";

export function* alterTable(
  execution: StatementExecution,
  statement: AlterTable,
): Exec<ExecResult> {
  const { owner, server } = execution;
  checkUsage(statement);
  const place = {
    schema: schemaOf(owner, statement.name.schema?.text ?? null),
    name: statement.name.name.text,
  };
  const temporary = temporaryTable(owner, place.schema, place.name);
  if (temporary === null) yield* lockForAlter(execution, place);
  const table = temporary ?? server.catalog.table(place.schema, place.name);
  if (table === null) {
    if (!server.catalog.hasDatabase(place.schema))
      throw mysqlError("ER_BAD_DB_ERROR", place.schema);
    if (server.catalog.view(place.schema, place.name) !== null)
      throw mysqlError("ER_WRONG_OBJECT", `${place.schema}.${place.name}`, "BASE TABLE");
    throw mysqlError("ER_NO_SUCH_TABLE", place.schema, place.name);
  }
  const newPlace = renamedPlace(execution, place, statement.actions, temporary !== null);
  const changes = statement.actions.filter((action) => action.kind !== "renameTo");
  if (temporary !== null) {
    const result = yield* carryOut(execution, table, statement, { changes, newPlace: null });
    if (newPlace !== null) renameTemporaryTable(server, owner, place, newPlace);
    return result;
  }
  if (newPlace !== null) yield* lockNewName(execution, newPlace);
  if (changes.length === 0) {
    if (newPlace !== null) {
      requireLockedOrphans(execution, newPlace);
      yield* upgradeToExclusive(owner, place);
      yield* lockFamily(execution, familyOfRenamed(table, newPlace), "EXCLUSIVE");
      adoptAs(execution, table, newPlace, "rename");
      renameTable(execution, table, newPlace);
      yield* keepLockedAs(execution, place, newPlace);
    }
    return done();
  }
  const result = yield* carryOut(execution, table, statement, { changes, newPlace });
  if (newPlace !== null) {
    const altered = server.catalog.table(place.schema, place.name);
    if (altered !== null) renameTable(execution, altered, newPlace);
    yield* keepLockedAs(execution, place, newPlace);
  } else if (owner.lockedTables !== null) {
    owner.mdl.downgrade(tableKey(place.schema, place.name), "SHARED_NO_READ_WRITE");
  }
  return result;
}

export function createIndex(
  execution: StatementExecution,
  statement: CreateIndex,
): Exec<ExecResult> {
  const { span, type, name, parts, options } = statement;
  return alterBy(execution, statement, {
    kind: "addElement",
    span,
    element: { kind: "key", span, type, name, parts, options },
  });
}

export function dropIndex(execution: StatementExecution, statement: DropIndex): Exec<ExecResult> {
  const { span, name } = statement;
  const isPrimary = name.text.toUpperCase() === "PRIMARY";
  return alterBy(execution, statement, {
    kind: "dropKey",
    span,
    type: isPrimary ? "primary" : "index",
    name: isPrimary ? null : name,
  });
}

/** What has a statement of its own and is ALTER TABLE with one action. */
function alterBy(
  execution: StatementExecution,
  { span, table, algorithm, lock }: CreateIndex | DropIndex,
  action: AlterTable["actions"][number],
): Exec<ExecResult> {
  const statement = { kind: "alterTable", span, name: table, algorithm, lock } as const;
  return alterTable(execution, { ...statement, actions: [action] });
}

function* carryOut(
  execution: StatementExecution,
  table: CatalogTable,
  statement: AlterTable,
  work: { readonly changes: readonly AlterAction[]; readonly newPlace: TablePlace | null },
): Exec<ExecResult> {
  const { server, owner } = execution;
  const plan = planOf(execution, table, statement, work.changes);
  const { draft, copies } = plan;
  const { foreignKeys } = table.info;
  const { info, rows } = table.temporary
    ? changeInEngine(execution, table, plan)
    : yield* changeUnderLocks(execution, table, plan, work.newPlace);
  const rowVersions = rowVersionsAfter(table, plan);
  const altered = { ...catalogTable(draft, info, table.createdMs), rowVersions };
  if (altered.temporary) addTemporaryTable(owner, altered);
  else {
    server.catalog.put(altered, altered.name === table.name ? foreignKeys : []);
    server.catalog.cacheDefinition(altered.schema, altered.name);
    renameInChildren(server, table, plan.alteration.renamed);
    // MySQL: adjust_fk_children_after_parent_def_change.
    for (const { child } of server.catalog.referencing(altered.schema, altered.name)) {
      if (child.name !== altered.name || child.schema !== altered.schema)
        server.catalog.forgetDefinition(child.schema, child.name);
    }
  }
  const copied = copies ? rows : 0;
  return done(copied, `Records: ${copied}  Duplicates: 0  Warnings: ${owner.warnings.length}`);
}

function planOf(
  execution: StatementExecution,
  table: CatalogTable,
  statement: AlterTable,
  changes: readonly AlterAction[],
): AlterPlan {
  const { server, owner } = execution;
  const { schema, name } = table;
  if (changes.some(validates) && !changes.some(writesColumn)) {
    throw mysqlError("ER_WRONG_USAGE", "ALTER", "WITH VALIDATION");
  }
  const draft = draftOfTable(table, { schema, name, withForeignKeys: true });
  const alteration = alter(server, execution, table, draft, changes);
  checkWhole(draft, true);
  if (table.engine === "InnoDB" && changes.some(switchesKeys)) {
    execution.warn(mysqlWarning("Note", "ER_ILLEGAL_HA", name));
  }
  warnOfKeys(
    execution,
    draft,
    table.info.indexes.map((index) => index.name),
  );
  resolveForeignKeys(server, owner, draft, table.info.foreignKeys);
  refuseForChildren(server, owner, draft, alteration.renamed);
  const need = copyNeed(table, draft, alteration, {
    isStrict: isStrictMode(execution),
    checksForeignKeys: owner.variables.isOn("foreign_key_checks"),
  });
  const isEmpty = table.engine === "InnoDB" && server.engine.isEmpty(table.info.id);
  const change = { table, draft, alteration, isEmpty };
  checkAlgorithm(statement, need, change);
  // A temporary table is always copied.
  const copies = table.temporary || need !== null || statement.algorithm === "copy";
  if (copies) refuseToCopyRenamed(server, table, alteration.renamed);
  refuseBaseOfStored(draft, table.info.foreignKeys, copies);
  return {
    statement,
    draft,
    alteration,
    copies,
    isInstant: !copies && isInstant(statement, change),
  };
}

/** InnoDB: dict_table_t::current_row_version: a table that is made anew begins at none. */
function rowVersionsAfter(
  table: CatalogTable,
  { draft, alteration, copies, isInstant }: AlterPlan,
): number {
  const { rowVersions = 0 } = table;
  if (isInstant) return rowVersions + (movesStored(table, draft, alteration) ? 1 : 0);
  return copies || alteration.rebuilds ? 0 : rowVersions;
}

function validates(action: AlterAction): boolean {
  return action.kind === "simpleAlter" && /Validation$/.test(action.action);
}

function writesColumn({ kind }: AlterAction): boolean {
  return kind === "addColumn" || kind === "changeColumn" || kind === "modifyColumn";
}

/** ENABLE and DISABLE KEYS are MyISAM's. */
function switchesKeys(action: AlterAction): boolean {
  return action.kind === "simpleAlter" && /Keys$/.test(action.action);
}

function* changeUnderLocks(
  execution: StatementExecution,
  table: CatalogTable,
  plan: AlterPlan,
  newPlace: TablePlace | null,
): Exec<Changed> {
  const { server, owner } = execution;
  const { draft, alteration, copies } = plan;
  const key = tableKey(table.schema, table.name);
  yield* lockForLooking(execution, draft, table, newPlace);
  if (newPlace !== null) adoptChildren(server, owner, { ...draft, ...newPlace }, "alter");
  yield* lockCheckNames(execution, draft, table);
  yield* lockDroppedForeignKeys(execution, draft, table);
  yield* lockShadowName(execution, table);
  const wantsShared = copies || plan.statement.lock === "shared";
  // What is done in place, but not instantly, begins under EXCLUSIVE, then lets others go on until it ends.
  const isPrepared = !copies && !plan.isInstant;
  if (isPrepared) yield* upgradeToExclusive(owner, table);
  else if (wantsShared && owner.lockedTables === null) {
    const outcome = yield* owner.mdl.upgrade(key, "SHARED_NO_WRITE");
    if (outcome !== "granted") failMdl(outcome);
  }
  const requests = newForeignKeyNames(draft, table, newPlace);
  if (copies) append(requests, newParentLocks(draft, table, "SHARED_READ_ONLY"));
  const outcome = yield* owner.mdl.acquireAll(requests);
  if (outcome !== "granted") failMdl(outcome);
  refuseTakenNames(server, draft, table);
  refuseOwnNames(plan.statement.actions, table);
  const isOnline = isPrepared && owner.lockedTables === null;
  if (isOnline && plan.statement.lock !== "exclusive") {
    owner.mdl.downgrade(key, wantsShared ? "SHARED_NO_WRITE" : "SHARED_UPGRADABLE");
  }
  const copy = copies ? yield* makeCopy(execution, table, draft, alteration) : null;
  if (isPrepared && alteration.rebuilds) yield* protectCopy(owner);
  try {
    yield* upgradeToExclusive(owner, table);
    if (copies && !isNonTransactional(draft.engine)) yield* protectCopy(owner);
    yield* lockForChange(execution, draft, table, newPlace);
  } catch (error) {
    copy?.abandon();
    throw error;
  }
  if (copy === null) return changeInEngine(execution, table, plan);
  return { info: copy.finish(), rows: copy.rows };
}

function* makeCopy(
  execution: StatementExecution,
  table: CatalogTable,
  draft: DraftTable,
  alteration: Alteration,
): Exec<TableCopy> {
  if (!isNonTransactional(draft.engine)) yield* protectCopy(execution.owner);
  return yield* copyTable(execution, table, draft, alteration);
}

function* lockForAlter(execution: StatementExecution, place: TablePlace): Exec<void> {
  const { owner } = execution;
  const { lockedTables } = owner;
  if (lockedTables === null) {
    yield* lockTableNames(owner, [place], "SHARED_UPGRADABLE");
    return;
  }
  requireWriteLocked(owner, place);
  // It is opened by its own name: that another alias is locked does not help.
  requireLocked(owner, place);
}

/** The name under which the altered table is built. */
function* lockShadowName(execution: StatementExecution, table: CatalogTable): Exec<void> {
  const { owner } = execution;
  const outcome = yield* owner.mdl.acquire({
    key: tableKey(table.schema, shadowName(owner)),
    mode: "EXCLUSIVE",
    duration: "STATEMENT",
  });
  if (outcome !== "granted") failMdl(outcome);
}

function renamedPlace(
  execution: StatementExecution,
  place: TablePlace,
  actions: readonly AlterAction[],
  isTemporary: boolean,
): TablePlace | null {
  const rename = actions.findLast((action) => action.kind === "renameTo");
  if (rename === undefined) return null;
  const schema = rename.name.schema?.text ?? place.schema;
  const name = rename.name.name.text;
  if (schema === place.schema && name === place.name) return null;
  const { server, owner } = execution;
  const present = isTemporary
    ? temporaryTable(owner, schema, name)
    : server.catalog.table(schema, name);
  if (present !== null) throw mysqlError("ER_TABLE_EXISTS_ERROR", name);
  if (!server.catalog.hasDatabase(schema)) throw mysqlError("ER_BAD_DB_ERROR", schema);
  return { schema, name };
}

function* lockNewName(execution: StatementExecution, place: TablePlace): Exec<void> {
  const { owner } = execution;
  const outcome = yield* owner.mdl.acquire({
    key: tableKey(place.schema, place.name),
    mode: "EXCLUSIVE",
    duration: "TRANSACTION",
  });
  if (outcome !== "granted") failMdl(outcome);
}
