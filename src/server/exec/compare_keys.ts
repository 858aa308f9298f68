/** Sort keys of two rows, compared. */
import type { Datum } from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";
import type { SortKey } from "./sort_rows.ts";

export function compareKeys(
  order: readonly SortKey[],
  a: readonly Datum[],
  b: readonly Datum[],
): number {
  for (const [i, { item, desc }] of order.entries()) {
    if (item.type.kind === "null") continue;
    const result = compareDatum(item.type, a[i] ?? null, b[i] ?? null);
    if (result !== 0) return desc ? -result : result;
  }
  return 0;
}
