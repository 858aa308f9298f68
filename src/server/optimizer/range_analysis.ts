/**
 * The best range scan of a table, if it beats reading everything (MySQL: test_quick_select, get_key_scans_params,
 * handler::multi_range_read_info_const).
 */

import type { PlanState } from "../../trace/state.ts";
import type { BaseTable } from "../context.ts";
import { mergeText } from "./access_path.ts";
import { indexScanCost, readCost, rowEvaluateCost, tableScanCost } from "./cost.ts";
import { bestUnion } from "./index_merge.ts";
import type { KeyInfo } from "./key_info.ts";
import { type KeyRange, rangesOf, restrictedParts } from "./key_ranges.ts";
import type { KeyTree } from "./key_tree.ts";
import { bestLooseScan, type LooseRequest, type LooseScan } from "./loose_index_scan.ts";
import { type KeyPermits, type PlanTable, recordsPerKey, shortestKey } from "./plan_table.ts";
import { comparisons } from "./predicate.ts";
import { bestIntersection, type MergeScan } from "./row_order.ts";
import { type KeyTrees, type SelTree, treeOf } from "./sel_tree.ts";
import { bestSkipScan, type SkipScan } from "./skip_scan.ts";

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
  readonly best: RangeScan | MergeScan | null;
  /** Cheaper than `best`, which is null then. */
  readonly loose: LooseScan | null;
  /** The same. */
  readonly skip: SkipScan | null;
  /** Of the best skip scan there is, whatever it costs. */
  readonly skipRows: number | null;
  /** Estimates of every usable key (MySQL: TABLE::quick_rows and its companions). */
  readonly byKey: ReadonlyMap<KeyInfo, RangeScan>;
  readonly considered: PlanState["considered"];
  /** A hint demands it: no lookup takes its place. */
  readonly isForced: boolean;
}

export interface RangeOptions {
  /** Rows wanted; null without LIMIT. */
  readonly limit: number | null;
  /** A scan of the whole table is no alternative (FORCE INDEX). */
  readonly ignoreTableScan: boolean;
  /** Look for ranges even of a table that costs next to nothing to read (MySQL: force_quick_range). */
  readonly force: boolean;
  /** Nobody asks the engine how many rows a range holds (MySQL: check_skip_records_in_range_qualification). */
  readonly skipDives: boolean;
  readonly keys: readonly KeyInfo[];
  /** Whether several indexes may be read together, and for what; null when not. */
  readonly merge: MergeOptions | null;
  /** The block gathers its rows by columns. */
  readonly loose?: LooseRequest | null;
  /** The only table of a block without GROUP BY and DISTINCT. */
  readonly maySkip?: boolean;
}

export interface MergeOptions {
  readonly isDelete: boolean;
  /** Columns that UPDATE writes. */
  readonly written: ReadonlySet<number>;
}

const EQ_RANGE_INDEX_DIVE_LIMIT = 200;

export function analyzeRanges(table: PlanTable, options: RangeOptions): RangeAnalysis {
  const { stats } = table;
  const { off, permits } = table.query.hints;
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

  if (isTooMuch(table.query.where, options.keys.length)) return nothing(false, []);
  const keys = permits === null ? options.keys : rangeKeys(options.keys, permits);
  const tree = treeOf(table.query.where, keys);
  if (tree === "impossible") return nothing(true, []);

  const rowsOf = (key: KeyInfo): number | null => {
    const condition = tree.keys.get(key);
    const ranges = condition === undefined ? [] : rangesOf(condition, key);
    return ranges.length === 0 ? null : estimate(table, key, ranges, true, false).rows;
  };
  const loose =
    options.loose === undefined || options.loose === null
      ? null
      : bestLooseScan(table, {
          request: options.loose,
          tree,
          limit: best,
          rowsOf,
        });
  best = Math.min(best, loose?.cost ?? best);
  const isSkipForced = permits !== null && permits.skip?.isForced === true;
  const skipping =
    options.maySkip === true && table.covering.size > 0 && (isSkipForced || !off.has("skip_scan"))
      ? bestSkipScan(table, tree, rowsOf)
      : null;
  const skip = skipping !== null && (skipping.cost < best || isSkipForced) ? skipping : null;
  best = skip?.cost ?? best;
  const isMergeForced = permits !== null && permits.merge?.isForced === true;
  const byKey = new Map<KeyInfo, RangeScan>();
  const considered: PlanState["considered"][number][] = [];
  const mayMerge =
    options.merge !== null &&
    (isMergeForced || !off.has("index_merge")) &&
    (tree.keys.size > 1 || tree.merges.length > 0);
  const trees = mayMerge ? new Map<KeyInfo, KeyTree>() : null;
  let chosen: RangeScan | null = null;
  for (const key of keys) {
    const condition = tree.keys.get(key);
    if (condition === undefined) continue;
    const ranges = rangesOf(condition, key);
    if (ranges.length === 0) continue;
    const scan = estimate(table, key, ranges, table.covering.has(key), options.skipDives);
    byKey.set(key, scan);
    trees?.set(key, condition);
    const isBetter =
      scan.cost < best &&
      !(isSkipForced && skip !== null) &&
      permits?.merge?.mayUse(key.index.name) !== false;
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
  const merged =
    trees === null || (isSkipForced && skip !== null)
      ? null
      : bestMerge(table, options, { ...tree, keys: trees }, byKey, best);
  if (merged !== null) {
    considered.push({
      access: "index_merge",
      key: mergeText(merged.path),
      rows: merged.rows,
      cost: round(merged.cost),
      why: "cheapest so far",
    });
  }
  const found = merged ?? chosen;
  return {
    isImpossible: false,
    best: found,
    loose: found === null && skip === null ? loose : null,
    skip: found === null ? skip : null,
    skipRows: skipping?.rows ?? null,
    byKey,
    considered,
    isForced: (isSkipForced && skip !== null) || (isMergeForced && merged !== null),
  };
}

function rangeKeys(keys: readonly KeyInfo[], { mayRange }: KeyPermits): readonly KeyInfo[] {
  return keys.filter(({ index }) => mayRange(index.name));
}

/** Several indexes together, if that is cheaper than `limit`. */
function bestMerge(
  table: PlanTable,
  { merge }: RangeOptions,
  tree: SelTree,
  scans: ReadonlyMap<KeyInfo, RangeScan>,
  limit: number,
): MergeScan | null {
  if (merge === null || (tree.keys.size < 2 && tree.merges.length === 0)) return null;
  const primary = table.keys.find((key) => key.isClusteredPrimary);
  const columns = new Set([...table.query.needed, ...merge.written]);
  for (const { column, prefix } of primary?.parts ?? [])
    if (prefix === null) columns.delete(column);
  const options = { needed: columns, limit };
  const { off, permits } = table.query.hints;
  const isForced = permits?.merge?.isForced === true;
  const mayIntersect = !merge.isDelete && (isForced || !off.has("index_merge_intersection"));
  const isAlone = true;
  let best = mayIntersect
    ? bestIntersection(table, tree.keys, { ...options, scans, isAlone })
    : null;
  let union: MergeScan | null = null;
  for (const one of tree.merges) {
    const candidate = bestUnion(table, one, {
      ...options,
      limit: best?.cost ?? limit,
      isDelete: merge.isDelete,
      scanOf: (key, restrictions) => keyScan(table, key, restrictions),
    });
    if (candidate !== null && candidate.cost < (union?.cost ?? Number.POSITIVE_INFINITY)) {
      union = candidate;
    }
  }
  best = union ?? best;
  // From here on MySQL counts in whole rows (ha_rows).
  return best === null ? null : { ...best, rows: Math.trunc(best.rows) };
}

/** MySQL: range_optimizer_max_mem_size at its default; what a comparison costs was measured with lists of whole numbers. */
const MEMORY_BYTES_MAX = 8_388_608;
const COMPARISON_BYTES = 233;
const FURTHER_KEY_BYTES = 141;

function isTooMuch(where: PlanTable["query"]["where"], keys: number): boolean {
  const bytes = COMPARISON_BYTES + FURTHER_KEY_BYTES * Math.max(keys - 1, 0);
  return comparisons(where) * bytes > MEMORY_BYTES_MAX;
}

function keyScan(table: PlanTable, key: KeyInfo, trees: KeyTrees): RangeScan | null {
  const tree = trees.get(key);
  const ranges = tree === undefined ? [] : rangesOf(tree, key);
  return ranges.length === 0 ? null : estimate(table, key, ranges, true, false);
}

function nothing(isImpossible: boolean, considered: PlanState["considered"]): RangeAnalysis {
  return {
    isImpossible,
    best: null,
    loose: null,
    skip: null,
    skipRows: null,
    byKey: new Map(),
    considered,
    isForced: false,
  };
}

function estimate(
  table: PlanTable,
  key: KeyInfo,
  ranges: readonly KeyRange[],
  keyOnly: boolean,
  skipDives: boolean,
): RangeScan {
  const points = ranges.filter((range) => range.isPoint).length;
  const skipPoints = skipDives || points >= EQ_RANGE_INDEX_DIVE_LIMIT;
  const skip = { points: skipPoints, all: skipDives };
  const rows = ranges.reduce((sum, range) => sum + rowsInRange(table, key, range, skip), 0);
  const read =
    keyOnly && !key.isClusteredPrimary
      ? indexScanCost(key, table.refBytes, rows)
      : readCost(key, table, ranges.length, rows);
  return {
    key,
    ranges,
    rows,
    cost: read + rowEvaluateCost(rows) + 0.01,
    parts: restrictedParts(ranges),
  };
}

function rowsInRange(
  table: PlanTable,
  key: KeyInfo,
  range: KeyRange,
  skip: { readonly points: boolean; readonly all: boolean },
): number {
  if (range.isUnique) return 1;
  if (skip.points && range.isPoint && !range.hasNull)
    return Math.floor(recordsPerKey(table, key, range.parts));
  if (skip.all && !range.hasNull) return 1;
  return rangeRows(table.query.table, key, range);
}

/** As the engine tells. */
export function rangeRows(table: BaseTable, key: KeyInfo, range: KeyRange): number {
  return range.isUnique
    ? 1
    : Math.max(1, table.recordsInRange(key.index.id, range.low, range.high));
}

export function round(cost: number): number {
  return Math.round(cost * 1000) / 1000;
}
