/** How names are quoted in what SHOW CREATE prints (MySQL: get_quote_char_for_identifier, require_quotes). */
import { isKeyword } from "../../sql/keywords.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { hasSqlMode } from "../types/eval_env.ts";

export type NameQuoting = (name: string) => string;

/** Backquotes, or with ANSI_QUOTES double quotes; without sql_quote_show_create only where a name needs them. */
export function nameQuoting(execution: StatementExecution): NameQuoting {
  const mark = hasSqlMode(execution, "ANSI_QUOTES") ? '"' : "`";
  const isQuotedAlways = execution.owner.variables.isOn("sql_quote_show_create");
  return (name) =>
    isQuotedAlways || needsQuotes(name)
      ? `${mark}${name.replaceAll(mark, mark + mark)}${mark}`
      : name;
}

function needsQuotes(name: string): boolean {
  return /^\d*$|[^\w$\u0080-\uffff]/.test(name) || isKeyword(name.toUpperCase());
}
