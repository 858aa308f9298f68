/**
 * Function calls. MySQL's grammar knows three kinds, and a wrong number of arguments is a syntax error in the first
 * two only:
 *
 *     keyword functions with a fixed number of arguments      IF(a, b, c), LEFT(a, 2)     FIXED
 *     functions with words of their own between arguments     CAST(a AS CHAR), TRIM(...)  SPECIAL
 *     every other name before a parenthesis                   concat(a, b), db.f(a)       genericCall
 */

import type { Identifier } from "./ast.ts";
import type { Expression, FunctionCall } from "./ast_expression.ts";
import type { Cursor } from "./cursor.ts";
import { aggregateOf, windowFunctionOf } from "./parser_aggregate.ts";
import { expression } from "./parser_expression.ts";
import { selectAlias } from "./parser_select.ts";
import { specialCall } from "./parser_special.ts";

/** Least and greatest number of arguments. */
const FIXED: ReadonlyMap<string, readonly [number, number]> = new Map([
  ["ASCII", [1, 1]],
  ["CHARSET", [1, 1]],
  ["COALESCE", [1, 255]],
  ["COLLATION", [1, 1]],
  ["DATABASE", [0, 0]],
  ["DATE", [1, 1]],
  ["DAY", [1, 1]],
  ["FORMAT", [2, 3]],
  ["GEOMETRYCOLLECTION", [0, 255]],
  ["GROUPING", [1, 255]],
  ["HOUR", [1, 1]],
  ["IF", [3, 3]],
  ["INSERT", [4, 4]],
  ["LEFT", [2, 2]],
  ["LINESTRING", [1, 255]],
  ["LOG", [1, 2]],
  ["MICROSECOND", [1, 1]],
  ["MINUTE", [1, 1]],
  ["MOD", [2, 2]],
  ["MONTH", [1, 1]],
  ["MULTILINESTRING", [1, 255]],
  ["MULTIPOINT", [1, 255]],
  ["MULTIPOLYGON", [1, 255]],
  ["POINT", [2, 2]],
  ["POLYGON", [1, 255]],
  ["QUARTER", [1, 1]],
  ["REPEAT", [2, 2]],
  ["REPLACE", [3, 3]],
  ["REVERSE", [1, 1]],
  ["RIGHT", [2, 2]],
  ["ROW_COUNT", [0, 0]],
  ["SECOND", [1, 1]],
  ["TIME", [1, 1]],
  ["TIMESTAMP", [1, 2]],
  ["TRUNCATE", [2, 2]],
  ["USER", [0, 0]],
  ["WEEK", [1, 2]],
  ["YEAR", [1, 1]],
] as const);

/** May stand without parentheses; the number is how many of fractional seconds' digits they take. */
const WITHOUT_PARENTHESES: ReadonlyMap<string, 0 | 1> = new Map([
  ["NOW", 1],
  ["CURDATE", 0],
  ["CURTIME", 1],
  ["UTC_DATE", 0],
  ["UTC_TIME", 1],
  ["UTC_TIMESTAMP", 1],
  ["CURRENT_USER", 0],
] as const);

/**
 * Reads the call that the keyword at the cursor begins. Null, and nothing read, when it begins none: then a keyword
 * that is not reserved is a name, and a reserved one a mistake.
 */
export function callOf(cursor: Cursor): Expression | null {
  const { key, type } = cursor.token;
  const before = cursor.peek(1).key === "(";
  const digits = WITHOUT_PARENTHESES.get(key);
  if (digits !== undefined) return timeCall(cursor, digits);
  if (!before && type === "identifier") return null;
  const arity = FIXED.get(key);
  if (arity !== undefined) return fixedCall(cursor, arity);
  return aggregateOf(cursor) ?? windowFunctionOf(cursor) ?? specialCall(cursor);
}

function fixedCall(cursor: Cursor, [least, most]: readonly [number, number]): FunctionCall {
  const { start, key } = cursor.advance();
  cursor.expect("(");
  const args: Expression[] = [];
  if (most > 0 && (least > 0 || !cursor.at(")"))) {
    args.push(expression(cursor));
    while (args.length < least) {
      cursor.expect(",");
      args.push(expression(cursor));
    }
    while (args.length < most && cursor.accept(",")) args.push(expression(cursor));
  }
  cursor.expect(")");
  return call(cursor, start, key.toLowerCase(), args);
}

/** `NOW`, `NOW()`, `NOW(6)`. Written as the function NOW the parentheses are there already; see the lexer. */
function timeCall(cursor: Cursor, digits: 0 | 1): FunctionCall {
  const { start, key } = cursor.advance();
  const args: Expression[] = [];
  if (cursor.accept("(")) {
    if (digits === 1 && cursor.type === "integer") {
      const { value, start: at, end } = cursor.advance();
      args.push({ kind: "integer", span: { start: at, end }, text: value });
    }
    cursor.expect(")");
  }
  return call(cursor, start, key.toLowerCase(), args);
}

/** A call of a function by its name alone: `name(...)` or `schema.name(...)`. */
export function genericCall(cursor: Cursor, schema: Identifier | null): Expression {
  const start = schema?.span.start ?? cursor.start;
  const name = cursor.name().text.toLowerCase();
  cursor.expect("(");
  const { args, named } = namedArguments(cursor);
  cursor.expect(")");
  if (named) cursor.failWith(1583, name);
  return { kind: "function", span: cursor.span(start), schema, name, args };
}

/** Arguments may have aliases, but only for loadable functions; `named` when one has. */
function namedArguments(cursor: Cursor): {
  readonly args: readonly Expression[];
  readonly named: boolean;
} {
  if (cursor.at(")")) return { args: [], named: false };
  let named = false;
  const args = cursor.list((inner) => {
    const value = expression(inner);
    if (selectAlias(inner) !== null) named = true;
    return value;
  });
  return { args, named };
}

/** A call's node, its text ending at the token read last. */
export function call(
  cursor: Cursor,
  start: number,
  name: string,
  args: readonly Expression[],
): FunctionCall {
  return { kind: "function", span: cursor.span(start), schema: null, name, args };
}
