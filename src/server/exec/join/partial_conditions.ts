/**
 * What an OR over several tables says of those that are read first: of `t.a = 1 AND u.x = 2 OR t.a = 3 AND u.y = 4` a row
 * of t must have `t.a = 1 OR t.a = 3`. The whole is looked at with the last table all the same.
 *
 * MySQL: make_cond_for_table.
 */

import type { Item } from "../../expr/item.ts";
import { andItem, orItem } from "../../expr/logic.ts";
import type { EvalEnv } from "../../types/eval_env.ts";

/** A part of a condition, and the place of the table that it is looked at with. */
interface Part {
  readonly part: Item;
  readonly at: number;
}

/** `places`: of tables, by bit; `last`: of the condition's last table; `known`: mask of what is read before all of them. */
export function partsBefore(
  item: Item,
  last: number,
  places: ReadonlyMap<number, number>,
  known: number,
  env: EvalEnv,
): readonly Part[] {
  if (!isOr(item)) return [];
  const own = [...places].filter(([bit, at]) => (item.tables & bit) !== 0 && at < last);
  return [...new Set(own.map(([, at]) => at))]
    .toSorted((a, b) => a - b)
    .flatMap((at) => {
      const read = [...places].reduce(
        (mask, [bit, place]) => (place <= at ? mask | bit : mask),
        known,
      );
      const part = partOn(item, read, env);
      return part === null ? [] : [{ part, at }];
    });
}

function isOr({ shape }: Item): boolean {
  return shape.kind === "or" && shape.isRowList !== true;
}

/** Null: nothing can be said when only these tables are read. */
function partOn(item: Item, read: number, env: EvalEnv): Item | null {
  const { shape } = item;
  if (shape.kind === "and" && shape.isRowList !== true) {
    const parts = shape.args.flatMap((arg) => partOn(arg, read, env) ?? []);
    return parts.length === 0 ? null : andItem(parts, env);
  }
  if (isOr(item) && shape.kind === "or") {
    const parts: Item[] = [];
    for (const arg of shape.args) {
      const part = partOn(arg, read, env);
      if (part === null) return null;
      parts.push(part);
    }
    return orItem(parts, env);
  }
  return (item.tables & ~read) === 0 ? item : null;
}
