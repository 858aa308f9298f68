/**
 * What window functions give for the rows of a partition.
 *
 *     ORDER BY a   10  20  20  30
 *     ROW_NUMBER    1   2   3   4      RANK  1 2 2 4      CUME_DIST  .25 .75 .75 1
 *
 * MySQL: sql/item_sum.cc: Item_row_number, Item_rank, Item_ntile, Item_lead_lag, Item_first_last_value, Item_nth_value.
 */
import { unreachable } from "../../../base/assert.ts";
import type { Datum } from "../../../innodb/api.ts";
import type { WindowFunction } from "../../../sql/ast_expression.ts";
import type { Exec } from "../../context.ts";
import type { AggregateUse } from "../aggregates.ts";
import type { Partition } from "./window.ts";

type Valued = Extract<
  WindowFunction["name"],
  "lead" | "lag" | "first_value" | "last_value" | "nth_value"
>;

/** `count`: NTILE's buckets. */
export function rankOf(
  name: Exclude<WindowFunction["name"], Valued>,
  count: number,
): (partition: Partition) => Exec<readonly Datum[]> {
  return function* (partition) {
    const { size } = partition;
    let groups = 0;
    return Array.from({ length: size }, (_, row): Datum => {
      const { from, to } = partition.peers(row);
      if (row === from) groups += 1;
      switch (name) {
        case "row_number":
          return row + 1;
        case "rank":
          return from + 1;
        case "dense_rank":
          return groups;
        case "percent_rank":
          return size === 1 ? 0 : from / (size - 1);
        case "cume_dist":
          return to / size;
        case "ntile":
          return bucketOf(row, size, count);
        default:
          return unreachable(name);
      }
    });
  };
}

/** The first buckets have one row more, where they do not come out even. */
function bucketOf(row: number, size: number, count: number): number {
  const least = Math.floor(size / count);
  const larger = size % count;
  const inLarger = larger * (least + 1);
  if (row < inLarger) return Math.floor(row / (least + 1)) + 1;
  return larger + Math.floor((row - inLarger) / Math.max(least, 1)) + 1;
}

/** LEAD and LAG: the first argument so many rows away, the second where there is no such row. */
export function neighbour(distance: number): (partition: Partition) => Exec<readonly Datum[]> {
  return function* ({ size, args }) {
    return Array.from({ length: size }, (_, row): Datum => {
      const other = row + distance;
      if (other < 0 || other >= size) return args(row)[1] ?? null;
      return args(other)[0] ?? null;
    });
  };
}

/** The value of the frame's row of this number: counted from its end where it is negative. */
export function framed(number: number): (partition: Partition) => Exec<readonly Datum[]> {
  return function* ({ size, args, frame }) {
    return Array.from({ length: size }, (_, row): Datum => {
      const { from, to } = frame(row);
      const wanted = number < 0 ? to + number : from + number - 1;
      return wanted >= from && wanted < to ? (args(wanted)[0] ?? null) : null;
    });
  };
}

/** An aggregate over each row's frame; a frame that only grows is not counted through again. */
export function aggregated(
  open: AggregateUse["open"],
): (partition: Partition) => Exec<readonly Datum[]> {
  return function* ({ size, args, frame }) {
    const values: Datum[] = [];
    let total = open();
    let done = { from: 0, to: 0 };
    for (let row = 0; row < size; row += 1) {
      const { from, to } = frame(row);
      if (from !== done.from || to < done.to) {
        total = open();
        done = { from, to: from };
      }
      for (let at = done.to; at < to; at += 1) total.add(args(at));
      done = { from, to: Math.max(done.to, to) };
      values.push(yield* total.result());
    }
    return values;
  };
}
