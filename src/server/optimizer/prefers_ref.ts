/** A lookup, or the best scan? MySQL: best_access_path. */
import type { SelectOptions } from "./choose_access.ts";
import { rowEvaluateCost, tableScanCost } from "./cost.ts";
import type { LooseScan } from "./loose_index_scan.ts";
import type { PlanTable } from "./plan_table.ts";
import type { RangeScan } from "./range_analysis.ts";
import type { RefAccess } from "./ref_access.ts";
import type { MergeScan } from "./row_order.ts";
import type { SkipScan } from "./skip_scan.ts";

/** The four heuristics of best_access_path, then the costs. */
export function prefersRef(
  table: PlanTable,
  ref: RefAccess,
  range: RangeScan | MergeScan | LooseScan | SkipScan | null,
  options: SelectOptions,
): boolean {
  const foundRows = range?.rows ?? table.stats.rows;
  const readTime = range?.cost ?? tableScanCost(table.stats);
  if (ref.fanout < foundRows && ref.readCost <= readTime) return true;
  const isWholeKey = ref.parts.length >= ref.key.parts.length;
  if (
    range !== null &&
    "parts" in range &&
    range.key === ref.key &&
    (isWholeKey || ref.parts.length >= range.parts)
  )
    return true;
  const isIntersection = range?.key === null && range.path.how === "intersect";
  if (isIntersection && table.covering.size > 0 && ref.readCost < range.cost) return true;
  if (range === null && (table.covering.size > 0 || table.query.hints.force)) return true;
  const scan =
    options.prefixRows *
    (range === null
      ? tableScanCost(table.stats) + rowEvaluateCost(table.stats.rows)
      : range.cost + rowEvaluateCost(range.rows));
  return ref.readCost + options.prefixRows * rowEvaluateCost(ref.fanout) <= scan;
}
