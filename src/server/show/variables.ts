/** SHOW VARIABLES and SHOW STATUS. */
import type { ShowVariables } from "../../sql/ast_show.ts";
import type { Exec, ExecResult } from "../context.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { allVariableDefinitions } from "../variables/definitions.ts";
import { filtered } from "./rows.ts";
import { shownStatusRows } from "./status.ts";
import { variablesView } from "./views.ts";

const COLUMNS = ["Variable_name", "Value"];

export function showVariables(
  execution: StatementExecution,
  statement: ShowVariables,
): Exec<ExecResult> {
  const { server, owner } = execution;
  const isGlobal = statement.scope === "global";
  const rows = allVariableDefinitions()
    .filter(({ scope }) => !isGlobal || scope !== "session")
    .map(({ name }) => [name, isGlobal ? server.globals.text(name) : owner.variables.text(name)]);
  return filtered(
    execution,
    { columns: COLUMNS, rows, view: variablesView(isGlobal ? "global" : "session", "variables") },
    statement.filter,
  );
}

export function showStatus(
  execution: StatementExecution,
  statement: ShowVariables,
): Exec<ExecResult> {
  const { server, owner } = execution;
  const isGlobal = statement.scope === "global";
  const rows = shownStatusRows(server, isGlobal ? null : owner);
  return filtered(
    execution,
    {
      columns: COLUMNS,
      rows,
      view: variablesView(isGlobal ? "global" : "session", "status"),
    },
    statement.filter,
  );
}
