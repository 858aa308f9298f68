/**
 * SIGNAL and RESIGNAL.
 *
 * MySQL: sql/sql_signal.cc: Sql_cmd_signal, Sql_cmd_resignal.
 */
import type { Signal } from "../../sql/ast_routine.ts";
import { type Exec, type MysqlError, MysqlFailure } from "../context.ts";
import { type ErrorName, mysqlError, mysqlErrorValue } from "../errors.ts";
import { evaluate } from "../session/executor.ts";
import type { StatementExecution } from "../session/statement_execution.ts";

const BY_CLASS: Readonly<Record<string, ErrorName>> = {
  "01": "ER_SIGNAL_WARN",
  "02": "ER_SIGNAL_NOT_FOUND",
};

/** Throws the condition; one of class 01 is a warning. `handled`: what RESIGNAL raises again. */
export function* raise(
  execution: StatementExecution,
  { isAgain, sqlState, items }: Signal,
  handled: MysqlError | null,
): Exec<void> {
  if (isAgain && handled === null) throw mysqlError("ER_RESIGNAL_WITHOUT_ACTIVE_HANDLER");
  const values = yield* evaluate(
    execution,
    items.map(({ value }) => value),
  );
  const state = sqlState ?? handled?.sqlState ?? "45000";
  const fresh = mysqlErrorValue(BY_CLASS[state.slice(0, 2)] ?? "ER_SIGNAL_EXCEPTION");
  let { errno, message } = isAgain && handled !== null ? handled : fresh;
  const given: Record<string, string> = {};
  for (const [at, { name }] of items.entries()) {
    const text = values[at]?.text ?? null;
    if (text === null) throw mysqlError("ER_WRONG_VALUE_FOR_VAR", name, "NULL");
    if (name === "MESSAGE_TEXT") message = text;
    if (name !== "MYSQL_ERRNO") given[name] = text;
    if (name !== "MYSQL_ERRNO") continue;
    errno = Math.round(Number(text));
    if (!(errno > 0 && errno <= ERRNO_MAX)) throw mysqlError("ER_WRONG_VALUE_FOR_VAR", name, text);
  }
  const error = { errno, sqlState: state, message, items: given };
  if (state.startsWith("01")) execution.warn({ level: "Warning", errno, message, error });
  else throw new MysqlFailure(error);
}

const ERRNO_MAX = 65_535;
