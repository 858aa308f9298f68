/** SHOW ENGINE INNODB STATUS. */
import type { ShowEngine } from "../../sql/ast_show.ts";
import type { ExecResult } from "../context.ts";
import { notSupported } from "../errors.ts";
import type { StatementExecution } from "../session/statement_execution.ts";

export function showEngineStatus(
  _execution: StatementExecution,
  statement: ShowEngine,
): ExecResult {
  throw notSupported(
    `SHOW ENGINE ${statement.engine.toUpperCase()} ${statement.what.toUpperCase()}`,
  );
}
