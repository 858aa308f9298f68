/** A view is looked at anew when any definition has changed since. MySQL: ER_VIEW_INVALID (Table_ref::hide_view_error). */
import { MysqlFailure } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { resolveOnly } from "../exec/execute_query.ts";
import { withoutViews } from "../exec/expand_views.ts";
import type { StatementExecution } from "./statement_execution.ts";
import type { TableUse } from "./table_use.ts";

/** Throws 1356 for a view whose tables or columns are gone. */
export function checkViews(
  execution: StatementExecution,
  uses: readonly Pick<TableUse, "schema" | "name">[],
): void {
  const { catalog } = execution.server;
  for (const { schema, name } of uses) {
    const view = catalog.view(schema ?? "", name);
    if (view === null || view.checkedFor === catalog.version) continue;
    const { statement: query } = withoutViews(execution.viewPlace, view.query);
    try {
      resolveOnly(execution, { kind: "select", span: query.span, query });
    } catch (error) {
      if (!(error instanceof MysqlFailure)) throw error;
      throw mysqlError("ER_VIEW_INVALID", view.schema, view.name);
    }
    view.checkedFor = catalog.version;
  }
}
