/** The one statement that a command carries, or MySQL's error. */
import { assert } from "../../base/assert.ts";
import type { Statement } from "../../sql/ast.ts";
import type { ParseOptions } from "../../sql/cursor.ts";
import { type ParseResult, parseStatement } from "../../sql/parser.ts";
import type { SqlSyntaxError } from "../../sql/syntax_error.ts";
import { MysqlFailure } from "../context.ts";
import type { StatementExecution } from "./statement_execution.ts";

/** Throws 1064, 1065 and the other errors of the grammar. */
export function parseOne(
  sql: string,
  options: ParseOptions,
): Extract<ParseResult, { readonly ok: true }> {
  return wellFormed(parseStatement(sql, options));
}

/** Throws what is wrong with the text alone, and what MySQL refuses before it looks at any table. */
function wellFormed(result: ParseResult): Extract<ParseResult, { readonly ok: true }> {
  if (!result.ok) throw failure(result.error);
  if (result.facts.refusal !== null) throw failure(result.facts.refusal);
  return result;
}

function failure({ errno, sqlState, message }: SqlSyntaxError): MysqlFailure {
  return new MysqlFailure({ errno, sqlState, message });
}

/** Definitions have changed while the tables were waited for: what was resolved under the old ones is nothing any more. */
export function readAnew<S extends Statement>(execution: StatementExecution, old: S): S {
  execution.resolution = null;
  const { statement } = parseOne(execution.sql, execution.owner.variables.reading);
  assert(statement.kind === old.kind, "a text is read as it was before");
  return statement as S;
}
