/**
 * CREATE DATABASE, ALTER DATABASE, DROP DATABASE, USE.
 *
 * MySQL: sql/sql_db.cc: mysql_create_db, mysql_rm_db, mysql_change_db; sql/lock.cc: lock_schema_name.
 */
import type { Use } from "../../sql/ast.ts";
import type {
  AlterDatabase,
  CreateDatabase,
  DropDatabase,
  TableOption,
} from "../../sql/ast_table.ts";
import { isSystemSchema } from "../catalog/catalog.ts";
import { engineOf } from "../catalog/engine_tables.ts";
import type { Exec, ExecResult } from "../context.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import { BACKUP_KEY, GLOBAL_KEY, schemaKey, tableKey } from "../mdl/keys.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { schemaOf } from "../session/schema_of.ts";
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
  const isDeclared = statement.options.some(({ name: option }) => option !== "encryption");
  const collation = isDeclared ? collationOf(execution, statement.options) : serverCollation(owner);
  server.catalog.addDatabase(name, charsetOf(collation), collation);
  return done(1);
}

/** Throws 1115, 1253 and 1273. */
function collationOf(execution: StatementExecution, options: readonly TableOption[]): string {
  const option = (wanted: string) => options.findLast(({ name }) => name === wanted)?.value ?? null;
  warnOfCharsetOptions(execution, options);
  return declaredCollation(option("charset"), option("collate"));
}

/** Waits for whoever uses any of its tables, as theirs is the database that changes. Throws 1046, 3503 and those of options. */
export function* alterDatabase(
  execution: StatementExecution,
  { name: written, options }: AlterDatabase,
): Exec<ExecResult> {
  const { server, owner } = execution;
  const name = schemaOf(owner, written?.text ?? null);
  const isDeclared = options.some(({ name: option }) => option !== "encryption");
  const collation = isDeclared ? collationOf(execution, options) : null;
  if (isSystemSchema(name)) {
    throw mysqlError("ER_DBACCESS_DENIED_ERROR", "root", "localhost", name);
  }
  yield* lockSchemaName(owner, name);
  const database = server.catalog.database(name);
  if (database === null) throw mysqlError("ER_DATABASE_NAME", name);
  yield* lockTablesOf(execution, name);
  if (collation !== null) {
    database.charset = charsetOf(collation);
    database.collation = collation;
    if (owner.database === name) followDatabase(owner, database);
  }
  return done(1);
}

/** Every table of the database, so that nobody uses one. */
function* lockTablesOf({ server, owner }: StatementExecution, schema: string): Exec<void> {
  const outcome = yield* owner.mdl.acquireAll(
    server.catalog.tablesIn(schema).map((table) => ({
      key: tableKey(table.schema, table.name),
      mode: "EXCLUSIVE" as const,
      duration: "TRANSACTION" as const,
    })),
  );
  if (outcome !== "granted") failMdl(outcome);
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
  yield* lockTablesOf(execution, name);
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
    followDatabase(owner, null);
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
  followDatabase(owner, server.catalog.database(name));
  owner.changes.schema(owner.database);
  owner.publish("USE");
  return done();
}

/** character_set_database and collation_database are the default database's, else the server's. */
function followDatabase(session: Session, database: { readonly collation: string } | null): void {
  const { variables } = session;
  const collation = database?.collation ?? serverCollation(session);
  if ((variables.changedText("collation_database") ?? AT_FIRST) === collation) return;
  variables.set("character_set_database", charsetOf(collation));
  variables.set("collation_database", collation);
}

/** collation_server, asked without its definition. */
function serverCollation({ variables }: Session): string {
  return variables.changedText("collation_server") ?? AT_FIRST;
}

const AT_FIRST = "utf8mb4_0900_ai_ci";

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
