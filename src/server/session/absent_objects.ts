/**
 * DROP of what nobody can have made: events are not simulated, so a script that begins by
 * dropping them goes on as it does on a server that has none.
 *
 * MySQL: sp_error (ER_SP_DOES_NOT_EXIST), Events::drop_event.
 */
import type { Unsupported } from "../../sql/ast.ts";
import type { ExecResult } from "../context.ts";
import { done } from "../ddl/result.ts";
import { mysqlError, mysqlWarning, notSimulated } from "../errors.ts";
import type { StatementExecution } from "./statement_execution.ts";

const WORD = "(?:`[^`]+`|[\\w$]+)";
const STATEMENT = new RegExp(
  `^DROP\\s+EVENT(\\s+IF\\s+EXISTS)?\\s+((?:${WORD}\\s*\\.\\s*)?${WORD})`,
  "i",
);

/** Throws 1235 for any other statement that is not simulated. */
export function unsupportedStatement(
  execution: StatementExecution,
  { span, feature }: Unsupported,
): ExecResult {
  const parts = STATEMENT.exec(execution.sql.slice(span.start, span.end));
  if (parts === null) throw notSimulated(feature);
  const [, ifExists, written = ""] = parts;
  const [name = ""] = written
    .split(".")
    .map((part) => part.trim().replace(/^`|`$/g, ""))
    .slice(-1);
  if (ifExists === undefined) throw mysqlError("ER_EVENT_DOES_NOT_EXIST", name);
  execution.warn(mysqlWarning("Note", "ER_SP_DOES_NOT_EXIST", "Event", name));
  return done();
}
