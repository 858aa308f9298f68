/**
 * The variables of character sets and collations: what they take, and which other one changes along.
 *
 *     SET character_set_server = latin1      collation_server is latin1_swedish_ci then
 *     SET collation_server = 255             and character_set_server utf8mb4 again
 *
 * MySQL: sql/sys_vars.cc: check_charset, check_cs_client, check_collation_not_null; Sys_var_struct.
 */
import type { StatementContext } from "../context.ts";
import { warnOfCharset } from "../ddl/charset_warnings.ts";
import { mysqlError } from "../errors.ts";
import { ALL_COLLATIONS } from "../schema_tables/charsets.ts";
import { charsetOf } from "../types/character_sets.ts";
import type { SetValue } from "../variables/values.ts";

/** Names and what they are set to. */
export type CharsetUpdates = readonly (readonly [name: string, text: string])[];

export function holdsCharset(name: string): boolean {
  return /^(character_set_(client|connection|database|filesystem|results|server)|collation_(connection|database|server))$/.test(
    name,
  );
}

/** A client cannot send these: ASCII has other bytes in them. */
const NOT_FOR_CLIENTS = /^(ucs2|utf16|utf16le|utf32)$/;

/** `defaultOf`: what DEFAULT means for a variable; `value` is null for DEFAULT. Throws 1115, 1231, 1232, 1273. */
export function charsetUpdates(
  name: string,
  value: SetValue | null,
  defaultOf: (name: string) => string,
  context: Pick<StatementContext, "warn">,
): CharsetUpdates {
  const collation = value === null ? null : collationMeant(name, value, context);
  if (/_database$/.test(name)) {
    const message = `Updating '${name}' is deprecated. It will be made read-only in a future release.`;
    context.warn({ level: "Warning", errno: 1681, message });
  }
  const pair = pairOf(name);
  if (value === null) return pair.map((one) => [one, defaultOf(one)]);
  return pair.map((one) => [
    one,
    one.startsWith("coll") ? (collation ?? "") : charsetName(collation),
  ]);
}

/** The variable, and the collation of its character set or the other way round. */
function pairOf(name: string): readonly string[] {
  if (/(client|filesystem|results)$/.test(name)) return [name];
  const whose = name.replace(/^.*_/, "");
  return [`character_set_${whose}`, `collation_${whose}`];
}

function charsetName(collation: string | null): string {
  return collation === null ? "" : charsetOf(collation);
}

/** Null for NULL, which character_set_results alone takes. */
function collationMeant(
  name: string,
  value: SetValue,
  context: Pick<StatementContext, "warn">,
): string | null {
  const { text } = value;
  if (text === null) {
    if (name === "character_set_results") return null;
    throw mysqlError("ER_WRONG_VALUE_FOR_VAR", name, "NULL");
  }
  if (value.isFractional) throw mysqlError("ER_WRONG_TYPE_FOR_VAR", name);
  const isCollation = name.startsWith("coll");
  const wanted = text
    .toLowerCase()
    .replace(isCollation ? /^utf8_/ : /^utf8$/, (found) => found.replace("utf8", "utf8mb3"));
  const known = ALL_COLLATIONS.find((one) => {
    if (value.isNumber) return String(one.id) === text;
    return isCollation ? one.name === wanted : one.isDefault && one.charset === wanted;
  });
  if (known === undefined) {
    throw mysqlError(isCollation ? "ER_UNKNOWN_COLLATION" : "ER_UNKNOWN_CHARACTER_SET", text);
  }
  if (name === "character_set_client" && NOT_FOR_CLIENTS.test(known.charset)) {
    throw mysqlError("ER_WRONG_VALUE_FOR_VAR", name, known.charset);
  }
  if (isCollation) warnOfCharset(context, null, known.name);
  else warnOfCharset(context, value.isNumber ? known.charset : text, null);
  return known.name;
}
