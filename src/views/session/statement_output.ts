/** What the mysql client printed for a statement that has ended: in a box, or vertically when it was sent with \\G. */
import { pageStore } from "../../store/page_store.ts";
import type { StatementState } from "../../trace/state.ts";
import { eventAt } from "../../trace/timeline.ts";
import { mysqlOutput } from "./mysql_output.ts";

/** Null while it runs or waits. */
export function statementOutput(statement: StatementState): string | null {
  const { outcome, startedMs, endedMs } = statement;
  if (outcome === null) return null;
  return mysqlOutput(outcome, (endedMs ?? startedMs) - startedMs, isVertical(statement));
}

/** How the client was told to end it: `;` or \\G. */
export function statementEnd(statement: StatementState): string {
  return ending(statement.sql, isVertical(statement) ? "\\G" : ";");
}

/** Behind a comment that goes to the end of its line, in a line of its own. */
export function ending(sql: string, end: string): string {
  return LINE_COMMENT.test(sql) ? `\n${end}` : end;
}

const LINE_COMMENT = /(?:--\s|#)[^\n]*$/;

function isVertical(statement: StatementState): boolean {
  const { timeline, script } = pageStore.getState();
  const command = eventAt(timeline, statement.startedAt)?.command ?? -1;
  const step = script.scenario.steps[command];
  return step !== undefined && "sql" in step && step.vertical === true;
}
