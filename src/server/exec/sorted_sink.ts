/** Sorting rows that come as plain values: behind UNION, and rows in parentheses. */
import type { Datum } from "../../innodb/api.ts";
import type { Exec } from "../context.ts";
import { evalItem, type Slot } from "../expr/item.ts";
import type { ResultRow, RowSink } from "./query_types.ts";
import { filesortKeyed, type SortKey } from "./sort_rows.ts";

export interface SortedSink {
  readonly sink: RowSink;
  /** Passes the rows on in order. */
  readonly finish: () => Exec<void>;
}

/** Without keys the rows go straight on. `slot` takes the row while keys are computed. */
/** `wanted`: how many rows LIMIT lets through, Infinity without. */
export function sortedSink(
  order: readonly SortKey[],
  slot: Slot,
  wanted: number,
  sink: RowSink,
): SortedSink {
  if (order.length === 0) return { sink, finish: function* () {} };
  const entries: { readonly row: ResultRow; readonly keys: readonly Datum[] }[] = [];
  return {
    *sink(row) {
      slot.row = row;
      const keys: Datum[] = [];
      for (const { item } of order) keys.push(yield* evalItem(item));
      entries.push({ row, keys });
      return true;
    },
    *finish() {
      const sorted = filesortKeyed(entries, order, wanted, entries.length);
      for (const { row } of sorted) {
        const wantsMore = sink(row);
        if (!(typeof wantsMore === "boolean" ? wantsMore : yield* wantsMore)) return;
      }
    },
  };
}
