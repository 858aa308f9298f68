/** What a block gathers its rows by: GROUP BY or DISTINCT, and the order in which equal ones come together. */
import type { Item } from "../expr/item.ts";
import { keysOf } from "../optimizer/key_info.ts";
import { type Block, isGrouped } from "./block.ts";
import { fullOrder } from "./block_output.ts";
import type { JoinPlan, JoinRequest } from "./join/join_types.ts";
import { isSame } from "./join/multiple_equality.ts";
import type { SortKey } from "./sort_rows.ts";

/** The order that gathers rows with equal keys: GROUP BY's, in the directions of ORDER BY where that names the same. */
export function gatheringOrder(block: Block): readonly SortKey[] {
  const isEitherWay = block.order.length === 0;
  if (isDistinctAsGroup(block)) {
    const keys = fullOrder(block).filter(
      ({ item }, at, all) =>
        !item.isConst && all.findIndex((one) => isSameAs(item, one.item)) >= at,
    );
    return keys.map((key) => ({ ...key, isEitherWay }));
  }
  const group = block.group ?? [];
  // The same column once more orders nothing. MySQL: JOIN::remove_const.
  const keys = group.filter((item, at) => group.findIndex((one) => isSameAs(item, one)) >= at);
  const isOrdered = block.order.every(({ item }, at) => isSameAs(item, keys[at]));
  return keys.map((item, at) => ({
    item,
    desc: isOrdered && block.order[at]?.desc === true,
    isEitherWay: isEitherWay || !isOrdered,
  }));
}

/** ORDER BY names what the rows are gathered by, first things first: it asks for no order of its own. MySQL: test_if_subpart. */
export function ordersAsGathered({ order }: Block, gathering: readonly SortKey[]): boolean {
  return order.every(({ item }, at) => isSameAs(item, gathering[at]?.item));
}

/** LIMIT counts groups, and may end a scan that brings them one after the other. MySQL: JOIN::test_skip_sort. */
export function endsWithGroups(block: Block): boolean {
  if (block.isDistinct) return isDistinctAsGroup(block);
  return (block.group?.length ?? 0) > 0 && !block.isRollup;
}

/** The scan brings equal rows together, in ORDER BY's order. */
export function comesGathered(block: Block, plan: JoinPlan): boolean {
  return (
    plan.isOrdered &&
    plan.steps.length > 0 &&
    plan.steps[0]?.chosen.path.kind !== "loose" &&
    endsWithGroups(block) &&
    ordersAsGathered(block, gatheringOrder(block))
  );
}

/**
 * MySQL: JOIN::optimize_distinct_group_order makes DISTINCT of one table GROUP BY, where LIMIT could not end it early, and
 * where it has ORDER BY besides.
 */
function isDistinctAsGroup(block: Block): boolean {
  return (
    block.windows.length === 0 &&
    isGatheredByDistinct(block) &&
    block.from?.kind === "table" &&
    (!Number.isFinite(block.limit.count) || block.order.length > 0)
  );
}

/** Not where one table's unique key is selected, of which no two rows are equal. MySQL: list_contains_unique_index. */
function isGatheredByDistinct(block: Block): boolean {
  const { isDistinct, from, selected, group, uses, windows } = block;
  if (!isDistinct || windows.length > 0 || isGrouped({ group, uses })) return false;
  if (from?.kind !== "table" || from.table.source.kind !== "base") return true;
  const columns = selected.flatMap(({ item }) =>
    item.shape.kind === "column" ? [item.shape.column] : [],
  );
  return !keysOf(from.table.source.table.info).some(
    (key) =>
      key.unique &&
      !key.hasNullablePart &&
      key.parts.slice(0, key.declared).every((part) => columns.includes(part.column)),
  );
}

/** What GROUP BY or DISTINCT names. */
export function gatheredBy(block: Block): readonly Item[] | null {
  const { group, isDistinct, selected, windows } = block;
  if (group !== null && group.length > 0) return group;
  return isDistinct && windows.length === 0 ? selected.map(({ item }) => item) : null;
}

/** How rows with equal keys come together, for EXPLAIN. */
export function gathersBy(block: Block): JoinRequest["gathers"] {
  const isKeyed = (block.group?.length ?? 0) > 0;
  if (!isKeyed && !isGatheredByDistinct(block)) return null;
  return {
    isSorted: block.isRollup || wantsSorted(block),
    isOrdered: block.order.some(({ item }) => !item.isConst),
  };
}

function isSameAs(item: Item, other: Item | undefined): boolean {
  return other !== undefined && (item === other || isSame(item, other));
}

export function wantsSorted({ group, uses, isRollup, isBigResult }: Block): boolean {
  if ((group?.length ?? 0) === 0 || isRollup) return false;
  return isBigResult || uses.some((use) => use.wantsSorted);
}
