/**
 * Reading a table through several indexes at once where alternatives need different ones: `a = 1 OR b = 2`.
 *
 *   union        each scan gives its rows in the order of the clustered key: they are merged as they come
 *   sort_union   otherwise: the clustered keys are collected and sorted first
 *
 * MySQL: get_best_disjunct_quick, get_ror_union_path (sql/range_optimizer/range_optimizer.cc).
 */
import type { MergePart } from "./access_path.ts";
import { keyCompareCost, readCost, rowEvaluateCost, sweepCost } from "./cost.ts";
import type { KeyInfo } from "./key_info.ts";
import type { PlanTable } from "./plan_table.ts";
import type { RangeScan } from "./range_analysis.ts";
import { bestIntersection, isRowOrdered, type MergeScan, scanPart } from "./row_order.ts";
import type { KeyTrees, Merge } from "./sel_tree.ts";

export interface UnionOptions {
  readonly needed: ReadonlySet<number>;
  readonly limit: number;
  readonly isDelete: boolean;
  /** The scan of one index for a restriction, as reading nothing but the index costs. */
  readonly scanOf: (key: KeyInfo, trees: KeyTrees) => RangeScan | null;
}

/** The best scan of one alternative, and the scans of all its indexes. */
interface Branch {
  readonly trees: KeyTrees;
  readonly scans: ReadonlyMap<KeyInfo, RangeScan>;
  readonly best: RangeScan;
}

export function bestUnion(table: PlanTable, merge: Merge, options: UnionOptions): MergeScan | null {
  const branches: Branch[] = [];
  for (const trees of merge) {
    const branch = branchOf(table, trees, options, options.limit, () => true);
    if (branch === null) return null;
    if (branch.best.key.parts.slice(0, branch.best.key.declared).some((part) => part.desc)) {
      return null;
    }
    branches.push(branch);
  }
  const primary = branches.find(({ best }) => best.key.isClusteredPrimary) ?? null;
  const rows = sum(branches.map(({ best }) => best.rows));
  const scansCost = sum(branches.map(({ best }) => best.cost));
  const { off, permits } = table.query.hints;
  const isForced = permits?.merge?.isForced === true;
  if ((scansCost > options.limit || rows >= table.stats.rows) && !isForced) return null;
  const mayUnite = isForced || !off.has("index_merge_union");
  if (mayUnite && branches.every(({ best }) => isRowOrdered(table, best))) {
    return orderedUnion(table, branches, options, options.limit);
  }

  const collected = rows - (primary?.best.rows ?? 0);
  const compared = primary === null ? 0 : keyCompareCost(collected);
  const unsorted = scansCost + compared + sweepCost(table.stats, collected);
  const cost = unsorted + sortCost(collected);
  const sorted: MergeScan | null =
    !isForced &&
    (off.has("index_merge_sort_union") || unsorted > options.limit || cost >= options.limit)
      ? null
      : {
          key: null,
          rows: Math.min(rows, table.stats.rows),
          cost,
          path: {
            kind: "merge",
            how: "sort_union",
            parts: branches.filter((one) => one !== primary).map(({ best }) => scanPart(best)),
            clustered: primary === null ? null : scanPart(primary.best),
            isCovering: false,
          },
        };
  const hasOrdered = (branch: Branch) =>
    [...branch.scans.values()].some((scan) => isRowOrdered(table, scan));
  if (options.isDelete || !mayUnite || !branches.every(hasOrdered)) return sorted;
  const limit = sorted?.cost ?? options.limit;
  const ordered: Branch[] = [];
  for (const { trees } of branches) {
    const branch = branchOf(table, trees, options, limit, (scan) => isRowOrdered(table, scan));
    if (branch === null) return sorted;
    ordered.push(branch);
  }
  return orderedUnion(table, ordered, options, limit) ?? sorted;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** MySQL: get_key_scans_params with index_read_must_be_used. */
function branchOf(
  { keys, query }: PlanTable,
  trees: KeyTrees,
  { scanOf }: UnionOptions,
  limit: number,
  isUsable: (scan: RangeScan) => boolean,
): Branch | null {
  const scans = new Map<KeyInfo, RangeScan>();
  let best: RangeScan | null = null;
  const permit = query.hints.permits?.merge ?? null;
  for (const key of keys) {
    if (permit?.mayUse(key.index.name) === false) continue;
    const scan = trees.has(key) ? scanOf(key, trees) : null;
    if (scan === null || !isUsable(scan)) continue;
    scans.set(key, scan);
    if (scan.cost < (best?.cost ?? limit)) best = scan;
  }
  return best === null ? null : { trees, scans, best };
}

function orderedUnion(
  table: PlanTable,
  branches: readonly Branch[],
  options: UnionOptions,
  limit: number,
): MergeScan | null {
  let rows = 0;
  let cost = 0;
  let common = 1;
  const parts: MergePart[] = [];
  for (const { trees, scans, best } of branches) {
    const full = readCost(best.key, table, 1, best.rows) + rowEvaluateCost(best.rows);
    const mayIntersect = !table.query.hints.off.has("index_merge_intersection");
    const { needed } = options;
    const intersection = mayIntersect
      ? bestIntersection(table, trees, { needed, limit: full, scans, isAlone: false })
      : null;
    parts.push(intersection?.path ?? scanPart(best));
    const chosen = intersection ?? best;
    rows += chosen.rows;
    cost += chosen.cost;
    common *= chosen.rows / table.stats.rows;
  }
  const fetched = Math.trunc(rows) - Math.trunc(common * table.stats.rows);
  const total =
    sweepCost(table.stats, fetched) + cost + keyCompareCost(fetched * Math.log2(branches.length));
  if (total >= limit && table.query.hints.permits?.merge?.isForced !== true) return null;
  return {
    key: null,
    rows: fetched,
    cost: total,
    path: { kind: "merge", how: "union", parts, clustered: null, isCovering: false },
  };
}

/** MySQL: Unique::get_use_cost with everything in one tree; log2_n_fact is Stirling's formula. */
function sortCost(rows: number): number {
  const n = rows + 1;
  const log2Factorial = (Math.log(2 * Math.PI * n) / 2 + n * Math.log(n / Math.E)) / Math.LN2;
  return keyCompareCost(2 * log2Factorial);
}
