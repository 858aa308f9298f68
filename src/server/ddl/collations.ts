/**
 * Collations by the names under which they are declared, and what stands for each.
 *
 * MySQL: sql/sql_yacc.yy: opt_charset_with_opt_binary; strings/ctype: get_charset_by_csname, my_charset_same.
 * Departure: texts are compared by the one of the simulated collations that is most like the declared one.
 */
import { CHARSETS } from "../../sql/charsets.ts";
import type { Collation } from "../../trace/values.ts";
import { mysqlError } from "../errors.ts";
import { charsetOf, defaultCollation } from "../types/character_sets.ts";

/** What options of a column, table or database declare. Throws 1115, 1273, 1253. */
export function declaredCollation(charset: string | null, collation: string | null): string {
  const charsetName = charset === null ? null : wholeName(charset);
  if (charsetName !== null && !CHARSETS.has(charsetName)) {
    throw mysqlError("ER_UNKNOWN_CHARACTER_SET", charset ?? "");
  }
  if (collation === null) return defaultCollation(charsetName ?? "utf8mb4");
  const name = collation.toLowerCase().replace(/^utf8_/, "utf8mb3_");
  if (name === "binary") return name;
  const own = charsetOf(name);
  if (!CHARSETS.has(own) || !/_(bin|ci|cs|as|ai|ks)$/.test(name)) {
    throw mysqlError("ER_UNKNOWN_COLLATION", collation);
  }
  if (charsetName !== null && own !== charsetName) {
    throw mysqlError("ER_COLLATION_CHARSET_MISMATCH", collation, charset ?? "");
  }
  return name;
}

function wholeName(charset: string): string {
  const name = charset.toLowerCase();
  return name === "utf8" ? "utf8mb3" : name;
}

/** The one that compares most like it. */
export function simulatedCollation(name: string): Collation {
  if (name === "binary") return "binary";
  if (name.endsWith("_bin")) return "utf8mb4_bin";
  if (name.endsWith("_0900_as_cs")) return "utf8mb4_0900_as_cs";
  if (name.includes("_0900_")) return "utf8mb4_0900_ai_ci";
  return name.includes("_unicode_") ? "utf8mb4_unicode_ci" : "utf8mb4_general_ci";
}
