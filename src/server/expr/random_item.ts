/** Expressions that have another value each time they are asked. */
import { type Item, visitItem } from "./item.ts";

/**
 * RAND(), UUID() or a function that is not DETERMINISTIC is in it: no index is searched by it, and a join asks it once all
 * its tables have a row. MySQL: RAND_TABLE_BIT.
 */
export function isRandom(item: Item): boolean {
  let found = false;
  visitItem(item, ({ shape }) => {
    if (shape.kind === "other" && shape.isRandom === true) found = true;
  });
  return found;
}
