/**
 * Frames: which rows of its partition a row's function looks at.
 *
 *     ROWS BETWEEN 1 PRECEDING AND CURRENT ROW        by place
 *     RANGE BETWEEN 10 PRECEDING AND CURRENT ROW      by value: all rows whose ORDER BY is at most 10 before
 *
 * MySQL: Window::check_frame_sanity, setup_range_expressions (sql/window.cc).
 */
import type { Datum } from "../../../innodb/api.ts";
import type { FrameBound, WindowFrame } from "../../../sql/ast_expression.ts";
import { mysqlError } from "../../errors.ts";
import { arithmeticItem } from "../../expr/arithmetic.ts";
import { bindExpression } from "../../expr/bind.ts";
import type { Binder } from "../../expr/binder.ts";
import { dateArithmeticItem } from "../../expr/date_arithmetic.ts";
import type { Item } from "../../expr/item.ts";
import { comparator } from "../../types/compare.ts";
import { classOf } from "../../types/sql_type.ts";
import type { SortKey } from "../sort_rows.ts";
import type { Bound, Frame, Range } from "./window.ts";

/** Without a frame: up to the current row's equals, or the whole partition where nothing is ordered. */
export function boundFrame(
  node: WindowFrame | null,
  order: readonly SortKey[],
  name: string,
  binder: Binder,
): Frame {
  if (node === null) {
    return {
      unit: "range",
      from: { at: "start" },
      to: { at: order.length > 0 ? "current" : "end" },
    };
  }
  const { unit, from, to } = node;
  if (from.at === "unboundedFollowing") throw mysqlError("ER_WINDOW_FRAME_START_ILLEGAL", name);
  if (to?.at === "unboundedPreceding") throw mysqlError("ER_WINDOW_FRAME_END_ILLEGAL", name);
  const ends = to?.at ?? "currentRow";
  const isTurned =
    (from.at === "following" && (ends === "preceding" || ends === "currentRow")) ||
    (from.at === "currentRow" && ends === "preceding");
  if (isTurned) throw mysqlError("ER_WINDOW_FRAME_ILLEGAL", name);
  const bound = (one: FrameBound): Bound => {
    switch (one.at) {
      case "unboundedPreceding":
        return { at: "start" };
      case "unboundedFollowing":
        return { at: "end" };
      case "currentRow":
        return unit === "rows" ? { at: "rows", distance: 0 } : { at: "current" };
      case "preceding":
      case "following":
        return unit === "rows"
          ? { at: "rows", distance: distanceOf(one, name) }
          : valueBound(one, order, name, binder);
    }
  };
  const last: Bound =
    to === null ? (unit === "rows" ? { at: "rows", distance: 0 } : { at: "current" }) : bound(to);
  return { unit, from: bound(from), to: last };
}

function distanceOf({ at, offset, unit }: FrameBound, name: string): number {
  if (unit !== null) throw mysqlError("ER_WINDOW_ROWS_INTERVAL_USE", name);
  if (offset?.kind === "null") return 0;
  if (offset?.kind !== "integer") throw mysqlError("ER_WINDOW_FRAME_ILLEGAL", name);
  return at === "preceding" ? -Number(offset.text) : Number(offset.text);
}

function valueBound(
  { at, offset, unit, span }: FrameBound,
  order: readonly SortKey[],
  name: string,
  binder: Binder,
): Bound {
  const [key] = order;
  const kind = key === undefined ? "" : classOf(key.item.type);
  const isNumber = kind === "int" || kind === "decimal" || kind === "double";
  if (
    key === undefined ||
    order.length > 1 ||
    offset === null ||
    !(isNumber || kind === "temporal")
  )
    throw mysqlError("ER_WINDOW_RANGE_FRAME_ORDER_TYPE", name);
  if (isNumber && unit !== null) throw mysqlError("ER_WINDOW_RANGE_FRAME_NUMERIC_TYPE", name);
  if (!isNumber && unit === null) throw mysqlError("ER_WINDOW_RANGE_FRAME_TEMPORAL_TYPE", name);
  const amount = bindExpression(offset, binder);
  const operator = (at === "preceding") === key.desc ? "+" : "-";
  const item =
    unit === null
      ? arithmeticItem(operator, key.item, amount, binder.env)
      : dateArithmeticItem(
          { kind: "dateArithmetic", span, operator, operand: offset, amount: offset, unit },
          key.item,
          amount,
          binder.env,
        );
  return { at: "value", item, compare: comparing(key, item, binder) };
}

/** In the window's order; NULL is the least value. */
function comparing(
  { item, desc }: SortKey,
  bound: Item,
  { env }: Binder,
): (value: Datum, bound: Datum) => number {
  const compare = comparator(item.type, bound.type, env);
  return (a, b) => {
    const result =
      a === null || b === null ? Number(b === null) - Number(a === null) : (compare(a, b) ?? 0);
    return desc ? -result : result;
  };
}

/** Values of ORDER BY by row, and of the frame's ends as the row has them. */
export interface FrameValues {
  readonly size: number;
  readonly peers: (row: number) => Range;
  readonly key: (row: number) => Datum;
  readonly from: (row: number) => Datum;
  readonly to: (row: number) => Datum;
}

export function frameOf({ from, to }: Frame, values: FrameValues, row: number): Range {
  const first = Math.max(0, edge(from, values, row, "from"));
  const end = Math.min(values.size, edge(to, values, row, "to"));
  return { from: first, to: Math.max(first, end) };
}

/** The frame's first row, or the one behind its last. */
function edge(bound: Bound, values: FrameValues, row: number, side: "from" | "to"): number {
  switch (bound.at) {
    case "start":
      return 0;
    case "end":
      return values.size;
    case "current":
      return values.peers(row)[side];
    case "rows":
      return row + bound.distance + (side === "to" ? 1 : 0);
    case "value": {
      // Of NULL nothing can be taken away: its frame ends with its equals.
      if (values.key(row) === null) return values.peers(row)[side];
      const limit = values[side](row);
      for (let at = 0; at < values.size; at += 1) {
        const order = bound.compare(values.key(at), limit);
        if (side === "from" ? order >= 0 : order > 0) return at;
      }
      return values.size;
    }
  }
}
