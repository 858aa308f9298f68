/**
 * The one statement that a command carries, or MySQL's error.
 *
 * Departure: sql_mode does not change how text is read (ANSI_QUOTES, PIPES_AS_CONCAT, NO_BACKSLASH_ESCAPES).
 */
import { assert } from "../../base/assert.ts";
import type { Statement } from "../../sql/ast.ts";
import { type ParseResult, parseStatement } from "../../sql/parser.ts";
import { MysqlFailure } from "../context.ts";
import type { StatementExecution } from "./statement_execution.ts";

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

/** Definitions have changed while the tables were waited for: what was resolved under the old ones is nothing any more. */
export function readAnew<S extends Statement>(execution: StatementExecution, old: S): S {
  execution.resolution = null;
  const { statement } = parseOne(execution.sql, execution.owner.variables.ignoresSpace);
  assert(statement.kind === old.kind, "a text is read as it was before");
  return statement as S;
}
