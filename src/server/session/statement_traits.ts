/**
 * What kind of statement it is, where the answer decides about transactions.
 *
 * MySQL: sql/sql_parse.cc: sql_command_flags (CF_AUTO_COMMIT_TRANS, CF_DIAGNOSTIC_STMT),
 * stmt_causes_implicit_commit.
 */
import type { Statement } from "../../sql/ast.ts";

/** What the server asks of every statement before and after it is carried out; found out once, when it is read. */
export interface StatementTraits {
  readonly commitsImplicitly: boolean;
  readonly endsTransaction: boolean;
  readonly keepsDiagnostics: boolean;
  /** EXECUTE: another statement is carried out in its place. */
  readonly isExecute: boolean;
  readonly isSelect: boolean;
}

export function traitsOf(statement: Statement): StatementTraits {
  return {
    commitsImplicitly: commitsImplicitly(statement),
    endsTransaction: endsTransaction(statement),
    keepsDiagnostics: keepsDiagnostics(statement),
    isExecute: statement.kind === "execute",
    isSelect: statement.kind === "select",
  };
}

/** The statement commits the transaction in progress before it begins, and itself when it ends. */
export function commitsImplicitly(statement: Statement): boolean {
  switch (statement.kind) {
    case "select":
    case "insert":
    case "update":
    case "delete":
    case "startTransaction":
    case "commit":
    case "rollback":
    case "set":
    case "setTransaction":
    case "show":
      return false;
    case "createTable":
      return !statement.temporary;
    default:
      return rareCommits(statement);
  }
}

/** Of what comes less often. */
function rareCommits(statement: Statement): boolean {
  switch (statement.kind) {
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
    case "alterRoutine":
    case "createProcedure":
    case "dropProcedure":
    case "createFunction":
    case "dropFunction":
    case "createView":
    case "dropView":
    case "createTrigger":
    case "dropTrigger":
    case "createDatabase":
    case "alterDatabase":
    case "dropDatabase":
    case "flushTables":
    case "flush":
      return true;
    case "unsupported":
      return statement.feature.startsWith("DROP ");
    default:
      return false;
  }
}

/** The statement ends the transaction in progress, or would begin another. */
export function endsTransaction({ kind }: Statement): boolean {
  return (
    kind === "startTransaction" || kind === "commit" || kind === "rollback" || kind === "lockTables"
  );
}

/** SHOW WARNINGS and the like show the statement before. */
function keepsDiagnostics(statement: Statement): boolean {
  if (statement.kind === "getDiagnostics") return true;
  return (
    statement.kind === "show" &&
    ["warnings", "errors", "countWarnings", "countErrors"].includes(statement.subject)
  );
}
