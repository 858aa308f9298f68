/**
 * HANDLER.
 *
 * MySQL: sql/sql_yacc.yy: handler_stmt.
 */

import type { HandlerKey, HandlerOperator, HandlerStatement, HandlerStep } from "./ast_handler.ts";
import type { Cursor } from "./cursor.ts";
import { expression } from "./parser_expression.ts";
import { optionalLimit, valueOrDefault } from "./parser_query.ts";

/** Reads HANDLER. Subqueries are syntax errors in it, found when all of it has been read. */
export function handler(cursor: Cursor): HandlerStatement {
  const { start } = cursor.advance();
  const table = cursor.tableName();
  if (table.schema !== null || cursor.at("OPEN")) {
    cursor.expect("OPEN");
    const alias = cursor.accept("AS") || cursor.atName() ? cursor.name() : null;
    return { kind: "handlerOpen", span: cursor.span(start), table, alias };
  }
  const { name: alias } = table;
  if (cursor.expectOne(["CLOSE", "READ"]) === "CLOSE") {
    return { kind: "handlerClose", span: cursor.span(start), alias };
  }
  const queries = cursor.facts.queries;
  const index = atRows(cursor) ? null : cursor.name();
  const how: HandlerStep | HandlerKey = index === null ? step(cursor, ROWS) : ofIndex(cursor);
  const where = cursor.accept("WHERE") ? expression(cursor) : null;
  const limit = optionalLimit(cursor);
  if (cursor.facts.queries > queries && cursor.atEnd()) {
    const at = firstQuery([how, where]);
    cursor.fail({ ...cursor.token, start: cursor.text.lastIndexOf("(", at - 1) });
  }
  return { kind: "handlerRead", span: cursor.span(start), alias, index, how, where, limit };
}

const ROWS = ["FIRST", "NEXT"] as const;
const STEPS = [...ROWS, "PREV", "LAST"] as const;
const OPERATORS: readonly HandlerOperator[] = ["=", ">=", "<=", ">", "<"];

/** FIRST and NEXT may be the names of indexes, too. */
function atRows(cursor: Cursor): boolean {
  if (!cursor.at("FIRST") && !cursor.at("NEXT")) return false;
  const { key } = cursor.peek(1);
  return ![...STEPS, ...OPERATORS].some((follows) => follows === key);
}

function ofIndex(cursor: Cursor): HandlerStep | HandlerKey {
  const operator = cursor.acceptOne(OPERATORS);
  if (operator === null) return step(cursor, STEPS);
  return { kind: "key", operator, values: cursor.parenthesised(valueOrDefault) };
}

function step(cursor: Cursor, words: readonly (typeof STEPS)[number][]): HandlerStep {
  return { kind: cursor.expectOne(words).toLowerCase() as HandlerStep["kind"] };
}

/** Where the text of the first query in it begins. */
function firstQuery(node: unknown): number {
  if (typeof node !== "object" || node === null) return Number.POSITIVE_INFINITY;
  const { kind, span } = node as { readonly kind?: string; readonly span?: { start: number } };
  if (kind === "query" && span !== undefined) return span.start;
  return Object.values(node).reduce(
    (first: number, part) => Math.min(first, firstQuery(part)),
    Number.POSITIVE_INFINITY,
  );
}
