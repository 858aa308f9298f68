/**
 * In which order the tables of a join are read: every order is built up table by table, and given up as soon as it is
 * no better than another of the same length or than the best whole one.
 *
 * MySQL: Optimize_table_order (sql_planner.cc): greedy_search, best_extension_by_limited_search,
 * eq_ref_extension_by_limited_search, check_interleaving_with_nj, consider_plan.
 * Departure: up to seven tables are searched exhaustively, as with MySQL's default depth; more are too.
 */

import { rowEvaluateCost } from "../../optimizer/cost.ts";
import type { AccessQuestion, bestAccess, TableAccess } from "../../optimizer/join_access.ts";
import { type JoinMember, type JoinNest, nestAround } from "./join_model.ts";
import { accessAt } from "./position_access.ts";
import { advanceSemijoin, NO_SEMIJOIN, type SemijoinState } from "./semijoin_search.ts";

/** A table to be placed. */
export interface SearchTable {
  readonly member: JoinMember;
  /** How it may be read; a table whose rows are made for the statement answers for itself. */
  readonly question: AccessQuestion | MadeRows;
  /** Rows that its conditions with constants leave, and the tables that a lookup in it needs. */
  readonly foundRows: number;
  readonly keyDependsOn: number;
  readonly totalRows: number;
  /** It may be read through a join buffer. */
  readonly mayBuffer: boolean;
}

/** Rows of a derived table: scanned, or looked up by columns that conditions make equal to others. */
export interface MadeRows {
  readonly kind: "made";
  readonly place: (place: Parameters<typeof bestAccess>[1]) => TableAccess;
}

export interface Position extends SemijoinState {
  readonly table: SearchTable;
  access: TableAccess;
  prefixRows: number;
  prefixCost: number;
  /** Nests that have been begun and not ended behind this table. */
  readonly open: readonly JoinNest[];
}

/** What materializing a semi-join nest costs, where that is possible. */
export interface Materialization {
  readonly positions: readonly Position[];
  readonly cost: number;
  readonly rows: number;
  readonly scanCost: number;
  readonly lookupCost: number;
  /** Its values can be looked up; otherwise they are only scanned. */
  readonly canLookUp: boolean;
}

export interface SearchRequest {
  readonly tables: readonly SearchTable[];
  /** Mask of the constant tables. */
  readonly constants: number;
  readonly materializations: ReadonlyMap<JoinNest, Materialization>;
  readonly hasSemijoins: boolean;
  /** A derived table reads tables beside it. */
  readonly hasLateral: boolean;
  /** The last table's filter is not computed: all its rows count. */
  readonly endsUnfiltered: boolean;
  /** The one table that ORDER BY or GROUP BY is about; null when there is none. */
  readonly sortTable: number | null;
  readonly limit: number;
  /** The nest that is planned for itself, to be materialized. */
  readonly within: JoinNest | null;
  /** SELECT STRAIGHT_JOIN. */
  readonly isStraight: boolean;
}

export interface Search {
  readonly request: SearchRequest;
  readonly positions: Position[];
  best: readonly Position[];
  bestCost: number;
  hasAllowed: boolean;
  mustSort: boolean;
}

export function searchOrder(request: SearchRequest): readonly Position[] {
  const search: Search = {
    request,
    positions: [],
    best: [],
    bestCost: Number.POSITIVE_INFINITY,
    hasAllowed: false,
    mustSort: false,
  };
  const all = request.tables.reduce((mask, { member }) => mask | member.bit, 0);
  const compare = request.isStraight ? dependsOnOther : comesFirst;
  const tables = mergeSorted(request.tables, compare);
  if (request.isStraight) {
    let remaining = all;
    for (const table of tables) {
      search.positions.push(placed(search, table, remaining));
      remaining &= ~table.member.bit;
    }
    return search.positions;
  }
  extend(search, all, tables);
  return search.best;
}

/** MySQL: Join_tab_compare_straight, with a stable sort. */
function dependsOnOther(a: SearchTable, b: SearchTable): number {
  if ((a.member.dependsOn & b.member.bit) !== 0) return 1;
  return (b.member.dependsOn & a.member.bit) !== 0 ? -1 : 0;
}

/** MySQL: Join_tab_compare_default, with a stable sort. */
function comesFirst(a: SearchTable, b: SearchTable): number {
  const needed = dependsOnOther(a, b);
  if (needed !== 0) return needed;
  const [aNeedsB, bNeedsA] = [
    (a.keyDependsOn & b.member.bit) !== 0,
    (b.keyDependsOn & a.member.bit) !== 0,
  ];
  if (aNeedsB && !bNeedsA) return 1;
  if (bNeedsA && !aNeedsB) return -1;
  return a.foundRows - b.foundRows;
}

/** A merge sort, so that an order that is no total one sorts as MySQL's does. */
function mergeSorted(
  tables: readonly SearchTable[],
  compare: (a: SearchTable, b: SearchTable) => number,
): readonly SearchTable[] {
  if (tables.length < 2) return tables;
  const middle = Math.floor(tables.length / 2);
  const left = [...mergeSorted(tables.slice(0, middle), compare)];
  const right = [...mergeSorted(tables.slice(middle), compare)];
  const merged: SearchTable[] = [];
  while (left.length > 0 && right.length > 0) {
    const isRight = compare(right[0] as SearchTable, left[0] as SearchTable) < 0;
    merged.push((isRight ? right : left).shift() as SearchTable);
  }
  return [...merged, ...left, ...right];
}

/** Tries each table as the next one. */
function extend(search: Search, remaining: number, tables: readonly SearchTable[]): void {
  const { positions, request } = search;
  let bestRows = Number.POSITIVE_INFINITY;
  let bestCost = Number.POSITIVE_INFINITY;
  let extended = 0;
  const order = [...tables];
  const { length: at } = positions;
  for (let i = 0; i < order.length; i += 1) {
    // Each table is swapped to the front, where it stays for the ones behind it to be swapped with.
    [order[0], order[i]] = [order[i] as SearchTable, order[0] as SearchTable];
    const table = order[0] as SearchTable;
    const { member } = table;
    if ((extended & member.bit) !== 0 || (member.dependsOn & remaining) !== 0) continue;
    if (isInterleaved(search, table)) continue;
    const position = placed(search, table, remaining);
    positions.push(position);
    advance(search, remaining);
    const isWorse = position.prefixCost >= search.bestCost && search.hasAllowed;
    let isPruned = isWorse;
    if (!isWorse) {
      const isSortTable = at === 0 && !search.mustSort && request.sortTable === member.bit;
      if (bestRows > position.prefixRows || bestCost > position.prefixCost || isSortTable) {
        if (
          bestRows >= position.prefixRows &&
          bestCost >= position.prefixCost &&
          ((table.keyDependsOn & remaining) === 0 || position.access.rowsFetched < 2)
        ) {
          bestRows = position.prefixRows;
          bestCost = position.prefixCost;
        }
      } else if (search.hasAllowed) isPruned = true;
    }
    if (!isPruned) {
      const after = remaining & ~member.bit;
      const rest = order.slice(1);
      if (after === 0) consider(search);
      else if (position.access.ref !== null && position.access.rowsFetched <= 1) {
        if (extended === 0) {
          const more = extendByLookups(search, after, rest);
          positions.pop();
          if (more === null) return;
          extended = member.bit | more;
          if (extended === remaining) return;
          continue;
        }
      } else extend(search, after, rest);
    }
    positions.pop();
  }
}

/** Lookups of one row each need no trying out; null when another way had to be searched to the end. */
function extendByLookups(
  search: Search,
  remaining: number,
  tables: readonly SearchTable[],
): number | null {
  const { positions } = search;
  const before = positions.at(-1) as Position;
  const order = [...tables];
  for (let i = 0; i < order.length; i += 1) {
    [order[0], order[i]] = [order[i] as SearchTable, order[0] as SearchTable];
    const table = order[0] as SearchTable;
    const { member } = table;
    if ((member.dependsOn & remaining) !== 0 || (table.keyDependsOn & ~remaining) === 0) continue;
    if (isInterleaved(search, table)) continue;
    const position = placed(search, table, remaining);
    const { access } = position;
    const isAlike =
      access.ref !== null &&
      isAlmost(access.readCost, before.access.readCost) &&
      isAlmost(access.rowsFetched, before.access.rowsFetched);
    if (!isAlike) continue;
    positions.push(position);
    advance(search, remaining);
    if (position.prefixCost >= search.bestCost) {
      positions.pop();
      continue;
    }
    let extended = member.bit;
    const after = remaining & ~member.bit;
    if (after === 0) consider(search);
    else {
      const more = extendByLookups(search, after, order.slice(1));
      if (more === null) {
        positions.pop();
        return null;
      }
      extended |= more;
    }
    positions.pop();
    return extended;
  }
  extend(search, remaining, tables);
  return 0;
}

function isAlmost(left: number, right: number): boolean {
  return left >= right * 0.9 && left <= right * 1.1;
}

/** The table at the end of what is placed. */
function placed(search: Search, table: SearchTable, remaining: number): Position {
  const { positions, request } = search;
  const before = positions.at(-1) ?? null;
  const access = accessAt(search, table, remaining, positions.length, before?.prefixRows ?? 1, {
    mayBuffer: true,
  });
  if (
    access.ref === null &&
    before === null &&
    request.sortTable === table.member.bit &&
    request.limit >= access.rowsFetched
  ) {
    search.mustSort = true;
  }
  const position: Position = {
    ...NO_SEMIJOIN,
    table,
    access,
    prefixRows: 0,
    prefixCost: 0,
    open: openNests(before?.open ?? [], positions, table, request.within),
  };
  setPrefix(position, before);
  return position;
}

/** MySQL: POSITION::set_prefix_join_cost. */
function setPrefix(position: Position, before: Position | null): void {
  const { rowsFetched, readCost, filterEffect } = position.access;
  const rows = (before?.prefixRows ?? 1) * rowsFetched;
  position.prefixCost = (before?.prefixCost ?? 0) + readCost + rowEvaluateCost(rows);
  position.prefixRows = rows * filterEffect;
}

function advance(search: Search, remaining: number): void {
  if (search.request.hasSemijoins) advanceSemijoin(search, remaining);
}

function consider(search: Search): void {
  const { positions, request } = search;
  const last = positions.at(-1) as Position;
  let cost = last.prefixCost;
  const isSorted =
    request.sortTable !== null &&
    (search.mustSort || positions[0]?.table.member.bit !== request.sortTable);
  if (isSorted) cost += last.prefixRows;
  if (cost >= search.bestCost && search.hasAllowed) return;
  search.best = positions.map((position) => ({ ...position }));
  search.bestCost = cost - 0.001;
  search.hasAllowed = true;
}

/** Would the table come between those of an outer join's inner side? */
function isInterleaved(search: Search, { member }: SearchTable): boolean {
  const open = search.positions.at(-1)?.open ?? [];
  return open.some((nest) => {
    for (let at = member.nest; at !== null; at = at.parent) if (at === nest) return false;
    return true;
  });
}

function openNests(
  open: readonly JoinNest[],
  positions: readonly Position[],
  { member }: SearchTable,
  within: JoinNest | null,
): readonly JoinNest[] {
  const done = positions.reduce((mask, { table }) => mask | table.member.bit, member.bit);
  const nests = new Set(open);
  for (
    let at = nestAround(member.nest, ["left", "anti"]);
    at !== null && at !== within;
    at = nestAround(at.parent, ["left", "anti"])
  ) {
    nests.add(at);
  }
  return [...nests].filter((nest) => (nest.tables & ~done) !== 0);
}
