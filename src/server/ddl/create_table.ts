/**
 * CREATE TABLE, with LIKE and with SELECT.
 *
 * A CREATE TABLE first takes a weak lock on the name: a table that is there already, even in use, is seen at once (1050, or a
 * note with IF NOT EXISTS); only for a name that is free does it become EXCLUSIVE.
 *
 * MySQL: sql/sql_table.cc: mysql_create_table, mysql_create_like_table; sql/sql_insert.cc: Query_result_create;
 * sql/sql_base.cc: open_table (OPEN_FOR_CREATE).
 */
import { settled } from "../../base/answer.ts";
import type { Query } from "../../sql/ast_query.ts";
import type { CreateTable, CreateTableLike } from "../../sql/ast_table.ts";
import { type CatalogTable, isSystemSchema } from "../catalog/catalog.ts";
import { createEngineTable, engineOf } from "../catalog/engine_tables.ts";
import { isNonTransactional } from "../catalog/engines.ts";
import type { Answer, Exec, ExecResult } from "../context.ts";
import { mysqlError, mysqlWarning, notSupported } from "../errors.ts";
import { selecting } from "../exec/read_views.ts";
import { fillFromQuery, queryColumns } from "../session/executor.ts";
import { openNames } from "../session/open_names.ts";
import { openTables, protectCopy } from "../session/open_tables.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { Session } from "../session/session.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import type { TableUse } from "../session/table_use.ts";
import { refuseTakenNames } from "./constraint_names.ts";
import { catalogTable, completeDraft, draftOfCreate, draftOfTable } from "./draft.ts";
import { adoptChildren, refuseBaseOfStored, resolveForeignKeys } from "./foreign_keys.ts";
import { warnOfKeys } from "./key_warnings.ts";
import {
  lockTableNames,
  requireLocked,
  type TablePlace,
  upgradeToExclusive,
} from "./name_locks.ts";
import { lockFamily, lockForFilling, referring } from "./related_tables.ts";
import { done } from "./result.ts";
import type { DraftTable } from "./table_definition.ts";
import {
  addTemporaryTable,
  dropTemporaryTable,
  refuseTemporaryInXa,
  temporaryTable,
} from "./temporary.ts";

export function* createTable(
  execution: StatementExecution,
  written: CreateTable,
): Exec<ExecResult> {
  const { server, owner } = execution;
  if (written.partitioned) throw notSupported("PARTITION BY");
  const place = placeOf(execution, written.name);
  if (written.temporary) return yield* createTemporaryTable(execution, written, place);
  if (!(yield* claimName(execution, place, written.ifNotExists))) return done();
  const draft = draftOfCreate(server, execution, written, place);
  const statement = yield* withColumns(execution, draft, written);
  warnOfKeys(execution, draft, []);
  if (statement.query === null) yield* lockFamily(execution, [draft], "EXCLUSIVE");
  else {
    yield* lockForFilling(execution, draft);
    if (!isNonTransactional(draft.engine)) yield* protectCopy(owner);
  }
  resolveForeignKeys(server, owner, draft);
  refuseBaseOfStored(draft, [], true);
  adoptChildren(server, owner, draft, "create");
  refuseTakenNames(server, draft, null);
  const info = createEngineTable(server, draft);
  const table = catalogTable(draft, info, server.log.nowMs);
  server.catalog.put(table, []);
  if (statement.query === null) return done();
  return yield* fill(execution, statement, table);
}

/** The draft gets the columns of the query, whose tables are opened. The answer is the statement about them. */
function* withColumns(
  execution: StatementExecution,
  draft: DraftTable,
  written: CreateTable,
): Exec<CreateTable> {
  if (written.query === null) {
    completeDraft(draft, written, []);
    return written;
  }
  const query = yield* openSources(execution, written.query, draft);
  completeDraft(draft, written, yield* queryColumns(execution, query));
  return { ...written, query };
}

/** The query about tables, open; none of them may be locked for a change (MySQL: Query_result_create::prepare). */
function* openSources(execution: StatementExecution, query: Query, place: TablePlace): Exec<Query> {
  const { statement, uses } = yield* openNames(execution, selecting(query));
  const changed = uses.find(({ lock }) => lock === "write");
  if (changed !== undefined) {
    throw mysqlError("ER_CANT_UPDATE_TABLE_IN_CREATE_TABLE_SELECT", changed.name, place.name);
  }
  return statement.query;
}

/** Runs the query into the new table, which is gone again when that fails (MySQL: Query_result_create::abort_result_set). */
function* fill(
  execution: StatementExecution,
  statement: CreateTable,
  table: CatalogTable,
): Exec<ExecResult> {
  const { server, owner } = execution;
  // It takes long to make a table: whom the commit before woke has gone on when the query begins.
  server.scheduler.letWokenGoOn();
  try {
    const filled = yield* fillFromQuery(execution, statement, table);
    // Only now are the definitions of the tables that foreign keys tie to it changed.
    if (!table.temporary) yield* lockFamily(execution, [referring(table)], "EXCLUSIVE");
    return filled;
  } catch (error) {
    if (owner.trx !== null) server.engine.rollbackStatement(owner.trx);
    if (table.temporary) dropTemporaryTable(server, owner, table);
    else {
      engineOf(server, table).dropTable(table.info.id, "drop");
      server.catalog.remove(table);
    }
    throw error;
  }
}

export function* createTableLike(
  execution: StatementExecution,
  statement: CreateTableLike,
): Exec<ExecResult> {
  const { server, owner } = execution;
  const place = placeOf(execution, statement.name);
  const { schema, name } = placeOf(execution, statement.like);
  const use: TableUse = { schema, name, alias: name, lock: "read", changes: [] };
  const openSource = () => openTables(server, owner, [use]);
  if (statement.temporary) {
    if (owner.trxReadOnly) throw mysqlError("ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION");
  } else {
    const isNew = yield* claimName(execution, place, statement.ifNotExists, openSource);
    if (!isNew) return done();
  }
  yield* settled(openSource());
  const original = temporaryTable(owner, schema, name) ?? server.catalog.table(schema, name);
  if (original === null) throw mysqlError("ER_NO_SUCH_TABLE", schema, name);
  if (statement.temporary && isOwnTemporary(execution, place, statement.ifNotExists)) return done();
  const draft = draftOfTable(original, { ...place, withForeignKeys: false });
  draft.temporary = statement.temporary;
  draft.autoIncrement = 1n;
  // MySQL: prepare_check_constraints_for_create_like_table: all of them get names that the server makes up.
  draft.checks = draft.checks.map((check, at) => ({
    ...check,
    name: `${place.name}_chk_${at + 1}`,
  }));
  draft.keys = draft.keys.map((key) => ({ ...key, isGenerated: false }));
  if (!statement.temporary) {
    yield* lockFamily(execution, [draft], "EXCLUSIVE");
    adoptChildren(server, owner, draft, "create");
  }
  const info = createEngineTable(server, draft);
  const table = catalogTable(draft, info, server.log.nowMs);
  if (table.temporary) keepTemporary(owner, table);
  else server.catalog.put(table, []);
  return done();
}

/** True when the session has such a temporary table, and that is no error. */
function isOwnTemporary(
  execution: StatementExecution,
  place: TablePlace,
  ifNotExists: boolean,
): boolean {
  if (temporaryTable(execution.owner, place.schema, place.name) === null) return false;
  if (!ifNotExists) throw mysqlError("ER_TABLE_EXISTS_ERROR", place.name);
  execution.warn(mysqlWarning("Note", "ER_TABLE_EXISTS_ERROR", place.name));
  return true;
}

/** A ROLLBACK warns that the table stays (1751). */
function keepTemporary(owner: Session, table: CatalogTable): void {
  addTemporaryTable(owner, table);
  if (owner.inMultiStatement) owner.createdTemporaryTable = true;
}

/** False when the table is there and that is no error. */
function* claimName(
  execution: StatementExecution,
  place: TablePlace,
  ifNotExists: boolean,
  openSource: (() => Answer<unknown>) | null = null,
): Exec<boolean> {
  const { server, owner } = execution;
  if (owner.trxReadOnly) throw mysqlError("ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION");
  if (owner.lockedTables === null) yield* lockTableNames(owner, [place], "SHARED");
  else requireLocked(owner, place);
  if (!server.catalog.hasDatabase(place.schema)) throw mysqlError("ER_BAD_DB_ERROR", place.schema);
  if (isSystemSchema(place.schema)) {
    throw mysqlError("ER_DBACCESS_DENIED_ERROR", "root", "localhost", place.schema);
  }
  if (server.catalog.hasName(place.schema, place.name)) {
    // It is opened, as any other.
    server.catalog.cacheDefinition(place.schema, place.name);
    if (openSource !== null) yield* settled(openSource());
    if (!ifNotExists) throw mysqlError("ER_TABLE_EXISTS_ERROR", place.name);
    execution.warn(mysqlWarning("Note", "ER_TABLE_EXISTS_ERROR", place.name));
    return false;
  }
  yield* upgradeToExclusive(owner, place);
  return true;
}

function* createTemporaryTable(
  execution: StatementExecution,
  written: CreateTable,
  place: TablePlace,
): Exec<ExecResult> {
  const { server, owner } = execution;
  if (owner.trxReadOnly) throw mysqlError("ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION");
  refuseTemporaryInXa(owner);
  if (!server.catalog.hasDatabase(place.schema)) throw mysqlError("ER_BAD_DB_ERROR", place.schema);
  if (temporaryTable(owner, place.schema, place.name) !== null) {
    // The tables that it would be filled from are open by then.
    if (written.query !== null) yield* openNames(execution, selecting(written.query));
    isOwnTemporary(execution, place, written.ifNotExists);
    return done();
  }
  const draft = draftOfCreate(server, execution, written, place);
  const statement = yield* withColumns(execution, draft, written);
  resolveForeignKeys(server, owner, draft);
  const info = createEngineTable(server, draft);
  const table = catalogTable(draft, info, server.log.nowMs);
  keepTemporary(owner, table);
  return statement.query === null ? done() : yield* fill(execution, statement, table);
}

function placeOf(execution: StatementExecution, name: CreateTable["name"]): TablePlace {
  return { schema: schemaOf(execution.owner, name.schema?.text ?? null), name: name.name.text };
}
