/**
 * read_only and super_read_only. Turning one on waits for the statements and commits in progress, as a global read lock does
 * for a moment; super_read_only then refuses changes (1290), of a transaction begun before too.
 *
 * MySQL: fix_read_only, fix_super_read_only (sql/sys_vars.cc), deny_updates_if_read_only_option (sql/sql_parse.cc),
 * check_readonly (sql/auth/sql_authorization.cc).
 * Departure: every account may do what CONNECTION_ADMIN allows, so read_only alone refuses nothing.
 */
import type { Statement } from "../../sql/ast.ts";
import type { Exec } from "../context.ts";
import { temporaryTable } from "../ddl/temporary.ts";
import { mysqlError, superReadOnlyError } from "../errors.ts";
import { onlyTable } from "../exec/executable.ts";
import { tablesOf } from "../exec/tables_of.ts";
import type { Server } from "../server.ts";
import { giveUpGlobalReadLock, takeCommitLock, takeGlobalLock } from "./flush.ts";
import { writesBaseTable } from "./open_tables.ts";
import { schemaOf } from "./schema_of.ts";
import type { Session } from "./session.ts";

/** SET GLOBAL read_only is checked. Throws 1192 under LOCK TABLES and in a transaction. MySQL: check_read_only. */
export function refuseToSetReadOnly(session: Session): void {
  if (session.lockedTables !== null || session.inTransaction) {
    throw mysqlError("ER_LOCK_OR_ACTIVE_TRANSACTION");
  }
}

/** SET GLOBAL read_only, SET GLOBAL super_read_only. */
export function* setGlobalReadOnly(
  server: Server,
  session: Session,
  name: "read_only" | "super_read_only",
  text: string,
): Exec<void> {
  const { globals } = server;
  const turnsOn = text === "ON" && !globals.isOn(name);
  if (turnsOn && !session.holdsGlobalReadLock) {
    yield* takeGlobalLock(session);
    yield* takeCommitLock(session);
    giveUpGlobalReadLock(session);
  }
  globals.set(name, text);
  if (name === "super_read_only" && text === "ON") globals.set("read_only", "ON");
  if (name === "read_only" && text === "OFF") globals.set("super_read_only", "OFF");
}

/** Throws 1290 before anything is opened. An UPDATE of several tables is looked at when they are open. */
export function refuseWhenReadOnly(server: Server, session: Session, statement: Statement): void {
  if (!server.globals.isSuperReadOnly || !changesData(session, statement)) return;
  throw superReadOnlyError();
}

function changesData(session: Session, statement: Statement): boolean {
  switch (statement.kind) {
    case "insert":
    case "delete":
    case "update":
      if (statement.kind === "update" && onlyTable(statement.tables) === null) return false;
      return tablesOf(statement).some((use) => writesBaseTable(session, use));
    case "startTransaction":
      return statement.access === "readWrite";
    case "tableMaintenance":
      return statement.operation === "analyze" || statement.operation === "optimize";
    case "alterTable":
    case "truncateTable": {
      const { schema, name } = statement.kind === "alterTable" ? statement.name : statement.table;
      const place = schemaOf(session, schema?.text ?? null);
      return temporaryTable(session, place, name.text) === null;
    }
    case "renameTable":
    case "createIndex":
    case "dropIndex":
    case "createDatabase":
    case "alterDatabase":
    case "dropDatabase":
      return true;
    case "createTable":
    case "createTableLike":
    case "dropTable":
      return !statement.temporary;
    default:
      return false;
  }
}
