/** One SELECT block with its names resolved. MySQL: Query_block after prepare. */
import type { QuerySpecification } from "../../sql/ast_query.ts";
import { type Item, partsOf } from "../expr/item.ts";
import type { Scope } from "../expr/scope.ts";
import type { AggregateUse } from "./aggregates.ts";
import type { JoinNode } from "./join/join_types.ts";
import type { RowLimit } from "./limit.ts";
import type { MinMaxPlan } from "./min_max.ts";
import type { QueryContext } from "./query_types.ts";
import type { KeyCell } from "./rollup.ts";
import type { SelectedItem } from "./select_list.ts";
import type { SortKey } from "./sort_rows.ts";
import type { WindowPlan } from "./windows/window.ts";

export interface Block {
  readonly context: QueryContext;
  /** As written. */
  readonly spec: QuerySpecification;
  readonly scope: Scope;
  readonly from: JoinNode | null;
  readonly where: Item | null;
  readonly selected: readonly SelectedItem[];
  readonly group: readonly Item[] | null;
  readonly isRollup: boolean;
  readonly keyCells: readonly KeyCell[];
  readonly uses: readonly AggregateUse[];
  readonly having: Item | null;
  /** In the order in which the rows go through them. */
  readonly windows: readonly WindowPlan[];
  readonly order: readonly SortKey[];
  readonly limit: RowLimit;
  readonly isDistinct: boolean;
  /** SQL_BIG_RESULT: groups are made by sorting. */
  readonly isBigResult: boolean;
  /** SQL_CALC_FOUND_ROWS. */
  readonly countsAll: boolean;
  /** Values that IN compares its columns with, where it is run for each of them. */
  readonly testedFor: readonly Item[];
  /** Its comparisons with them are left out for a NULL on the left of IN. MySQL: has_guarded_conds. */
  readonly isGuarded: boolean;
  /** Its aggregates are read from ends of indexes, and nothing else. */
  readonly minMax: MinMaxPlan | null;
  /** Ends that are read before the rows, which are read all the same. */
  readonly endsFirst: MinMaxPlan | null;
}

export function isGrouped(block: Pick<Block, "group" | "uses">): boolean {
  return block.group !== null || block.uses.length > 0;
}

/** Windows sort the rows: an order that they come in is lost. */
export function sortsWindows({ windows, order }: Pick<Block, "windows" | "order">): boolean {
  return windows.some(({ sorts, uses }) => {
    const cells = uses.map(({ item }) => item);
    return sorts || order.some((key) => cells.some((item) => holdsItem(key.item, item)));
  });
}

/** Whether one is the other or a part of it. */
export function holdsItem(item: Item, wanted: Item): boolean {
  return item === wanted || partsOf(item).some((part) => holdsItem(part, wanted));
}
