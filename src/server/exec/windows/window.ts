/**
 * The windows of a query block, bound: what each sorts its rows by, its frame, and the functions computed over it.
 *
 * MySQL: class Window (sql/window.h).
 */
import type { Datum } from "../../../innodb/api.ts";
import type { Exec } from "../../context.ts";
import type { Item } from "../../expr/item.ts";
import type { SortKey } from "../sort_rows.ts";

/** One window, with all functions that are computed over it. */
export interface WindowPlan {
  readonly partition: readonly SortKey[];
  readonly order: readonly SortKey[];
  readonly frame: Frame;
  /** Its rows do not come in this order from the window before. */
  readonly sorts: boolean;
  readonly uses: readonly WindowUse[];
}

export interface WindowUse {
  /** The call, in the expressions that hold it. */
  readonly item: Item;
  readonly args: readonly Item[];
  /** Holds the function's value while the row's expressions are computed. */
  readonly cell: { value: Datum };
  /** A value for each row of a partition. */
  readonly compute: (partition: Partition) => Exec<readonly Datum[]>;
}

/** Rows of equal PARTITION BY, in the window's order, by their places in it. */
export interface Partition {
  readonly size: number;
  readonly args: (row: number) => readonly Datum[];
  /** Rows of equal ORDER BY: the first, and the one behind the last. */
  readonly peers: (row: number) => Range;
  /** Rows of its frame. */
  readonly frame: (row: number) => Range;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Frame {
  readonly unit: "rows" | "range";
  readonly from: Bound;
  readonly to: Bound;
}

export type Bound =
  | { readonly at: "start" | "end" | "current" }
  /** So many rows before (negative) or behind. */
  | { readonly at: "rows"; readonly distance: number }
  /** The value that ORDER BY has at the frame's end, computed from the current row. */
  | {
      readonly at: "value";
      readonly item: Item;
      /** How a row's own value compares with it. */
      readonly compare: (value: Datum, bound: Datum) => number;
    };
