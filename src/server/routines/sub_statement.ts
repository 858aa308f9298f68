/**
 * What runs as a part of a statement, as the body of a trigger does: it ends nothing, locks stay until the statement around
 * it says otherwise, and it changes no table that this one uses.
 *
 * MySQL: THD::in_sub_stmt, reset_sub_statement_state, restore_sub_statement_state.
 */
import type { Statement } from "../../sql/ast.ts";
import type { Exec } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { tablesOf } from "../exec/tables_of.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { Session } from "../session/session.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { commitsImplicitly, endsTransaction } from "../session/statement_traits.ts";
import type { Routine } from "./frame.ts";

/** Runs it within the statement, and gives the session back as it was. */
export function* withinStatement(
  execution: StatementExecution,
  run: () => Exec<void>,
  calling: Routine | null = null,
): Exec<void> {
  const { owner } = execution;
  const { subStatement, openTables, rowCount, warnings, processState } = owner;
  const lastInsertId = owner.lastInsertId.value;
  const foundRows = owner.foundRows.value;
  const used = new Set(subStatement?.used);
  for (const { schema, name, isNamed } of openTables) {
    if (isNamed) used.add(`${schema}.${name}`);
  }
  const functions = subStatement?.functions ?? [];
  owner.subStatement = { used, functions: calling === null ? functions : [...functions, calling] };
  try {
    yield* run();
    owner.warnings = warnings;
  } finally {
    owner.subStatement = subStatement;
    owner.openTables = openTables;
    owner.rowCount = rowCount;
    owner.lastInsertId.value = lastInsertId;
    owner.foundRows.value = foundRows;
    owner.setProcessState(processState);
  }
}

/** Throws 1336, 1422 and 1442. */
export function refuseWithin(
  { owner, facts }: StatementExecution,
  { used }: NonNullable<Session["subStatement"]>,
  statement: Statement,
): void {
  if (statement.kind === "flush" || statement.kind === "flushTables") {
    throw mysqlError("ER_STMT_NOT_ALLOWED_IN_SF_OR_TRG", "FLUSH");
  }
  if (commitsImplicitly(statement) || endsTransaction(statement)) {
    throw mysqlError("ER_COMMIT_NOT_ALLOWED_IN_SF_OR_TRG");
  }
  for (const { schema, name, changes } of tablesOf(statement, facts.queries)) {
    if (changes.length === 0 || !used.has(`${schemaOf(owner, schema)}.${name}`)) continue;
    throw mysqlError("ER_CANT_UPDATE_USED_TABLE_IN_SF_OR_TRG", name);
  }
}
