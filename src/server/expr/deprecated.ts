/** Warning 1287 of the forms that MySQL will give up. MySQL: push_deprecated_warn, sql/item.cc. */
import type { StatementFacts } from "../../sql/parser.ts";
import type { StatementContext, Warning } from "../context.ts";
import { mysqlWarning } from "../errors.ts";

/** With the whole text. */
export function deprecated(message: string): Warning {
  return { level: "Warning", errno: 1287, message };
}

/** '%s' is deprecated and will be removed in a future release. Please use %s instead. */
export function deprecatedFor(form: string, instead: string): Warning {
  return mysqlWarning("Warning", "ER_WARN_DEPRECATED_SYNTAX", form, instead);
}

/** Of a variable that MySQL will give up, whether it is read or set. MySQL: sys_var::do_deprecated_warning. */
export function warnOfVariable(name: string, ctx: Pick<StatementContext, "warn">): void {
  if (!DEPRECATED_VARIABLES.test(name)) return;
  const form = `'@@${name.toLowerCase()}'`;
  ctx.warn(deprecated(`${form} is deprecated and will be removed in a future release.`));
}

const DEPRECATED_VARIABLES =
  /^(binlog_format|have_profiling|have_query_cache|log_(bin_trust_function_creators|statements_unsafe_for_binlog)|profiling(_history_size)?|(query|transaction)_prealloc_size)$/i;

export const ASSIGNMENT_DEPRECATED = deprecated(
  "Setting user variables within expressions is deprecated and will be removed in a future release. Consider alternatives: 'SET variable=expression, ...', or 'SELECT expression(s) INTO variables(s)'.",
);

export function valuesDeprecated(): Warning {
  return deprecatedFor(
    "VALUES function",
    "an alias (INSERT INTO ... VALUES (...) AS alias) and replace VALUES(col) in the ON DUPLICATE KEY UPDATE clause with alias.col",
  );
}

/** Of SHOW PROCESSLIST and of the table behind it. MySQL: sql_show.cc: push_deprecated_warn. */
export function processlistDeprecated(): Warning {
  return deprecatedFor("INFORMATION_SCHEMA.PROCESSLIST", "performance_schema.processlist");
}

/** Of the forms that the parser met. MySQL: sql_yacc.yy (push_deprecated_warn). */
export function warnOfOldForms(
  ctx: Pick<StatementContext, "warn">,
  { oldForms }: Pick<StatementFacts, "oldForms">,
): void {
  for (const form of oldForms.match(/../g) ?? []) ctx.warn(warningOf(form));
}

/** By the two letters that the parser writes. */
function warningOf(form: string): Warning {
  switch (form) {
    case "&&":
      return deprecatedFor("&&", "AND");
    case "||":
      return deprecatedFor("|| as a synonym for OR", "OR");
    case "!!":
      return deprecatedFor("!", "NOT");
    case "BI":
      return deprecatedFor("BINARY expr", "CAST");
    default:
      return { level: "Warning", errno: 1681, message: NO_CACHE_DEPRECATED };
  }
}

const NO_CACHE_DEPRECATED = "'SQL_NO_CACHE' is deprecated and will be removed in a future release.";
