/** SHOW WARNINGS, SHOW ERRORS, SHOW COUNT(*) (MySQL: sql/sql_error.cc: mysqld_show_warnings). */
import type { ShowCount, ShowDiagnostics } from "../../sql/ast_show.ts";
import type { ExecResult } from "../context.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { shownResult } from "./shown.ts";

export function showDiagnostics(
  execution: StatementExecution,
  statement: ShowDiagnostics,
): ExecResult {
  const wanted = execution.owner.warnings.filter(
    (warning) => statement.subject === "warnings" || warning.level === "Error",
  );
  const count = limitNumber(statement.limit?.count) ?? wanted.length;
  const offset = limitNumber(statement.limit?.offset ?? undefined) ?? 0;
  return shownResult({
    columns: ["Level", "#Code", "Message"],
    rows: wanted
      .slice(offset, offset + count)
      .map(({ level, errno, message }) => [level, String(errno), message]),
  });
}

export function showCount(execution: StatementExecution, statement: ShowCount): ExecResult {
  const isErrors = statement.subject === "countErrors";
  const name = isErrors ? "error_count" : "warning_count";
  return shownResult({
    columns: [`#@@session.${name}`],
    rows: [[execution.owner.variables.text(name)]],
  });
}

function limitNumber(
  value: { readonly kind: string; readonly text?: string } | undefined,
): number | null {
  return value?.kind === "integer" && value.text !== undefined ? Number(value.text) : null;
}
