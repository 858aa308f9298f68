/**
 * CREATE DATABASE, DROP DATABASE, USE.
 *
 * MySQL: sql/sql_db.cc: mysql_create_db, mysql_rm_db, mysql_change_db; sql/lock.cc: lock_schema_name.
 */
import type { Use } from "../../sql/ast.ts";
import type { CreateDatabase, DropDatabase } from "../../sql/ast_table.ts";
import { isSystemSchema } from "../catalog/catalog.ts";
import { engineOf } from "../catalog/engine_tables.ts";
import type { Exec, ExecResult } from "../context.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import { BACKUP_KEY, GLOBAL_KEY, schemaKey, tableKey } from "../mdl/keys.ts";
import { failMdl } from "../session/mdl_failure.ts";
import type { Session } from "../session/session.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { charsetOf } from "../types/character_sets.ts";
import { warnOfCharsetOptions } from "./charset_warnings.ts";
import { declaredCollation } from "./collations.ts";
import { refuseToDropParent } from "./foreign_keys.ts";
import { done } from "./result.ts";

export function* createDatabase(
  execution: StatementExecution,
  statement: CreateDatabase,
): Exec<ExecResult> {
  const { server, owner } = execution;
  const name = statement.name.text;
  yield* lockSchemaName(owner, name);
  if (server.catalog.hasDatabase(name)) {
    if (!statement.ifNotExists) throw mysqlError("ER_DB_CREATE_EXISTS", name);
    execution.warn(mysqlWarning("Note", "ER_DB_CREATE_EXISTS", name));
    return done(1);
  }
  const option = (wanted: string) =>
    statement.options.find((known) => known.name === wanted)?.value ?? null;
  warnOfCharsetOptions(execution, statement.options);
  const collation = declaredCollation(option("charset"), option("collate"));
  server.catalog.addDatabase(name, charsetOf(collation), collation);
  return done(1);
}

export function* dropDatabase(
  execution: StatementExecution,
  statement: DropDatabase,
): Exec<ExecResult> {
  const { server, owner } = execution;
  const name = statement.name.text;
  yield* lockSchemaName(owner, name);
  if (isSystemSchema(name)) {
    throw mysqlError("ER_DBACCESS_DENIED_ERROR", "root", "localhost", name);
  }
  if (server.catalog.database(name) === null) {
    if (!statement.ifExists) throw mysqlError("ER_DB_DROP_EXISTS", name);
    execution.warn(mysqlWarning("Note", "ER_DB_DROP_EXISTS", name));
    return done();
  }
  const tables = server.catalog.tablesIn(name);
  const outcome = yield* owner.mdl.acquireAll(
    tables.map((table) => ({
      key: tableKey(table.schema, table.name),
      mode: "EXCLUSIVE" as const,
      duration: "TRANSACTION" as const,
    })),
  );
  if (outcome !== "granted") failMdl(outcome);
  for (const table of tables) refuseToDropParent(server, owner, table, tables);
  for (const table of tables) {
    engineOf(server, table).dropTable(table.info.id, "drop");
    server.catalog.remove(table);
    server.shownStats.forget(table);
  }
  server.catalog.removeDatabase(name);
  server.procedures.removeSchema(name);
  server.functions.removeSchema(name);
  if (owner.database === name) {
    owner.database = "";
    owner.publish("the default database was dropped");
  }
  return done(tables.length);
}

/** Throws 1049. */
export function changeDatabase(execution: StatementExecution, statement: Use): ExecResult {
  const { server, owner } = execution;
  const name = statement.database.text;
  if (!server.catalog.hasDatabase(name)) throw mysqlError("ER_BAD_DB_ERROR", name);
  owner.database = isSystemSchema(name) ? name.toLowerCase() : name;
  owner.changes.schema(owner.database);
  owner.publish("USE");
  return done();
}

function* lockSchemaName(session: Session, name: string): Exec<void> {
  if (session.lockedTables !== null) throw mysqlError("ER_LOCK_OR_ACTIVE_TRANSACTION");
  if (session.trxReadOnly) throw mysqlError("ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION");
  if (session.holdsGlobalReadLock) throw mysqlError("ER_CANT_UPDATE_WITH_READLOCK");
  const outcome = yield* session.mdl.acquireAll([
    { key: GLOBAL_KEY, mode: "INTENTION_EXCLUSIVE", duration: "STATEMENT" },
    { key: BACKUP_KEY, mode: "INTENTION_EXCLUSIVE", duration: "TRANSACTION" },
    { key: schemaKey(name), mode: "EXCLUSIVE", duration: "TRANSACTION" },
  ]);
  if (outcome !== "granted") failMdl(outcome);
}
