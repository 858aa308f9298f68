/** The tightest level of expressions: signs and COLLATE, names, variables, parentheses, CASE. */

import { append } from "../base/lists.ts";
import type {
  Case,
  CaseBranch,
  ColumnReference,
  Expression,
  SystemVariable,
  UnsupportedExpression,
} from "./ast_expression.ts";
import type { Query } from "./ast_query.ts";
import type { Cursor } from "./cursor.ts";
import { isKeyword } from "./keywords.ts";
import { expression } from "./parser_expression.ts";
import { callOf, genericCall } from "./parser_function.ts";
import { acceptLiteral, stringLiteral } from "./parser_literal.ts";
import { charsetName, columnReference } from "./parser_names.ts";
import { parenthesis, subquery } from "./parser_query.ts";

/** Reads a simple expression: a primary with its signs and COLLATE clauses. */
export function simple(cursor: Cursor): Expression {
  return concatenation(cursor, cursor.start, operand(cursor));
}

/** Goes on with `a || b` under PIPES_AS_CONCAT. */
export function concatenation(cursor: Cursor, start: number, first: Expression): Expression {
  let left = first;
  while (cursor.accept("CONCAT_PIPES")) {
    const args = [left, operand(cursor)];
    left = { kind: "function", span: cursor.span(start), schema: null, name: "concat", args };
  }
  return left;
}

function operand(cursor: Cursor): Expression {
  switch (cursor.token.key) {
    case "-":
      return unary(cursor, "-");
    case "~":
      return unary(cursor, "~");
    case "!":
    case "!!": // MySQL's lexer takes both characters and sees one operator
      cursor.facts.oldForms += "!!";
      return unary(cursor, "not");
    case "BINARY":
      cursor.facts.oldForms += "BI";
      return unary(cursor, "binary");
    case "+":
      cursor.advance();
      return cursor.nested(operand);
    default:
      if (cursor.options.highNot && cursor.at("NOT")) return unary(cursor, "not");
      return primaryOf(cursor, cursor.start, primary(cursor));
  }
}

function unary(cursor: Cursor, operator: "-" | "~" | "not" | "binary"): Expression {
  const start = cursor.start;
  cursor.advance();
  const negated = cursor.nested(operand);
  return { kind: "unary", span: cursor.span(start), operator, operand: negated };
}

/** Adds the COLLATE clauses that follow an operand. */
export function primaryOf(cursor: Cursor, start: number, operand: Expression): Expression {
  let result = operand;
  for (let length = 0; cursor.accept("COLLATE"); length++) {
    cursor.checkChain(length);
    const collation = charsetName(cursor);
    result = { kind: "collate", span: cursor.span(start), operand: result, collation };
  }
  return result;
}

function primary(cursor: Cursor): Expression {
  const literal = acceptLiteral(cursor);
  if (literal !== null) return literal;
  switch (cursor.type) {
    case "identifier":
      return callOf(cursor) ?? named(cursor);
    case "quoted":
      return named(cursor);
    case "reserved":
      return reserved(cursor);
    case "variable":
      return userVariable(cursor);
    case "symbol":
      return punctuated(cursor);
    default:
      return cursor.fail();
  }
}

/** A column, or a call of a function that the grammar does not know. */
function named(cursor: Cursor): Expression {
  const next = cursor.peek(1).key;
  if (next === "(" && !isKeyword(cursor.token.key)) return genericCall(cursor, null);
  if (next === "." && cursor.peek(3).key === "(") {
    const schema = cursor.name();
    cursor.advance();
    return genericCall(cursor, schema);
  }
  return columnOrPath(cursor);
}

function columnOrPath(cursor: Cursor): Expression {
  const column = columnReference(cursor);
  return cursor.at("->") || cursor.at("->>") ? jsonPath(cursor, column) : column;
}

function jsonPath(cursor: Cursor, column: ColumnReference): Expression {
  const unquote = cursor.advance().key === "->>";
  const path = stringLiteral(cursor);
  const span = cursor.span(column.span.start);
  return { kind: "jsonPath", span, column, path, unquote };
}

function reserved(cursor: Cursor): Expression {
  const start = cursor.start;
  switch (cursor.token.key) {
    case "CASE":
      return caseOf(cursor);
    case "ROW": {
      cursor.advance();
      cursor.expect("(");
      const items = [expression(cursor)];
      cursor.expect(",");
      append(items, cursor.list(expression));
      cursor.expect(")");
      return { kind: "row", span: cursor.span(start), items };
    }
    case "EXISTS": {
      cursor.advance();
      const query = subquery(cursor);
      return { kind: "exists", span: cursor.span(start), query };
    }
    default:
      return callOf(cursor) ?? cursor.fail();
  }
}

function caseOf(cursor: Cursor): Case {
  const start = cursor.start;
  cursor.advance();
  const subject = cursor.at("WHEN") ? null : expression(cursor);
  const branches: CaseBranch[] = [];
  do {
    const branchStart = cursor.start;
    cursor.expect("WHEN");
    const when = expression(cursor);
    cursor.expect("THEN");
    const then = expression(cursor);
    branches.push({ kind: "caseBranch", span: cursor.span(branchStart), when, then });
  } while (cursor.at("WHEN"));
  const otherwise = cursor.accept("ELSE") ? expression(cursor) : null;
  cursor.expect("END");
  return { kind: "case", span: cursor.span(start), subject, branches, otherwise };
}

function userVariable(cursor: Cursor): Expression {
  const { start, value: name } = cursor.advance();
  if (!cursor.accept(":=")) return { kind: "userVariable", span: cursor.span(start), name };
  cursor.facts.assignments += 1;
  const value = expression(cursor);
  return { kind: "userVariableAssignment", span: cursor.span(start), name, value };
}

function punctuated(cursor: Cursor): Expression {
  const start = cursor.start;
  switch (cursor.token.key) {
    case "(": {
      const inner = parenthesis(cursor);
      return inner.kind === "query" ? subqueryOf(cursor, start, inner) : inner;
    }
    case "@@":
      return systemVariable(cursor);
    case "?": {
      if (!cursor.options.parameters) cursor.fail();
      cursor.advance();
      const index = cursor.parameterCount++;
      return { kind: "parameter", span: cursor.span(start), index };
    }
    case "{":
      return braces(cursor);
    default:
      return cursor.fail();
  }
}

/** A query in parentheses that was just read, as a value. */
export function subqueryOf(cursor: Cursor, start: number, query: Query): Expression {
  return { kind: "subquery", span: cursor.span(start), query };
}

const SCOPES: Readonly<Record<string, SystemVariable["scope"]>> = {
  SESSION: "session",
  LOCAL: "session",
  GLOBAL: "global",
};

/** Reads `@@[scope.][base.]name`. */
function systemVariable(cursor: Cursor): SystemVariable {
  const start = cursor.start;
  cursor.expect("@@");
  const scope = cursor.peek(1).key === "." ? (SCOPES[cursor.token.key] ?? null) : null;
  if (scope !== null) {
    cursor.advance();
    cursor.advance();
  }
  const first = cursor.name().text.toLowerCase();
  const second = cursor.accept(".") ? cursor.name().text.toLowerCase() : null;
  const span = cursor.span(start);
  return second === null
    ? { kind: "systemVariable", span, scope, base: null, name: first }
    : { kind: "systemVariable", span, scope, base: first, name: second };
}

const BRACED = { d: "date", t: "time", ts: "timestamp" } as const;

/** ODBC's `{d 'text'}`, and `{anything expression}`, which is the expression. */
function braces(cursor: Cursor): Expression | UnsupportedExpression {
  const start = cursor.start;
  cursor.advance();
  const word = cursor.name().text.toLowerCase();
  const inner = expression(cursor);
  cursor.expect("}");
  if (inner.kind !== "string" || !Object.hasOwn(BRACED, word)) return inner;
  const type = BRACED[word as keyof typeof BRACED];
  return { kind: "temporal", span: cursor.span(start), type, value: inner.value };
}
