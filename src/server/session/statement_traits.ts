/**
 * What kind of statement it is, where the answer decides about transactions.
 *
 * MySQL: sql/sql_parse.cc: sql_command_flags (CF_AUTO_COMMIT_TRANS, CF_CHANGES_DATA, CF_DIAGNOSTIC_STMT),
 * stmt_causes_implicit_commit, deny_updates_if_read_only_option.
 */
import type { Statement } from "../../sql/ast.ts";
import { mysqlError } from "../errors.ts";
import type { Server } from "../server.ts";

/** The statement commits the transaction in progress before it begins, and itself when it ends. */
export function commitsImplicitly(statement: Statement): boolean {
  switch (statement.kind) {
    case "createTable":
    case "createTableLike":
    case "dropTable":
      return !statement.temporary;
    case "tableMaintenance":
      return statement.operation !== "checksum";
    case "alterTable":
    case "truncateTable":
    case "renameTable":
    case "createIndex":
    case "dropIndex":
    case "createDatabase":
    case "dropDatabase":
    case "flushTables":
    case "flush":
      return true;
    default:
      return false;
  }
}

/** SHOW WARNINGS and the like show the statement before. */
export function keepsDiagnostics(statement: Statement): boolean {
  return (
    statement.kind === "show" &&
    ["warnings", "errors", "countWarnings", "countErrors"].includes(statement.subject)
  );
}

/** Throws 1290 under super_read_only. */
export function refuseWhenReadOnly(server: Server, statement: Statement): void {
  if (!server.globals.isOn("super_read_only") || !changesData(statement)) return;
  throw mysqlError("ER_OPTION_PREVENTS_STATEMENT", "--super-read-only");
}

function changesData(statement: Statement): boolean {
  switch (statement.kind) {
    case "insert":
    case "update":
    case "delete":
    case "alterTable":
    case "truncateTable":
    case "renameTable":
    case "createIndex":
    case "dropIndex":
    case "createDatabase":
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
