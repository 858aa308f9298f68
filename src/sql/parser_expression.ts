/**
 * Operators, level by level as MySQL's grammar has them; each level reads the next tighter one.
 *
 *     OR ||                            expression
 *     XOR
 *     AND &&
 *     NOT
 *     IS TRUE/FALSE/UNKNOWN            does not chain: `a IS TRUE IS TRUE` is an error
 *     = <=> <> < <= > >= IS NULL       comparison
 *     IN LIKE REGEXP BETWEEN MEMBER    predicate; does not chain either
 *     | & << >> + - * / DIV % ^        bit expression, by binding power
 *     ||  with PIPES_AS_CONCAT         simple (parser_primary.ts)
 *     - ~ ! BINARY COLLATE             operand (parser_primary.ts)
 *
 * Every level can begin with an expression that was read before (`left`): a parenthesis may turn out to be the
 * start of a longer expression only after its subquery has been read.
 */

import type { ArithmeticOperator, ComparisonOperator, Expression } from "./ast_expression.ts";
import type { Cursor } from "./cursor.ts";
import { acceptInterval } from "./parser_interval.ts";
import { concatenation, primaryOf, simple } from "./parser_primary.ts";
import { operandOfIn, subquery } from "./parser_query.ts";

/** Reads an expression. */
export function expression(cursor: Cursor): Expression {
  cursor.deeper();
  const result = or(cursor, cursor.start, null);
  cursor.shallower();
  return result;
}

/** Goes on with an expression that begins with `left`, whose text (parentheses and all) begins at `start`. */
export function expressionFrom(cursor: Cursor, start: number, left: Expression): Expression {
  return or(cursor, start, primaryOf(cursor, start, left));
}

function or(cursor: Cursor, start: number, left: Expression | null): Expression {
  const first = xor(cursor, start, left);
  if (!cursor.at("OR") && !cursor.at("||")) return first;
  const operands = [first];
  while (cursor.accept("OR") || cursor.acceptOld("||"))
    operands.push(xor(cursor, cursor.start, null));
  return { kind: "logical", span: cursor.span(start), operator: "or", operands };
}

function xor(cursor: Cursor, start: number, left: Expression | null): Expression {
  const first = and(cursor, start, left);
  if (!cursor.at("XOR")) return first;
  const operands = [first];
  while (cursor.accept("XOR")) operands.push(and(cursor, cursor.start, null));
  return { kind: "logical", span: cursor.span(start), operator: "xor", operands };
}

function and(cursor: Cursor, start: number, left: Expression | null): Expression {
  const first = not(cursor, start, left);
  if (!cursor.at("AND") && !cursor.at("&&")) return first;
  const operands = [first];
  while (cursor.accept("AND") || cursor.acceptOld("&&"))
    operands.push(not(cursor, cursor.start, null));
  return { kind: "logical", span: cursor.span(start), operator: "and", operands };
}

function not(cursor: Cursor, start: number, left: Expression | null): Expression {
  if (left !== null || cursor.options.highNot || !cursor.accept("NOT"))
    return isTest(cursor, start, left);
  const operand = cursor.nested((inner) => not(inner, inner.start, null));
  return { kind: "unary", span: cursor.span(start), operator: "not", operand };
}

const TRUTHS = { TRUE: "true", FALSE: "false", UNKNOWN: "unknown" } as const;

function isTest(cursor: Cursor, start: number, left: Expression | null): Expression {
  let operand = predicate(cursor, start, left);
  for (let length = 0; ; length++) {
    if (cursor.accept("IS")) {
      const negated = cursor.accept("NOT");
      if (!cursor.accept("NULL")) {
        const test = TRUTHS[cursor.expectOne(["TRUE", "FALSE", "UNKNOWN"])];
        return { kind: "is", span: cursor.span(start), operand, negated, test };
      }
      operand = { kind: "is", span: cursor.span(start), operand, negated, test: "null" };
    } else {
      const operator = COMPARISONS.get(cursor.token.key);
      if (operator === undefined) return operand;
      operand = comparison(cursor, start, operator, operand);
    }
    cursor.checkChain(length);
  }
}

const COMPARISONS: ReadonlyMap<string, ComparisonOperator> = new Map([
  ["=", "="],
  ["<=>", "<=>"],
  ["<>", "<>"],
  ["!=", "<>"],
  ["<", "<"],
  ["<=", "<="],
  [">", ">"],
  [">=", ">="],
] as const);

function comparison(
  cursor: Cursor,
  start: number,
  operator: ComparisonOperator,
  left: Expression,
): Expression {
  const sign = cursor.advance();
  if (cursor.at("ALL") || cursor.atPair("ANY", "(")) {
    if (operator === "<=>") cursor.fail(sign);
    const quantifier = cursor.advance().key === "ALL" ? "all" : "any";
    const query = subquery(cursor);
    const span = cursor.span(start);
    // MySQL: all_any_subquery_creator: = ANY is IN, <> ALL is NOT IN.
    const negated = operator === "<>" && quantifier === "all";
    if (negated || (operator === "=" && quantifier === "any")) {
      return { kind: "inSubquery", span, operand: left, negated, query };
    }
    return { kind: "quantified", span, operator, quantifier, left, query };
  }
  const right = predicate(cursor, cursor.start, null);
  return { kind: "comparison", span: cursor.span(start), operator, left, right };
}

/** Reads what stands above AND, OR, NOT and the comparisons: `a IN (1)`, `a LIKE 'b'`, `a + b`. */
function predicate(cursor: Cursor, start: number, left: Expression | null): Expression {
  const operand = bit(cursor, 0, start, left);
  if (!PREDICATES.has(cursor.token.key)) return operand;
  const negated = cursor.accept("NOT");
  switch (cursor.token.key) {
    case "IN":
      cursor.advance();
      return inPredicate(cursor, start, operand, negated);
    case "LIKE": {
      cursor.advance();
      const pattern = simple(cursor);
      const escaped = cursor.accept("ESCAPE") ? simple(cursor) : plainEscape(cursor);
      const span = cursor.span(start);
      return { kind: "like", span, operand, negated, pattern, escape: escaped };
    }
    case "REGEXP": {
      cursor.advance();
      const pattern = bitExpression(cursor);
      return { kind: "regexp", span: cursor.span(start), operand, negated, pattern };
    }
    case "BETWEEN": {
      cursor.advance();
      const low = bitExpression(cursor);
      cursor.expect("AND");
      const high = cursor.nested((inner) => predicate(inner, inner.start, null));
      return { kind: "between", span: cursor.span(start), operand, negated, low, high };
    }
    default:
      if (negated) cursor.fail();
      return cursor.at("SOUNDS")
        ? soundsLike(cursor, start, operand)
        : memberOf(cursor, start, operand);
  }
}

/** What takes the meaning of `%` and `_` away when nothing is said: a backslash (null) or, under NO_BACKSLASH_ESCAPES, nothing. */
function plainEscape(cursor: Cursor): Expression | null {
  if (!cursor.options.plainBackslash) return null;
  return { kind: "string", span: cursor.span(cursor.end), value: "", charset: null };
}

const PREDICATES = new Set(["NOT", "IN", "LIKE", "REGEXP", "BETWEEN", "MEMBER", "SOUNDS"]);

/** `a IN (b)` is `a = b`. MySQL: handle_sql2003_note184_exception. */
function inPredicate(
  cursor: Cursor,
  start: number,
  operand: Expression,
  negated: boolean,
): Expression {
  const right = operandOfIn(cursor);
  const span = cursor.span(start);
  if ("kind" in right) return { kind: "inSubquery", span, operand, negated, query: right };
  const [only, ...others] = right;
  if (only === undefined || others.length > 0) {
    return { kind: "inList", span, operand, negated, items: right };
  }
  return { kind: "comparison", span, operator: negated ? "<>" : "=", left: operand, right: only };
}

/** `a SOUNDS LIKE b` is SOUNDEX(a) = SOUNDEX(b). */
function soundsLike(cursor: Cursor, start: number, operand: Expression): Expression {
  cursor.advance();
  cursor.expect("LIKE");
  const other = bitExpression(cursor);
  const soundex = (of: Expression): Expression => ({
    kind: "function",
    span: of.span,
    schema: null,
    name: "soundex",
    args: [of],
  });
  const [left, right] = [soundex(operand), soundex(other)];
  return { kind: "comparison", span: cursor.span(start), operator: "=", left, right };
}

function memberOf(cursor: Cursor, start: number, operand: Expression): Expression {
  cursor.expect("MEMBER");
  cursor.accept("OF");
  cursor.expect("(");
  const array = simple(cursor);
  cursor.expect(")");
  return { kind: "memberOf", span: cursor.span(start), operand, array };
}

// ---------------------------------------------------------------- arithmetic

interface Power {
  readonly operator: ArithmeticOperator;
  readonly power: number;
}

const POWERS: ReadonlyMap<string, Power> = new Map([
  ["|", { operator: "|", power: 1 }],
  ["&", { operator: "&", power: 2 }],
  ["<<", { operator: "<<", power: 3 }],
  [">>", { operator: ">>", power: 3 }],
  ["+", { operator: "+", power: 4 }],
  ["-", { operator: "-", power: 4 }],
  ["*", { operator: "*", power: 5 }],
  ["/", { operator: "/", power: 5 }],
  ["DIV", { operator: "div", power: 5 }],
  ["%", { operator: "%", power: 5 }],
  ["MOD", { operator: "%", power: 5 }],
  ["^", { operator: "^", power: 6 }],
] as const);

/** Reads arithmetic: an expression without AND, OR, NOT, comparisons and predicates outside parentheses. */
export function bitExpression(cursor: Cursor): Expression {
  return bit(cursor, 0, cursor.start, null);
}

function bit(cursor: Cursor, floor: number, start: number, first: Expression | null): Expression {
  let left = first === null ? simple(cursor) : concatenation(cursor, start, first);
  for (let length = 0; ; length++) {
    const power = POWERS.get(cursor.token.key);
    if (power === undefined || power.power <= floor) return left;
    const { operator } = power;
    cursor.advance();
    const interval = operator === "+" || operator === "-" ? acceptInterval(cursor) : null;
    if (interval !== null) {
      const sign = operator === "+" ? "+" : "-";
      const span = cursor.span(start);
      left = { kind: "dateArithmetic", span, operator: sign, operand: left, ...interval };
    } else {
      const right = bit(cursor, power.power, cursor.start, null);
      left = { kind: "arithmetic", span: cursor.span(start), operator, left, right };
    }
    cursor.checkChain(length);
  }
}
