/** Warning 1287 of the forms that MySQL will give up. MySQL: push_deprecated_warn, sql/item.cc. */
import type { Warning } from "../context.ts";
import { mysqlWarning } from "../errors.ts";

/** With the whole text. */
export function deprecated(message: string): Warning {
  return { level: "Warning", errno: 1287, message };
}

/** '%s' is deprecated and will be removed in a future release. Please use %s instead. */
export function deprecatedFor(form: string, instead: string): Warning {
  return mysqlWarning("Warning", "ER_WARN_DEPRECATED_SYNTAX", form, instead);
}

export const ASSIGNMENT_DEPRECATED = deprecated(
  "Setting user variables within expressions is deprecated and will be removed in a future release. Consider alternatives: 'SET variable=expression, ...', or 'SELECT expression(s) INTO variables(s)'.",
);

export function valuesDeprecated(): Warning {
  return deprecatedFor(
    "VALUES function",
    "an alias (INSERT INTO ... VALUES (...) AS alias) and replace VALUES(col) in the ON DUPLICATE KEY UPDATE clause with alias.col",
  );
}
