/** What a block gathers its rows by, where a loose index scan could give the groups. MySQL: is_indexed_agg_distinct and the tests at the start of get_best_group_min_max. */
import type { Item } from "../expr/item.ts";
import type { LooseRequest } from "../optimizer/loose_index_scan.ts";
import { type Block, isGrouped } from "./block.ts";

export function looseRequest(block: Block): LooseRequest | null {
  const { from, group, uses, isDistinct, isRollup, selected } = block;
  if (from?.kind !== "table" || from.table.source.kind !== "base" || isRollup) return null;
  const bit = 2 ** from.table.scope.position;
  if (isDistinct) {
    if (isGrouped(block)) return null;
    const distinct = columnsOf(
      selected.map(({ item }) => item),
      bit,
    );
    return distinct === null ? null : { group: [], distinct, isAggregate: false, extreme: null };
  }
  const grouped = columnsOf(group ?? [], bit);
  if (grouped === null) return null;
  const extremes = uses.flatMap((use) => use.extreme ?? []);
  const distincts = uses.flatMap(({ distinct }) => (distinct === null ? [] : [distinct]));
  if (extremes.length + distincts.length < uses.length) return null;
  const [first = []] = distincts.map((args) => columnsOf(args, bit));
  if (first === null || (extremes.length > 0 && distincts.length > 0)) return null;
  for (const args of distincts) {
    const columns = columnsOf(args, bit);
    const isSame = columns !== null && new Set([...columns, ...first]).size === new Set(first).size;
    if (!isSame || new Set(columns).size !== new Set(first).size) return null;
  }
  if (grouped.length === 0 && distincts.length === 0) return null;
  const columns = columnsOf(
    extremes.map(({ item }) => item),
    bit,
  );
  if (columns === null || new Set(columns).size > 1) return null;
  const [column] = columns;
  return {
    group: grouped,
    distinct: first,
    isAggregate: distincts.length > 0,
    extreme:
      column === undefined
        ? null
        : {
            column,
            min: extremes.some(({ isMax }) => !isMax),
            max: extremes.some(({ isMax }) => isMax),
          },
  };
}

/** The table's columns that the items are; null when one is something else. */
function columnsOf(items: readonly Item[], bit: number): readonly number[] | null {
  const columns = items.flatMap(({ shape, tables }) =>
    shape.kind === "column" && tables === bit ? [shape.column] : [],
  );
  return columns.length === items.length ? columns : null;
}
