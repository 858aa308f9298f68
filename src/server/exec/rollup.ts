/**
 * GROUP BY ... WITH ROLLUP: behind the groups, rows that sum over the last key, the last two, and so on; the keys summed
 * over are NULL in them.
 *
 * MySQL: Item_rollup_group_item.
 */
import type { Datum } from "../../innodb/api.ts";
import { type Item, makeItem } from "../expr/item.ts";

export interface RollupKeys {
  /** One for each key: its value in the current group. */
  readonly cells: readonly { value: Datum }[];
  /** An expression that is a key reads the cell instead. */
  readonly replaced: (item: Item) => Item;
}

export function rollupKeys(keys: readonly Item[]): RollupKeys {
  const cells = keys.map((): { value: Datum } => ({ value: null }));
  const texts = keys.map((key) => key.text());
  const items = keys.map((key, at) =>
    makeItem(
      [],
      { eval: () => cells[at]?.value ?? null, steps: null },
      {
        type: key.type,
        nullable: true,
        isConst: false,
        text: key.text,
      },
    ),
  );
  const replaced = (item: Item): Item => {
    const at = texts.indexOf(item.text());
    return items[at] ?? item;
  };
  return { cells, replaced };
}
