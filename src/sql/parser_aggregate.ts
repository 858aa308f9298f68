/** Aggregate and window functions, and what stands after OVER. */

import type {
  Aggregate,
  AggregateName,
  Expression,
  FrameBound,
  Window,
  WindowFrame,
  WindowFunction,
} from "./ast_expression.ts";
import type { OrderItem } from "./ast_query.ts";
import type { Cursor } from "./cursor.ts";
import { expression } from "./parser_expression.ts";
import { acceptInterval } from "./parser_interval.ts";
import { signedLiteral, stringLiteral } from "./parser_literal.ts";
import { limitValue, orderItem } from "./parser_query.ts";

/** Keywords of aggregates that take one argument, with DISTINCT or without as the pair says. */
const SIMPLE: ReadonlyMap<string, readonly [AggregateName, "distinct" | "plain"]> = new Map([
  ["AVG", ["avg", "distinct"]],
  ["BIT_AND", ["bit_and", "plain"]],
  ["BIT_OR", ["bit_or", "plain"]],
  ["BIT_XOR", ["bit_xor", "plain"]],
  ["JSON_ARRAYAGG", ["json_arrayagg", "plain"]],
  ["MAX", ["max", "distinct"]],
  ["MIN", ["min", "distinct"]],
  ["STD", ["std", "plain"]],
  ["STDDEV_SAMP", ["stddev_samp", "plain"]],
  ["SUM", ["sum", "distinct"]],
  ["VARIANCE", ["variance", "plain"]],
  ["VAR_SAMP", ["var_samp", "plain"]],
] as const);

/** Reads the aggregate at the cursor; null when there is none. */
export function aggregateOf(cursor: Cursor): Aggregate | null {
  const { key, start } = cursor.token;
  if (key === "COUNT") return count(cursor);
  if (key === "GROUP_CONCAT") return groupConcat(cursor);
  if (key === "JSON_OBJECTAGG") return objectAggregate(cursor);
  const found = SIMPLE.get(key);
  if (found === undefined) return null;
  const [name, form] = found;
  cursor.advance();
  cursor.expect("(");
  const distinct = form === "distinct" && cursor.accept("DISTINCT");
  if (!distinct) cursor.accept("ALL");
  const args = [expression(cursor)];
  cursor.expect(")");
  return aggregate(cursor, start, name, args, { distinct });
}

function count(cursor: Cursor): Aggregate {
  const { start } = cursor.advance();
  cursor.expect("(");
  if (cursor.accept("DISTINCT")) {
    const args = cursor.list(expression);
    cursor.expect(")");
    return aggregate(cursor, start, "count", args, { distinct: true });
  }
  cursor.accept("ALL");
  const star = cursor.accept("*");
  const args = star ? [] : [expression(cursor)];
  cursor.expect(")");
  return aggregate(cursor, start, "count", args, { star });
}

function groupConcat(cursor: Cursor): Aggregate {
  const { start } = cursor.advance();
  cursor.expect("(");
  const distinct = cursor.accept("DISTINCT");
  const args = cursor.list(expression);
  const orderBy = orderItems(cursor);
  const separator = cursor.accept("SEPARATOR") ? stringLiteral(cursor).value : null;
  cursor.expect(")");
  return aggregate(cursor, start, "group_concat", args, { distinct, orderBy, separator });
}

function objectAggregate(cursor: Cursor): Aggregate {
  const { start } = cursor.advance();
  cursor.expect("(");
  const args = [expression(cursor)];
  cursor.expect(",");
  args.push(expression(cursor));
  cursor.expect(")");
  return aggregate(cursor, start, "json_objectagg", args, {});
}

function aggregate(
  cursor: Cursor,
  start: number,
  name: AggregateName,
  args: readonly Expression[],
  rest: Partial<Aggregate>,
): Aggregate {
  const over = cursor.at("OVER") ? windowOver(cursor) : null;
  const plain = { distinct: false, star: false, orderBy: [], separator: null };
  return { kind: "aggregate", span: cursor.span(start), name, args, ...plain, ...rest, over };
}

/** Reads `ORDER BY items` if it is there; empty otherwise. */
export function orderItems(cursor: Cursor): OrderItem[] {
  if (!cursor.accept("ORDER")) return [];
  cursor.expect("BY");
  return cursor.list(orderItem);
}

// ---------------------------------------------------------------- window functions

/** Least and greatest number of arguments of each. */
const WINDOW_FUNCTIONS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ["ROW_NUMBER", [0, 0]],
  ["RANK", [0, 0]],
  ["DENSE_RANK", [0, 0]],
  ["CUME_DIST", [0, 0]],
  ["PERCENT_RANK", [0, 0]],
  ["NTILE", [1, 1]],
  ["LEAD", [1, 3]],
  ["LAG", [1, 3]],
  ["FIRST_VALUE", [1, 1]],
  ["LAST_VALUE", [1, 1]],
  ["NTH_VALUE", [2, 2]],
] as const);

/** Reads the window function at the cursor, OVER included; null when there is none. */
export function windowFunctionOf(cursor: Cursor): WindowFunction | null {
  const arity = WINDOW_FUNCTIONS.get(cursor.token.key);
  if (arity === undefined) return null;
  const [least, most] = arity;
  const { start, key } = cursor.advance();
  cursor.expect("(");
  const args: Expression[] = [];
  const argument = (): void => {
    const isNumber = key === "NTILE" || args.length === 1;
    args.push(isNumber ? stableInteger(cursor) : expression(cursor));
  };
  if (least > 0) argument();
  while (args.length < least) {
    cursor.expect(",");
    argument();
  }
  while (args.length < most && cursor.accept(",")) argument();
  cursor.expect(")");
  const hasFrom = key === "NTH_VALUE" && cursor.accept("FROM");
  const fromLast = hasFrom && cursor.expectOne(["FIRST", "LAST"]) === "LAST";
  const ignoreNulls = least > 0 && key !== "NTILE" && nullTreatment(cursor);
  const over = windowOver(cursor);
  const name = key.toLowerCase() as WindowFunction["name"];
  const span = cursor.span(start);
  return { kind: "windowFunction", span, name, args, fromLast, ignoreNulls, over };
}

/** A number, a parameter, or a variable of a routine. */
function stableInteger(cursor: Cursor): Expression {
  if (cursor.at("?") || cursor.type === "integer") return limitValue(cursor);
  if (!cursor.atName()) cursor.fail();
  const name = cursor.name();
  if (cursor.locals?.has(name.text.toLowerCase()) !== true) cursor.defer(1327, name.text);
  return { kind: "column", span: name.span, schema: null, table: null, name };
}

function nullTreatment(cursor: Cursor): boolean {
  const word = cursor.acceptOne(["RESPECT", "IGNORE"]);
  if (word !== null) cursor.expect("NULLS");
  return word === "IGNORE";
}

/** Reads `OVER name` or `OVER (...)`. */
function windowOver(cursor: Cursor): Window {
  cursor.expect("OVER");
  if (cursor.at("(")) return windowSpecification(cursor);
  const name = cursor.name();
  const rest = { partitionBy: [], orderBy: [], frame: null };
  return { kind: "window", span: name.span, name, ...rest };
}

/** Reads `([name] [PARTITION BY ...] [ORDER BY ...] [frame])`. */
export function windowSpecification(cursor: Cursor): Window {
  const start = cursor.start;
  cursor.expect("(");
  const name = cursor.atName() ? cursor.name() : null;
  let partitionBy: Expression[] = [];
  if (cursor.accept("PARTITION")) {
    cursor.expect("BY");
    partitionBy = cursor.list((inner) => orderItem(inner).expression);
  }
  const orderBy = orderItems(cursor);
  const frame = cursor.at("ROWS") || cursor.at("RANGE") ? windowFrame(cursor) : null;
  cursor.expect(")");
  return { kind: "window", span: cursor.span(start), name, partitionBy, orderBy, frame };
}

function windowFrame(cursor: Cursor): WindowFrame {
  const start = cursor.start;
  const unit = cursor.advance().key === "ROWS" ? "rows" : "range";
  const between = cursor.accept("BETWEEN");
  const from = frameBound(cursor, between);
  if (between) cursor.expect("AND");
  const to = between ? frameBound(cursor, true) : null;
  return { kind: "windowFrame", span: cursor.span(start), unit, from, to };
}

function frameBound(cursor: Cursor, mayFollow: boolean): FrameBound {
  const start = cursor.start;
  const bound = (at: FrameBound["at"], rest: Partial<FrameBound> = {}): FrameBound => ({
    kind: "frameBound",
    span: cursor.span(start),
    at,
    offset: null,
    unit: null,
    ...rest,
  });
  const directions = mayFollow ? (["PRECEDING", "FOLLOWING"] as const) : (["PRECEDING"] as const);
  if (cursor.accept("CURRENT")) {
    cursor.expect("ROW");
    return bound("currentRow");
  }
  if (cursor.accept("UNBOUNDED")) {
    const way = cursor.expectOne(directions);
    return bound(way === "PRECEDING" ? "unboundedPreceding" : "unboundedFollowing");
  }
  const interval = acceptInterval(cursor);
  const offset = interval?.amount ?? frameOffset(cursor);
  const way = cursor.expectOne(directions) === "PRECEDING" ? "preceding" : "following";
  return bound(way, { offset, unit: interval?.unit ?? null });
}

/** A number or a parameter. */
function frameOffset(cursor: Cursor): Expression {
  if (cursor.at("?")) return expression(cursor);
  if (!["integer", "decimal", "float"].includes(cursor.type)) cursor.fail();
  return signedLiteral(cursor);
}
