/**
 * Texts that are compared as numbers: when they are read, and who hears that they are none. What stands on the left of IN is kept
 * while the subquery's rows are compared with it (MySQL: Item_cache).
 */
import { type Comparator, comparisonKind, orderOf } from "../types/compare.ts";
import { doubleOf, type Present } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { quietEnv } from "../types/quiet_store.ts";
import { classOf } from "../types/sql_type.ts";
import type { Item } from "./item.ts";

/** The item as one that is kept: its text becomes a number without a word. */
export function kept(item: Item): Item {
  return { ...item, shape: { kind: "other", args: [item], isCache: true } };
}

/** MySQL: Item::CACHE_ITEM. */
export function isKept({ shape }: Item): boolean {
  return shape.kind === "other" && shape.isCache === true;
}

/** Kept, too, is the value of a scalar subquery (MySQL: Item_singlerow_subselect::value). */
export function isReadQuietly(item: Item): boolean {
  return isKept(item) || (item.shape.kind === "other" && item.shape.isSubquery === true);
}

/** Compared as numbers, of which one is kept; null where it is not so. MySQL: Item_cache_str::val_real. */
export function keptAsDoubles(left: Item, right: Item, env: EvalEnv): Comparator | null {
  if (!isReadQuietly(left) && !isReadQuietly(right)) return null;
  if (comparisonKind(left.type, right.type) !== "double") return null;
  return orderOf(readDouble(left, env), readDouble(right, env));
}

/** A text on the left is read before the right side is found to be NULL. MySQL: Arg_comparator::compare_real. */
export function isReadFirst(left: Item, right: Item): boolean {
  return classOf(left.type) === "string" && comparisonKind(left.type, right.type) === "double";
}

export function readDouble(item: Item, env: EvalEnv): (value: Present) => number {
  return doubleOf(item.type, isReadQuietly(item) ? quietEnv(env, []) : env);
}
