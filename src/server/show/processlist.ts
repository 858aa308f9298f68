/** SHOW PROCESSLIST. */
import type { ShowProcesslist } from "../../sql/ast_show.ts";
import type { ExecResult } from "../context.ts";
import { processlistDeprecated } from "../expr/deprecated.ts";
import { processes } from "../session/processes.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { shownResult } from "./shown.ts";

/** SHOW PROCESSLIST without FULL cuts the statement's text here. */
const INFO_LENGTH = 100;

export function showProcesslist(
  execution: StatementExecution,
  statement: ShowProcesslist,
): ExecResult {
  execution.warn(processlistDeprecated());
  const rows = processes(execution.server).map((thread) => [
    String(thread.id),
    thread.user,
    thread.host,
    thread.db,
    thread.command,
    String(thread.timeS),
    thread.state,
    statement.full ? thread.info : (thread.info?.slice(0, INFO_LENGTH) ?? null),
  ]);
  return shownResult({
    columns: ["#Id", "User", "Host", "db", "Command", "#Time", "State", "Info"],
    rows,
  });
}
