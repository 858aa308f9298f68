/**
 * The first table of a join that LIMIT may end early: is there an index that gives the order, and a range on it?
 *
 * MySQL: LOW_LIMIT in make_join_query_block.
 */
import type { Item } from "../../expr/item.ts";
import type { ChosenAccess } from "../../optimizer/access_path.ts";
import { conditionRows, withLowLimit } from "../../optimizer/low_limit.ts";
import { constantColumns } from "../../optimizer/ordering.ts";
import { comparedKeys, type OrderColumn, usableKeys } from "../../optimizer/plan_table.ts";
import { predicateOf } from "../predicate_of.ts";
import { predicateTable } from "../predicate_table.ts";
import type { Candidate } from "./join_candidates.ts";
import type { Position } from "./join_search.ts";
import type { StepsRequest } from "./join_steps.ts";
import type { TreeTable } from "./join_tree.ts";

/** `items`: what is looked at with the table. Null: it stays as it is. */
export function lowLimitAccess(
  { request, layout }: StepsRequest,
  { step: { table, chosen } }: TreeTable,
  { access: asked, member }: Candidate,
  { access }: Position,
  items: readonly Item[],
): ChosenAccess | null {
  const limit = request.limitWritten ?? null;
  const predicates = predicateTable(request, table);
  if (limit === null || asked === null || predicates === null || items.length === 0) return null;
  const matching = access.rowsFetched * access.filterEffect;
  if (limit >= matching || comparedKeys(asked.table, "none").length === 0) return null;
  const order = orderOf(request, member.bit);
  if (order === null) return null;
  const behind = layout.tables.slice(1).reduce((product, { position: { access: one } }) => {
    return product * one.rowsFetched * one.filterEffect;
  }, 1);
  const where = { kind: "and", args: items.map((item) => predicateOf(item, predicates)) } as const;
  const planned = { ...asked.table, query: { ...asked.table.query, where } };
  const { path } = chosen;
  const key =
    "index" in path
      ? (asked.table.keys.find(({ index }) => index.id === path.index.id) ?? null)
      : null;
  const draft = { path, key, rows: chosen.rows, cost: chosen.cost, isOrdered: false };
  const settled = constantColumns(where);
  const found = withLowLimit(
    planned,
    draft,
    asked.ranges,
    { cost: access.readCost, rows: conditionRows(asked.table, asked.ranges), matching },
    {
      order: order.filter(({ column }) => !settled.has(column)),
      written: order,
      limit,
      keys: usableKeys(asked.table),
      wanted: Math.max(1, Math.floor(limit / Math.max(behind, 1))),
    },
  );
  if (found === draft) return null;
  const isCovering = !asked.readsRows && found.key !== null && planned.covering.has(found.key);
  return {
    ...chosen,
    path: found.path,
    rows: found.rows,
    cost: found.cost,
    keyRead: isCovering && found.path.kind !== "all",
  };
}

/** ORDER BY as columns of the table; null where it is something else. */
function orderOf(
  { order, isGroup, hasOneOrder, gathers }: StepsRequest["request"],
  bit: number,
): readonly OrderColumn[] | null {
  if (isGroup && gathers?.isOrdered !== true) return [];
  if (isGroup && !hasOneOrder) return null;
  const columns: OrderColumn[] = [];
  for (const { item, desc, isEitherWay = false } of order) {
    if (item.shape.kind !== "column" || item.tables !== bit) return null;
    columns.push({ column: item.shape.column, desc, isEitherWay });
  }
  return columns;
}
