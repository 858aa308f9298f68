/**
 * A second thought for scans that LIMIT may end early: is there an index that gives the order, and a range on it?
 *
 *   ... WHERE a = 1 OR id > 9 ORDER BY id LIMIT 3     union(a, PRIMARY) is given up for PRIMARY in order
 *   ... WHERE a = 1 OR b = 2 LIMIT 1                   and for the whole table when no range is left on one index
 *
 * MySQL: "rechecking_index_usage", LOW_LIMIT in make_join_query_block (sql_optimizer.cc).
 */
import { minOf } from "../../base/lists.ts";
import type { Draft } from "./choose_access.ts";
import { conditionFilter } from "./condition_filter.ts";
import { rowEvaluateCost, tableScanCost } from "./cost.ts";
import type { KeyInfo } from "./key_info.ts";
import { cheaperOrdering, constantColumns, orderMatch, reversed } from "./ordering.ts";
import type { OrderColumn, PlanTable } from "./plan_table.ts";
import type { Predicate } from "./predicate.ts";
import { analyzeRanges, type RangeAnalysis, type RangeScan } from "./range_analysis.ts";
import { rangeColumns } from "./range_columns.ts";

/** What the search for an order later compares with; it does not change when the access path does. */
export interface Position {
  /** MySQL: POSITION::read_cost. */
  readonly cost: number;
  /** MySQL: TABLE::quick_condition_rows. */
  readonly rows: number;
  /** Rows fetched that the rest of WHERE lets through. */
  readonly matching: number;
}

export function positionOf(
  table: PlanTable,
  draft: Draft,
  ranges: RangeAnalysis,
  available: number,
): Position {
  const filter = conditionFilter(table, usedColumns(table, draft), available, ranges.byKey);
  return {
    cost: readCost(table, draft, 1 - filter),
    rows: conditionRows(table, ranges),
    matching: draft.rows * filter,
  };
}

/** The fewest rows that any way considered was estimated to give. MySQL: TABLE::quick_condition_rows. */
export function conditionRows(
  { stats }: PlanTable,
  { byKey, best, skipRows }: RangeAnalysis,
): number {
  const estimates = [...byKey.values()].map((scan) => scan.rows);
  if (best?.key === null) estimates.push(best.rows);
  if (skipRows !== null) estimates.push(skipRows);
  return minOf(estimates, stats.rows);
}

function usedColumns(table: PlanTable, { path, key }: Draft): ReadonlySet<number> {
  if (path.kind === "ref") return new Set(key?.parts.map((part) => part.column) ?? []);
  return new Set(path.kind === "range" || path.kind === "merge" ? rangeColumns(table, path) : []);
}

/** `dropped`: the share of the rows that the rest of WHERE refuses. */
function readCost(table: PlanTable, { path, rows, cost }: Draft, dropped: number): number {
  switch (path.kind) {
    case "ref":
      return cost - rowEvaluateCost(rows);
    case "range":
    case "merge":
    case "skip":
      return cost + rowEvaluateCost(rows * dropped);
    default:
      return tableScanCost(table.stats) + rowEvaluateCost(table.stats.rows * dropped);
  }
}

/**
 * `order`: without columns that are constant; empty when there is no ORDER BY. `written`: with them. They are taken away after
 * this, so that ORDER BY of constants alone may turn a range round.
 */
export function withLowLimit(
  table: PlanTable,
  draft: Draft,
  ranges: RangeAnalysis,
  position: Position,
  {
    order,
    written,
    limit,
    keys: given = null,
    wanted = limit,
  }: {
    readonly order: readonly OrderColumn[];
    readonly written: readonly OrderColumn[];
    readonly limit: number | null;
    /** The possible keys, where not WHERE alone says which they are. */
    readonly keys?: readonly KeyInfo[] | null;
    /** Rows of the table that the limit's rows come from. */
    readonly wanted?: number | null;
  },
): Draft {
  const { path, key } = draft;
  if (limit === null || path.kind === "ref" || limit >= position.matching) return draft;
  const keys = given ?? searchedKeys(table);
  if (keys.length === 0) return draft;
  const constants = constantColumns(table.query.where);
  if (path.kind === "range" && key !== null) {
    const match = orderMatch(table, key, written, constants);
    if (match === 1) return draft;
    if (match === -1) {
      const turned = reversed(table, draft, written, constants);
      if (turned !== draft) return { ...turned, isOrdered: draft.isOrdered };
    }
  }
  const found = cheaperOrdering(
    { ...table, keys },
    {
      order,
      limit: wanted,
      current: null,
      isFullScan: path.kind === "all" || path.kind === "index",
      isGroup: false,
      readCost: position.cost,
      rows: position.rows,
      rangeRows: (one: KeyInfo) => ranges.byKey.get(one)?.rows ?? null,
    },
    constants,
  );
  if (found === null) return draft;
  const { best } = analyzeRanges(table, {
    limit,
    ignoreTableScan: table.query.hints.force,
    force: false,
    skipDives: false,
    keys: [found.key],
    merge: null,
  });
  if (best !== null && best.key !== null) return scanOf(draft, best);
  if (path.kind === "index") return draft;
  return { ...draft, path: { kind: "all" }, key: null, rows: table.stats.rows };
}

function searchedKeys(table: PlanTable): readonly KeyInfo[] {
  const searched = searchedColumns(table.query.where);
  return table.keys.filter(({ parts }) => searched.has(parts[0]?.column ?? -1));
}

function scanOf(draft: Draft, { key, ranges, rows, cost }: RangeScan): Draft {
  return {
    ...draft,
    path: { kind: "range", index: key.index, ranges, isReverse: false, reachesPrimaryKey: false },
    key,
    rows,
    cost,
  };
}

/** Columns that a condition compares with something; an index that begins with one of them is a possible key. */
function searchedColumns(where: Predicate): ReadonlySet<number> {
  const found = new Set<number>();
  const visit = (part: Predicate): void => {
    if (part.kind === "and" || part.kind === "or") part.args.forEach(visit);
    else if (part.kind === "compare" || part.kind === "isNull" || part.kind === "isNotNull") {
      found.add(part.column);
    }
  };
  visit(where);
  return found;
}
