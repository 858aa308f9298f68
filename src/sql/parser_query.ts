/**
 * Queries: SELECT, VALUES, TABLE, set operations, WITH, ORDER BY, LIMIT, locking and INTO; and parentheses, which may
 * hold a query or an expression and only tell after a while.
 *
 *     ((SELECT 1) UNION SELECT 2)    a query: after the inner one comes UNION
 *     ((SELECT 1) + 2)               an expression: its first operand is a subquery
 *     ((SELECT 1))                   a query, twice in parentheses
 */

import type { Expression } from "./ast_expression.ts";
import type {
  CommonTable,
  Into,
  Limit,
  LimitValue,
  OrderItem,
  Query,
  QueryBody,
  SetOperation,
  ValuesRow,
  With,
} from "./ast_query.ts";
import type { Cursor } from "./cursor.ts";
import { orderItems } from "./parser_aggregate.ts";
import { expression, expressionFrom } from "./parser_expression.ts";
import { lockingClauses } from "./parser_locking.ts";
import { nameList } from "./parser_names.ts";
import { subqueryOf } from "./parser_primary.ts";
import { into, querySpecification } from "./parser_select.ts";

/** True when the next token begins a query that is not in parentheses. */
export function atQuery(cursor: Cursor): boolean {
  const { key } = cursor.token;
  if (key === "SELECT" || key === "WITH" || key === "TABLE") return true;
  return key === "VALUES" && cursor.peek(1).key === "ROW";
}

// ---------------------------------------------------------------- parentheses

/** Reads `( ... )`: a query (without its parentheses), a row, or an expression. */
export function parenthesis(cursor: Cursor): Query | Expression {
  cursor.deeper();
  const start = cursor.start;
  cursor.expect("(");
  let result = inParentheses(cursor);
  if (result.kind !== "query" && cursor.at(",")) {
    const items = [result];
    while (cursor.accept(",")) items.push(expression(cursor));
    cursor.expect(")");
    result = { kind: "row", span: cursor.span(start), items };
  } else {
    cursor.expect(")");
  }
  cursor.shallower();
  return result;
}

/** Reads a query or one expression, whichever stands after an opening parenthesis. */
function inParentheses(cursor: Cursor): Query | Expression {
  if (atQuery(cursor)) return innerQuery(cursor);
  if (!cursor.at("(")) return expression(cursor);
  const start = cursor.start;
  const inner = parenthesis(cursor);
  if (inner.kind !== "query") return expressionFrom(cursor, start, inner);
  if (cursor.at(")")) return inner;
  if (goesOnAsQuery(cursor)) return queryFrom(cursor, start, null, inner);
  return expressionFrom(cursor, start, subqueryOf(cursor, start, inner));
}

const CONTINUATIONS = new Set("UNION EXCEPT INTERSECT ORDER LIMIT FOR LOCK INTO".split(" "));

/** True when what follows a query in parentheses makes it part of a longer query. */
export function goesOnAsQuery(cursor: Cursor): boolean {
  return CONTINUATIONS.has(cursor.token.key);
}

/** Reads a query in parentheses, however many, and nothing else. */
export function subquery(cursor: Cursor): Query {
  cursor.deeper();
  cursor.expect("(");
  const start = cursor.start;
  let query: Query;
  if (cursor.at("(")) {
    query = subquery(cursor);
    if (goesOnAsQuery(cursor)) query = queryFrom(cursor, start, null, query);
  } else {
    query = innerQuery(cursor);
  }
  cursor.expect(")");
  cursor.shallower();
  return query;
}

/** A query that is not a statement: INTO has no meaning there. */
export function innerQuery(cursor: Cursor): Query {
  const query = queryExpression(cursor);
  if (query.into !== null) cursor.defer(3954);
  return query;
}

/** Reads what follows IN: a query or a list, in parentheses. */
export function operandOfIn(cursor: Cursor): Query | readonly Expression[] {
  cursor.expect("(");
  const first = inParentheses(cursor);
  if (first.kind === "query") {
    cursor.expect(")");
    return first;
  }
  const items = [first];
  while (cursor.accept(",")) items.push(expression(cursor));
  cursor.expect(")");
  return items;
}

// ---------------------------------------------------------------- query expressions

/** Reads `[WITH ...] body [ORDER BY] [LIMIT] [INTO] [locking]`. */
export function queryExpression(cursor: Cursor): Query {
  const start = cursor.start;
  const withClause = cursor.at("WITH") ? withTables(cursor) : null;
  return queryFrom(cursor, start, withClause, null);
}

/** Goes on with a query whose first operand, if any, has been read; its text begins at `start`. */
export function queryFrom(
  cursor: Cursor,
  start: number,
  withClause: With | null,
  first: QueryBody | null,
): Query {
  cursor.deeper();
  cursor.facts.queries += 1;
  const operands = setOperations(cursor, start, first === null ? operand(cursor) : plain(first));
  const orderBy = orderItems(cursor);
  const limit = cursor.accept("LIMIT") ? limitOf(cursor) : null;
  let target = operands.into;
  if (target === null && cursor.at("INTO")) target = into(cursor);
  const locking = lockingClauses(cursor, operands.body);
  if (target === null && locking.length > 0 && cursor.at("INTO")) target = into(cursor);
  cursor.shallower();
  return {
    kind: "query",
    span: cursor.span(start),
    with: withClause,
    body: operands.body,
    orderBy,
    limit,
    locking: cursor.explains ? [] : locking,
    into: target,
  };
}

/** A body, and the INTO that was written inside its last SELECT, which belongs to the query. */
interface Operand {
  readonly body: QueryBody;
  readonly into: Into | null;
}

const plain = (body: QueryBody): Operand => ({ body, into: null });

function operand(cursor: Cursor): Operand {
  const start = cursor.start;
  switch (cursor.token.key) {
    case "SELECT":
      return querySpecification(cursor);
    case "TABLE": {
      cursor.advance();
      const table = cursor.tableName();
      return plain({ kind: "explicitTable", span: cursor.span(start), table });
    }
    case "VALUES": {
      cursor.advance();
      const rows = cursor.list(valuesRow);
      return plain({ kind: "valuesRows", span: cursor.span(start), rows });
    }
    case "(":
      return plain(subquery(cursor));
    default:
      return cursor.fail();
  }
}

function valuesRow(cursor: Cursor): ValuesRow {
  const start = cursor.start;
  cursor.expect("ROW");
  cursor.expect("(");
  const values = cursor.at(")") ? [] : cursor.list(valueOrDefault);
  cursor.expect(")");
  return { kind: "valuesRow", span: cursor.span(start), values };
}

/** An expression, or the bare word DEFAULT. */
export function valueOrDefault(cursor: Cursor): Expression {
  if (!cursor.at("DEFAULT") || cursor.peek(1).key === "(") return expression(cursor);
  const { start } = cursor.advance();
  return { kind: "default", span: cursor.span(start), column: null };
}

const OPERATORS = { UNION: "union", EXCEPT: "except", INTERSECT: "intersect" } as const;

/** UNION and EXCEPT from left to right, INTERSECT binding closer. */
function setOperations(cursor: Cursor, start: number, first: Operand): Operand {
  let left = intersections(cursor, start, first);
  for (let length = 0; cursor.at("UNION") || cursor.at("EXCEPT"); length++) {
    cursor.checkChain(length);
    left = setOperation(cursor, start, left, (inner) => {
      const at = inner.start;
      return intersections(inner, at, operand(inner));
    });
  }
  return left;
}

function intersections(cursor: Cursor, start: number, first: Operand): Operand {
  let left = first;
  for (let length = 0; cursor.at("INTERSECT"); length++) {
    cursor.checkChain(length);
    left = setOperation(cursor, start, left, operand);
  }
  return left;
}

function setOperation(
  cursor: Cursor,
  start: number,
  left: Operand,
  readRight: (cursor: Cursor) => Operand,
): Operand {
  if (left.into !== null) cursor.defer(3954);
  const operator = OPERATORS[cursor.expectOne(["UNION", "EXCEPT", "INTERSECT"])];
  const quantifier = cursor.acceptOne(["ALL", "DISTINCT"]) === "ALL" ? "all" : "distinct";
  const right = cursor.nested(readRight);
  const span = cursor.span(start);
  const body: SetOperation = {
    kind: "setOperation",
    span,
    operator,
    quantifier,
    left: left.body,
    right: right.body,
  };
  return { body, into: right.into };
}

/** Reads `WITH [RECURSIVE] name [(columns)] AS (query), ...`. */
export function withTables(cursor: Cursor): With {
  const start = cursor.start;
  cursor.expect("WITH");
  const recursive = cursor.accept("RECURSIVE");
  const tables = cursor.list(commonTable);
  return { kind: "with", span: cursor.span(start), recursive, tables };
}

function commonTable(cursor: Cursor): CommonTable {
  const start = cursor.start;
  const name = cursor.name();
  const columns = cursor.at("(") ? nameList(cursor) : [];
  cursor.expect("AS");
  const query = subquery(cursor);
  return { kind: "commonTable", span: cursor.span(start), name, columns, query };
}

// ---------------------------------------------------------------- ORDER BY, LIMIT

/** Reads `expression [ASC | DESC]`. */
export function orderItem(cursor: Cursor): OrderItem {
  const start = cursor.start;
  const item = expression(cursor);
  const direction = cursor.acceptOne(["ASC", "DESC"]) === "DESC" ? "desc" : "asc";
  return { kind: "orderItem", span: cursor.span(start), expression: item, direction };
}

/** Reads what follows LIMIT in a query. */
function limitOf(cursor: Cursor): Limit {
  const { start } = cursor.previous();
  const first = limitValue(cursor);
  if (cursor.accept(",")) {
    const count = limitValue(cursor);
    return { kind: "limit", span: cursor.span(start), count, offset: first };
  }
  const offset = cursor.accept("OFFSET") ? limitValue(cursor) : null;
  return { kind: "limit", span: cursor.span(start), count: first, offset };
}

/** Reads `LIMIT count` of UPDATE and DELETE, if it is there. */
export function simpleLimit(cursor: Cursor): Limit | null {
  if (!cursor.at("LIMIT")) return null;
  const { start } = cursor.advance();
  const count = limitValue(cursor);
  return { kind: "limit", span: cursor.span(start), count, offset: null };
}

/** Reads `LIMIT ...` of SHOW, if it is there. */
export function optionalLimit(cursor: Cursor): Limit | null {
  return cursor.accept("LIMIT") ? limitOf(cursor) : null;
}

/** A number or a parameter; 1327, when all is read, for another name. */
export function limitValue(cursor: Cursor): LimitValue {
  const start = cursor.start;
  if (cursor.at("?") && cursor.options.parameters) {
    cursor.advance();
    return { kind: "parameter", span: cursor.span(start), index: cursor.parameterCount++ };
  }
  if (cursor.type === "integer") {
    const text = cursor.advance().value;
    return { kind: "integer", span: cursor.span(start), text };
  }
  const name = cursor.name();
  const local = cursor.locals?.get(name.text.toLowerCase());
  if (local !== undefined) return { kind: "parameter", span: name.span, index: local };
  cursor.defer(1327, name.text);
  return { kind: "integer", span: name.span, text: "0" };
}
