/**
 * The best range scan of a table, if it beats reading everything (MySQL: test_quick_select, get_key_scans_params,
 * handler::multi_range_read_info_const).
 */

import type { PlanState } from "../../trace/state.ts";
import { indexScanCost, readCost, rowEvaluateCost, tableScanCost } from "./cost.ts";
import { keyCondition } from "./key_condition.ts";
import type { KeyInfo } from "./key_info.ts";
import { type KeyRange, rangesOf } from "./key_ranges.ts";
import { type PlanTable, recordsPerKey, shortestKey } from "./plan_table.ts";

export interface RangeScan {
  readonly key: KeyInfo;
  readonly ranges: readonly KeyRange[];
  readonly rows: number;
  readonly cost: number;
  readonly parts: number;
}

export interface RangeAnalysis {
  /** The WHERE can match nothing. */
  readonly isImpossible: boolean;
  readonly best: RangeScan | null;
  /** Estimates of every usable key (MySQL: TABLE::quick_rows and its companions). */
  readonly byKey: ReadonlyMap<KeyInfo, RangeScan>;
  readonly considered: PlanState["considered"];
}

export interface RangeOptions {
  /** Rows wanted; null without LIMIT. */
  readonly limit: number | null;
  /** A scan of the whole table is no alternative (FORCE INDEX). */
  readonly ignoreTableScan: boolean;
  /** Look for ranges even of a table that costs next to nothing to read (MySQL: force_quick_range). */
  readonly force: boolean;
  readonly keys: readonly KeyInfo[];
}

const EQ_RANGE_INDEX_DIVE_LIMIT = 200;

export function analyzeRanges(table: PlanTable, options: RangeOptions): RangeAnalysis {
  const { stats } = table;
  const scanCpu = rowEvaluateCost(stats.rows) + 1;
  let best = tableScanCost(stats) + 1.1 + scanCpu;
  if (options.ignoreTableScan) best = Number.POSITIVE_INFINITY;
  if (options.limit !== null && options.limit < stats.rows) best = stats.rows * 0.25 + 1 + scanCpu;
  else if (best <= 2 && !options.force) return nothing(false, []);

  const shortest = shortestKey(table, table.covering);
  if (shortest !== null)
    best = Math.min(
      best,
      indexScanCost(shortest, table.refBytes, stats.rows) + rowEvaluateCost(stats.rows),
    );

  const conditions = options.keys.map((key) => ({
    key,
    condition: keyCondition(table.query.where, key),
  }));
  if (conditions.some(({ condition }) => condition === "none")) return nothing(true, []);

  const byKey = new Map<KeyInfo, RangeScan>();
  const considered: PlanState["considered"][number][] = [];
  let chosen: RangeScan | null = null;
  for (const { key, condition } of conditions) {
    if (condition === "all" || condition === "none") continue;
    const ranges = rangesOf(condition, key);
    if (ranges.length === 0) continue;
    const scan = estimate(table, key, ranges);
    byKey.set(key, scan);
    const isBetter = scan.cost < best;
    considered.push({
      access: "range",
      key: key.index.name,
      rows: scan.rows,
      cost: round(scan.cost),
      why: isBetter ? "cheapest so far" : "costs more",
    });
    if (!isBetter) continue;
    best = scan.cost;
    chosen = scan;
  }
  return { isImpossible: false, best: chosen, byKey, considered };
}

function nothing(isImpossible: boolean, considered: PlanState["considered"]): RangeAnalysis {
  return { isImpossible, best: null, byKey: new Map(), considered };
}

function estimate(table: PlanTable, key: KeyInfo, ranges: readonly KeyRange[]): RangeScan {
  const points = ranges.filter((range) => range.isPoint).length;
  const skipDives = points >= EQ_RANGE_INDEX_DIVE_LIMIT;
  const rows = ranges.reduce((sum, range) => sum + rowsInRange(table, key, range, skipDives), 0);
  const read =
    table.covering.has(key) && !key.isClusteredPrimary
      ? indexScanCost(key, table.refBytes, rows)
      : readCost(key, table, ranges.length, rows);
  return {
    key,
    ranges,
    rows,
    cost: read + rowEvaluateCost(rows) + 0.01,
    parts: Math.max(...ranges.map((range) => range.parts)),
  };
}

function rowsInRange(table: PlanTable, key: KeyInfo, range: KeyRange, skipDives: boolean): number {
  if (range.isUnique) return 1;
  if (skipDives && range.isPoint && !range.hasNull)
    return Math.floor(recordsPerKey(table, key, range.parts));
  return Math.max(1, table.query.table.recordsInRange(key.index.id, range.low, range.high));
}

export function round(cost: number): number {
  return Math.round(cost * 1000) / 1000;
}
