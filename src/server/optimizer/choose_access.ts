/**
 * The access path of one table of a SELECT (MySQL: best_access_path, make_join_query_block, test_if_skip_sort_order).
 *
 *   constant unique key ─▶ const
 *   range analysis ─┐
 *   best ref ───────┴▶ cheaper of the two, or a scan of the shortest covering index, or of the table ─▶ ORDER BY through an index
 */
import { OUTER_ROWS } from "../expr/item.ts";
import { type AccessPath, type ChosenAccess, NO_CONSTANT_ROW } from "./access_path.ts";
import { rowEvaluateCost, tableScanCost } from "./cost.ts";
import type { KeyInfo } from "./key_info.ts";
import { usedKeyLength } from "./key_ranges.ts";
import { withLongerKey } from "./longer_key.ts";
import type { LooseRequest } from "./loose_index_scan.ts";
import { type Position, positionOf, withLowLimit } from "./low_limit.ts";
import {
  cheaperOrdering,
  constantColumns,
  isLooselyHeld,
  type OrderMatch,
  orderMatch,
  reachesPrimaryKey,
  reversed,
  settledColumns,
} from "./ordering.ts";
import {
  comparedKeys,
  type OrderColumn,
  orderKeys,
  type PlanTable,
  shortestKey,
  type TableQuery,
} from "./plan_table.ts";
import { prefersRef } from "./prefers_ref.ts";
import { analyzeRanges, type RangeAnalysis, type RangeScan, round } from "./range_analysis.ts";
import { alsoSeeksNull, bestRef, constKey, givesEqualities, type RefAccess } from "./ref_access.ts";
import type { MergeScan } from "./row_order.ts";

export interface SelectOptions {
  /** Mask of the tables read before this one, and how many rows they bring. */
  readonly available: number;
  readonly prefixRows: number;
  /** ORDER BY on plain columns of this table; null when there is none or it cannot be an index's business. */
  readonly order: readonly OrderColumn[] | null;
  readonly limit: number | null;
  /** False inside an outer join's inner side and wherever else a constant row must not be read ahead. */
  readonly mayBeConst: boolean;
  /** The statement is one block without groups, on one table: a forced index needs no estimates. */
  readonly forgoesDives: boolean;
  /** The block has GROUP BY or DISTINCT. */
  readonly mayGather: boolean;
  /** The order is that of GROUP BY. */
  readonly isGroup?: boolean;
  readonly loose?: LooseRequest | null;
  readonly maySkip: boolean;
}

const SKIP = "passes over the first parts of the index, group by group";
const LOOSE = "reads one entry of each group";

/** A SELECT writes nothing. */
const SELECT_MERGE = { isDelete: false, written: new Set<number>() };

export interface Draft {
  readonly path: AccessPath;
  readonly key: KeyInfo | null;
  readonly rows: number;
  readonly cost: number;
  readonly isOrdered: boolean;
}

/** The `const` access of a table, if WHERE gives a unique key whole; the executor reads such tables first. */
export function constAccess(query: TableQuery, table: PlanTable): ChosenAccess | null {
  if (!givesEqualities(query.where)) return null;
  const found = constKey(table);
  if (found === null) return null;
  if (alsoSeeksNull(query.where, found.key)) return impossible(NO_CONSTANT_ROW);
  const path: AccessPath = { kind: "const", index: found.key.index, key: found.values };
  const considered = [
    {
      access: "const",
      key: found.key.index.name,
      rows: 1,
      cost: 0,
      why: "a unique key is given: at most one row",
    },
  ];
  return {
    path,
    keyRead: table.covering.has(found.key),
    isOrdered: true,
    rows: 1,
    cost: 0,
    considered,
  };
}

export function chooseSelectAccess(table: PlanTable, options: SelectOptions): ChosenAccess {
  const { query } = table;
  const constant = options.mayBeConst ? constAccess(query, table) : null;
  if (constant !== null) return constant;
  const rowLimit = options.order === null ? options.limit : null;
  const ranges = analyzeRanges(table, {
    limit: rowLimit,
    ignoreTableScan: query.hints.force,
    force: false,
    skipDives: skipsDives(table, options),
    keys: comparedKeys(table, options.mayGather ? "all" : "skipped"),
    merge: SELECT_MERGE,
    loose: options.loose ?? null,
    maySkip: options.maySkip,
  });
  if (ranges.isImpossible) return impossible();
  const { available, prefixRows } = options;
  const ref = ranges.isForced ? null : bestRef(table, ranges, available, prefixRows);
  const considered = [...ranges.considered];
  if (ref !== null)
    considered.push({
      access: ref.isUnique ? "eq_ref" : "ref",
      key: ref.key.index.name,
      rows: ref.fanout,
      cost: round(ref.readCost + options.prefixRows * rowEvaluateCost(ref.fanout)),
      why: "equality on the first key parts",
    });
  const scanCost =
    options.prefixRows * (tableScanCost(table.stats) + rowEvaluateCost(table.stats.rows));
  considered.push({
    access: "ALL",
    key: null,
    rows: table.stats.rows,
    cost: round(scanCost),
    why: "reads every row",
  });

  const { loose } = ranges;
  if (loose !== null && (ref === null || !prefersRef(table, ref, loose, options))) {
    const { key, path, rows, cost } = loose;
    considered.push({ access: "range", key: key.index.name, rows, cost: round(cost), why: LOOSE });
    return { path, keyRead: true, isOrdered: true, rows, cost: round(cost), considered };
  }
  const { skip } = ranges;
  const unordered =
    ref !== null && prefersRef(table, ref, skip ?? ranges.best, options)
      ? refDraft(ref, ranges.best)
      : skip !== null
        ? { ...skip, isOrdered: false }
        : scanDraft(table, ranges.best);
  if (skip !== null) {
    const { key, rows, cost } = skip;
    considered.push({ access: "range", key: key.index.name, rows, cost: round(cost), why: SKIP });
  }
  const draft =
    options.order === null && options.limit === null
      ? unordered
      : inOrder(table, unordered, ranges, options);
  const keyRead =
    draft.path.kind === "merge"
      ? draft.path.isCovering
      : draft.key !== null && draft.path.kind !== "all" && table.covering.has(draft.key);
  return {
    path: draft.path,
    keyRead,
    isOrdered: draft.isOrdered,
    rows: draft.rows,
    cost: round(draft.cost),
    considered,
    estimates: ranges.byKey,
  };
}

/** ORDER BY and LIMIT may change the choice. */
function inOrder(
  table: PlanTable,
  unordered: Draft,
  ranges: RangeAnalysis,
  { available, limit, order: wanted, isGroup = false }: SelectOptions,
): Draft {
  const position = positionOf(table, unordered, ranges, available);
  const { where } = table.query;
  const constants = constantColumns(where);
  const settled = settledColumns(where);
  const order = wanted?.filter(({ column }) => !settled.has(column)) ?? null;
  const isFirst = (available & ~OUTER_ROWS) === 0;
  const limited = isFirst
    ? withLowLimit(table, unordered, ranges, position, {
        order: order ?? [],
        written: wanted ?? [],
        limit,
      })
    : unordered;
  if (order === null || isLooselyHeld(where, order)) return limited;
  const asked = { order, constants, position, limit, isGroup, available };
  return withOrder(table, limited, ranges, asked);
}

/** One index is forced, and no order has to be sorted (MySQL: check_skip_records_in_range_qualification). */
function skipsDives(table: PlanTable, { forgoesDives, order }: SelectOptions): boolean {
  const [key] = table.keys;
  if (!forgoesDives || !table.query.hints.force || key === undefined || table.keys.length > 1)
    return false;
  return order === null || orderMatch(table, key, order, new Set()) !== 0;
}

/** The access to the first table of a join that gives its rows in the order wanted; null when there is none so cheap. */
export function inIndexOrder(
  { table, ranges }: { readonly table: PlanTable; readonly ranges: RangeAnalysis },
  chosen: ChosenAccess,
  order: readonly OrderColumn[],
  { limit, isGroup }: { readonly limit: number | null; readonly isGroup: boolean },
): ChosenAccess | null {
  const { path, rows } = chosen;
  const key =
    "index" in path
      ? (table.keys.find((candidate) => candidate.index.id === path.index.id) ?? null)
      : null;
  const cost = path.kind === "ref" ? chosen.cost + rowEvaluateCost(rows) : chosen.cost;
  const own: Draft = { path, key, rows, cost, isOrdered: false };
  const settled = settledColumns(table.query.where);
  const draft = withOrder(table, own, ranges, {
    order: order.filter(({ column }) => !settled.has(column)),
    constants: constantColumns(table.query.where),
    position: positionOf(table, own, ranges, OUTER_ROWS),
    limit,
    isGroup,
    available: OUTER_ROWS,
  });
  if (!draft.isOrdered) return null;
  const keyRead = draft.key !== null && draft.path.kind !== "all" && table.covering.has(draft.key);
  return { ...chosen, path: draft.path, keyRead, isOrdered: true, rows: draft.rows };
}

/** A WHERE that can match nothing. */
export function impossible(why = "Impossible WHERE"): ChosenAccess {
  return {
    path: { kind: "none", why },
    keyRead: false,
    isOrdered: true,
    rows: 0,
    cost: 0,
    considered: [],
  };
}

function refDraft(ref: RefAccess, range: RangeScan | MergeScan | null): Draft {
  const refLength = ref.key.parts
    .slice(0, ref.parts.length)
    .reduce((sum, part) => sum + part.length, 0);
  const mayBeNull = ref.orNull;
  if (
    range !== null &&
    range.key !== null &&
    range.key === ref.key &&
    !ref.dependsOnOuter &&
    !mayBeNull &&
    refLength < usedKeyLength(range.ranges, range.key)
  )
    return rangeDraft(range);
  const path: AccessPath = {
    kind: "ref",
    index: ref.key.index,
    key: ref.parts,
    isUnique: ref.isUnique,
    isReverse: false,
    orNull: ref.orNull,
  };
  return {
    path,
    key: ref.key,
    rows: ref.fanout,
    cost: ref.readCost + rowEvaluateCost(ref.fanout),
    isOrdered: false,
  };
}

function rangeDraft(range: RangeScan | MergeScan): Draft {
  if (range.key === null) {
    const { path, key, rows, cost } = range;
    return { path, key, rows, cost, isOrdered: false };
  }
  return {
    path: {
      kind: "range",
      index: range.key.index,
      ranges: range.ranges,
      isReverse: false,
      reachesPrimaryKey: false,
    },
    key: range.key,
    rows: range.rows,
    cost: range.cost,
    isOrdered: false,
  };
}

function scanDraft(table: PlanTable, range: RangeScan | MergeScan | null): Draft {
  if (range !== null) return rangeDraft(range);
  const cost = tableScanCost(table.stats) + rowEvaluateCost(table.stats.rows);
  const shortest = shortestKey(table, table.covering);
  if (shortest === null)
    return { path: { kind: "all" }, key: null, rows: table.stats.rows, cost, isOrdered: false };
  return {
    path: { kind: "index", index: shortest.index, isReverse: false },
    key: shortest,
    rows: table.stats.rows,
    cost,
    isOrdered: false,
  };
}

interface OrderRequest {
  /** Without the columns that are constant. */
  readonly order: readonly OrderColumn[];
  readonly constants: ReadonlySet<number>;
  readonly position: Position;
  readonly limit: number | null;
  readonly isGroup: boolean;
  readonly available: number;
}

function withOrder(
  given: PlanTable,
  chosen: Draft,
  ranges: RangeAnalysis,
  request: OrderRequest,
): Draft {
  const { order: wanted, constants, position, limit, isGroup } = request;
  if (wanted.length === 0 || (chosen.path.kind === "ref" && chosen.path.isUnique))
    return { ...chosen, isOrdered: true };
  if (chosen.path.kind === "merge" || (chosen.path.kind === "ref" && chosen.path.orNull))
    return chosen;
  const usable = orderKeys(given, isGroup);
  const whole = usable === given.keys ? given : { ...given, keys: usable };
  const matchOf = (table: PlanTable, key: KeyInfo | null): OrderMatch =>
    key === null || !usable.includes(key) ? 0 : orderMatch(table, key, wanted, constants);
  const { table, draft } =
    chosen.key === null || matchOf(whole, chosen.key) !== 0
      ? { table: whole, draft: chosen }
      : withLongerKey(whole, chosen, request);
  if (draft === null) return chosen;
  const match = matchOf(table, draft.key);
  if (match === 1) return { ...draft, isOrdered: true };
  const isFullScan = draft.path.kind === "all" || draft.path.kind === "index";
  const better = cheaperOrdering(
    table,
    {
      order: wanted,
      limit,
      current: match === 0 && draft.path.kind === "index" ? null : draft.key,
      isFullScan,
      isGroup,
      readCost: position.cost,
      rows: draft.path.kind === "ref" ? draft.rows : position.rows,
      rangeRows: (key) => ranges.byKey.get(key)?.rows ?? null,
    },
    constants,
  );
  if (better === null || (match === -1 && better.direction === -1))
    return match === -1 ? reversed(table, draft, wanted, constants) : draft;
  const range = rangeInOrder(table, better.key, ranges, limit);
  const path: AccessPath =
    range !== null
      ? {
          kind: "range",
          index: better.key.index,
          ranges: range.ranges,
          isReverse: better.direction === -1,
          reachesPrimaryKey: reachesPrimaryKey(table, better.key, wanted, constants),
        }
      : { kind: "index", index: better.key.index, isReverse: better.direction === -1 };
  return {
    path,
    key: better.key,
    rows: range?.rows ?? Math.min(limit ?? table.stats.rows, table.stats.rows),
    cost: draft.cost,
    isOrdered: true,
  };
}

/** The range scan of the index that gives the order, looked for once more for the LIMIT; a covering index may be cheaper. */
function rangeInOrder(
  table: PlanTable,
  key: KeyInfo,
  ranges: RangeAnalysis,
  limit: number | null,
): RangeScan | null {
  if (!ranges.byKey.has(key)) return null;
  const ignoreTableScan = table.query.hints.force;
  const { best } = analyzeRanges(table, {
    limit,
    ignoreTableScan,
    force: true,
    skipDives: false,
    keys: [key],
    merge: null,
  });
  return best?.key === null ? null : best;
}
