/** What MySQL says of utf8mb3 where it is written: 3719, 1287, 3778, 3720 (MySQL: warn_about_deprecated_charset, sql_yacc.yy). */

import type { StatementContext } from "../context.ts";
import { mysqlWarning } from "../errors.ts";

type Context = Pick<StatementContext, "warn">;

/** As written; null where nothing was. */
export function warnOfCharset(
  context: Context,
  charset: string | null,
  collation: string | null,
): void {
  const written = charset?.toLowerCase();
  if (written === "utf8") context.warn(mysqlWarning("Warning", "ER_DEPRECATED_UTF8_ALIAS"));
  if (written === "utf8mb3") {
    context.warn(mysqlWarning("Warning", "ER_WARN_DEPRECATED_SYNTAX", "utf8mb3", "utf8mb4"));
  }
  if (collation !== null && /^utf8(mb3)?_/i.test(collation)) {
    const name = collation.toLowerCase().replace(/^utf8_/, "utf8mb3_");
    context.warn(mysqlWarning("Warning", "ER_WARN_DEPRECATED_UTF8MB3_COLLATION", name));
  }
}

/** Of CREATE and ALTER TABLE and DATABASE. */
export function warnOfCharsetOptions(
  context: Context,
  options: readonly { readonly name: string; readonly value: string }[],
): void {
  for (const { name, value } of options) {
    if (name === "charset") warnOfCharset(context, value, null);
    if (name === "collate") warnOfCharset(context, null, value);
  }
}
