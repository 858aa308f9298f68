/**
 * The one statement that a command carries, or MySQL's error.
 *
 * Departure: sql_mode does not change how text is read (ANSI_QUOTES, PIPES_AS_CONCAT, NO_BACKSLASH_ESCAPES).
 */
import { type ParseResult, parseStatement } from "../../sql/parser.ts";
import { MysqlFailure } from "../context.ts";

/** Throws 1064, 1065 and the other errors of the grammar. */
export function parseOne(
  sql: string,
  ignoreSpace: boolean,
): Extract<ParseResult, { readonly ok: true }> {
  const result = parseStatement(sql, { ignoreSpace });
  if (result.ok) return result;
  const { errno, sqlState, message } = result.error;
  throw new MysqlFailure({ errno, sqlState, message });
}
