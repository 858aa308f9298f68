/** INTERVAL and its units. */

import type { Expression, IntervalUnit } from "./ast_expression.ts";
import type { Cursor } from "./cursor.ts";
import { expression } from "./parser_expression.ts";

/** An amount of time. */
export interface Interval {
  readonly amount: Expression;
  readonly unit: IntervalUnit;
}

const UNITS: ReadonlySet<string> = new Set(
  `MICROSECOND SECOND MINUTE HOUR DAY WEEK MONTH QUARTER YEAR SECOND_MICROSECOND MINUTE_MICROSECOND
  MINUTE_SECOND HOUR_MICROSECOND HOUR_SECOND HOUR_MINUTE DAY_MICROSECOND DAY_SECOND DAY_MINUTE DAY_HOUR
  YEAR_MONTH`.split(/\s+/),
);

/** Reads `DAY`, `YEAR_MONTH`, ... */
export function intervalUnit(cursor: Cursor): IntervalUnit {
  if (!UNITS.has(cursor.token.key)) cursor.fail();
  return cursor.advance().key.toLowerCase() as IntervalUnit;
}

/** Reads `INTERVAL amount unit` where only that can stand. */
export function interval(cursor: Cursor): Interval {
  cursor.expect("INTERVAL");
  const amount = expression(cursor);
  return { amount, unit: intervalUnit(cursor) };
}

/**
 * Reads `INTERVAL amount unit` after an operator, if it is next. Null, and nothing read, for the function
 * INTERVAL(n, a, ...) and for everything else.
 */
export function acceptInterval(cursor: Cursor): Interval | null {
  return cursor.at("INTERVAL") && !atIntervalFunction(cursor) ? interval(cursor) : null;
}

/** True when `INTERVAL (` begins a call: a comma stands at the first level of its parentheses. */
export function atIntervalFunction(cursor: Cursor): boolean {
  if (cursor.peek(1).key !== "(") return false;
  let depth = 0;
  for (let distance = 1; ; distance++) {
    const token = cursor.peek(distance);
    if (token.type === "end") return false;
    if (token.key === "(") depth++;
    else if (token.key === ")" && --depth === 0) return false;
    else if (token.key === "," && depth === 1) return true;
  }
}
