/** ORDER BY by sorting (MySQL: filesort): stable, NULL first, each key in its own type's order. */
import type { Datum } from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";
import type { Exec } from "../context.ts";
import { evalItem, type Item } from "../expr/item.ts";

export interface SortKey {
  readonly item: Item;
  readonly desc: boolean;
}

/** `place` makes a row current, so that the keys' expressions can be computed from it. */
export function* sortRows<T>(
  rows: readonly T[],
  keys: readonly SortKey[],
  place: (row: T) => void,
): Exec<readonly T[]> {
  const keyed: { readonly row: T; readonly values: readonly Datum[] }[] = [];
  for (const row of rows) {
    place(row);
    const values: Datum[] = [];
    for (const { item } of keys) values.push(yield* evalItem(item));
    keyed.push({ row, values });
  }
  keyed.sort((a, b) => {
    for (const [at, { item, desc }] of keys.entries()) {
      if (item.type.kind === "null") continue;
      const order = compareDatum(item.type, a.values[at] ?? null, b.values[at] ?? null);
      if (order !== 0) return desc ? -order : order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}
