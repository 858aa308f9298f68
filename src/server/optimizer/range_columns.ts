/**
 * The columns that a range scan, or a merge of several, restricts: those of the primary key behind a secondary one among them.
 * Their conditions filter no more rows. MySQL: Item_field::get_filtering_effect, used_fields.
 */
import { type IndexScan, type MergePath, scansOf } from "./access_path.ts";
import { restrictedParts } from "./key_ranges.ts";
import type { PlanTable } from "./plan_table.ts";

export function rangeColumns(
  table: PlanTable,
  path: Pick<IndexScan, "index" | "ranges"> | MergePath,
): readonly number[] {
  const scans = "how" in path ? scansOf(path) : [path];
  return scans.flatMap(({ index, ranges }) => {
    const key = table.keys.find((candidate) => candidate.index.id === index.id);
    const parts = (key ?? index).parts.slice(0, restrictedParts(ranges));
    return parts.map(({ column }) => column);
  });
}
