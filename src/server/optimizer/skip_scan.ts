/**
 * The skip scan: conditions on a part of an index whose first parts nothing restricts.
 *
 *   KEY (a, b)   SELECT a, b ... WHERE b = 7     for each a that there is: the entries (a, 7)
 *
 * Parts that the first ones are made of may be given by equalities; one part behind those passed over has one range.
 *
 * MySQL: get_best_skip_scan, cost_skip_scan (sql/range_optimizer/index_skip_scan_plan.cc). EXPLAIN: "Using index for skip scan".
 */
import type { AccessPath } from "./access_path.ts";
import { indexScanCost, keyCompareCost, rowEvaluateCost } from "./cost.ts";
import { shareOfWhere } from "./filter_effect.ts";
import type { KeyInfo } from "./key_info.ts";
import { type Interval, isPoint, type KeyTree, treeAt } from "./key_tree.ts";
import { type PlanTable, recordsPerKey } from "./plan_table.ts";
import type { SelTree } from "./sel_tree.ts";

export interface SkipScan {
  readonly key: KeyInfo;
  readonly path: Extract<AccessPath, { readonly kind: "skip" }>;
  readonly rows: number;
  readonly cost: number;
}

/** `rowsOf`: how many rows the ranges of a key hold; null where it has none. */
export function bestSkipScan(
  table: PlanTable,
  tree: SelTree,
  rowsOf: (key: KeyInfo) => number | null,
): SkipScan | null {
  let best: SkipScan | null = null;
  const permit = table.query.hints.permits?.skip ?? null;
  for (const key of table.keys) {
    if (permit !== null && !permit.mayUse(key.index.name)) continue;
    const own = tree.keys.get(key);
    const path = own !== undefined && table.covering.has(key) ? skipPath(key, own) : null;
    if (path === null) continue;
    const scan = { key, path, ...costOf(table, key, path.prefixParts, rowsOf(key)) };
    if (scan.cost < (best?.cost ?? Number.POSITIVE_INFINITY)) best = scan;
  }
  return best;
}

function skipPath(key: KeyInfo, tree: KeyTree): SkipScan["path"] | null {
  const equals: (readonly Interval[])[] = [];
  for (const [at, { type, desc }] of key.parts.entries()) {
    const intervals = treeAt(tree, at);
    if (intervals === "differs") return null;
    if (intervals === null) continue;
    if (at === equals.length) {
      if (!intervals.every((one) => isPoint(one, type))) return null;
      equals.push(desc ? intervals.toReversed() : intervals);
      continue;
    }
    const [range] = intervals;
    if (range === undefined || intervals.length > 1 || !isSimpleBehind(tree, at, key)) return null;
    return {
      kind: "skip",
      index: key.index,
      key,
      equals: equals.map((list) => list.map(({ low }) => low?.value ?? null)),
      prefixParts: at,
      range,
    };
  }
  return null;
}

/** Are the conditions on all parts behind the range the same, whatever stands before them? */
function isSimpleBehind(tree: KeyTree, range: number, key: KeyInfo): boolean {
  return key.parts.every((_, at) => at <= range || treeAt(tree, at) !== "differs");
}

function costOf(
  table: PlanTable,
  key: KeyInfo,
  prefixParts: number,
  found: number | null,
): { readonly rows: number; readonly cost: number } {
  const { stats, query } = table;
  const looked = found ?? stats.rows;
  const perGroup = recordsPerKey(table, key, prefixParts);
  const groups = Math.floor(looked / perGroup) + 1;
  const perRange = recordsPerKey(table, key, prefixParts + 1);
  const values = Math.max(1, Math.floor(Math.floor(perGroup) / Math.floor(perRange)));
  const column = key.parts[prefixParts]?.column ?? -1;
  const ignored = new Set([...query.table.info.columns.keys()].filter((one) => one !== column));
  const share = shareOfWhere({ ...table, stats: { ...stats, rows: values } }, ignored);
  const rows = Math.max(1, Math.floor(Math.fround(looked * Math.fround(share))));
  const height = Math.ceil(Math.log2(stats.rows));
  const cpu = keyCompareCost(height) * groups * 2 + rowEvaluateCost(rows) + keyCompareCost(rows);
  return { rows, cost: indexScanCost(key, table.refBytes, rows) + cpu };
}
