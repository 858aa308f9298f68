/**
 * GET DIAGNOSTICS: what is known of the statement before, or, STACKED, of what a handler took.
 *
 * MySQL: sql/sql_get_diagnostics.cc; Sql_condition::set_class_origins.
 */
import type { Datum } from "../../innodb/api.ts";
import type { GetDiagnostics } from "../../sql/ast_routine.ts";
import type { ColumnType } from "../../trace/values.ts";
import { COMMON_ERRORS } from "../common_errors.ts";
import type { Exec, ExecResult, Warning } from "../context.ts";
import { done } from "../ddl/result.ts";
import { rareStateOf } from "../error_table.ts";
import { mysqlError, mysqlErrorValue } from "../errors.ts";
import { evaluate } from "../session/executor.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { BIGINT, varchar } from "../types/sql_type.ts";

type Target = GetDiagnostics["items"][number]["target"];

const TEXT = varchar(1024);

/** `taken`: what a handler that runs has taken; null where none does (3004). A bad number is told by a condition more. */
export function* getDiagnostics(
  execution: StatementExecution,
  { isStacked, condition, items }: GetDiagnostics,
  taken: readonly Warning[] | null,
): Exec<ExecResult> {
  const { owner } = execution;
  if (isStacked && taken === null) throw mysqlError("ER_GET_STACKED_DA_WITHOUT_ACTIVE_HANDLER");
  const conditions = isStacked ? (taken ?? []) : owner.warnings;
  if (condition === null) {
    const counts: Readonly<Record<string, number>> = {
      NUMBER: conditions.length,
      ROW_COUNT: owner.rowCount,
    };
    for (const { target, name } of items) {
      assign(execution, target, counts[name] ?? 0, BIGINT);
    }
    return done();
  }
  const [number] = yield* evaluate(execution, [condition]);
  const found = conditions[Number(number?.text ?? 0) - 1];
  if (found === undefined) {
    const { errno, message } = mysqlErrorValue("ER_DA_INVALID_CONDITION_NUMBER");
    execution.warn({ level: "Error", errno, message });
    return done();
  }
  for (const { target, name } of items) {
    const value = name === "MYSQL_ERRNO" ? found.errno : textOf(found, name);
    assign(execution, target, value, name === "MYSQL_ERRNO" ? BIGINT : TEXT);
  }
  return done();
}

function assign({ owner }: StatementExecution, target: Target, value: Datum, type: ColumnType) {
  if (target.kind === "identifier") throw mysqlError("ER_SP_UNDECLARED_VAR", target.text);
  owner.userVariables.set(target.name.toLowerCase(), { value, type });
}

function textOf({ errno, message, error }: Warning, name: string): string {
  const state = error?.sqlState ?? stateOf(errno);
  const isStandard = /^[0-4A-H][0-9A-Z]/.test(state);
  switch (name) {
    case "MESSAGE_TEXT":
      return message;
    case "RETURNED_SQLSTATE":
      return state;
    case "CLASS_ORIGIN":
    case "SUBCLASS_ORIGIN":
      if (error?.items !== undefined) return error.items[name] ?? "";
      return isStandard ? "ISO 9075" : "MySQL";
    default:
      return error?.items?.[name] ?? "";
  }
}

function stateOf(errno: number): string {
  const common = Object.values(COMMON_ERRORS).find(([number]) => number === errno);
  return common?.[1] ?? rareStateOf(errno) ?? "HY000";
}
