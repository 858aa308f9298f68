/**
 * The list beside IN: looked through one by one, or, a long one of literals, sorted once and searched by halves.
 *
 * MySQL: in_vector (sql/item_cmpfunc.h), Item_func_in::resolve_type.
 */
import type { Datum } from "../../innodb/api.ts";
import type { Collation } from "../../trace/values.ts";
import { type Comparator, comparatorOf, comparisonKind } from "../types/compare.ts";
import type { Present } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { classOf } from "../types/sql_type.ts";
import { type Compiled, evalItem, type Item, plainForms } from "./item.ts";

/** Shorter lists are looked through one by one. */
const LONG = 16;

interface List {
  /** By place in the list. */
  readonly compares: readonly Comparator[];
  readonly negated: boolean;
  readonly sorted: ((value: Present) => boolean) | null;
}

/** A NULL in the list makes "not found" unknown. */
export function inList(
  operand: Item,
  values: readonly Item[],
  { compares, negated, sorted }: List,
): Compiled {
  const [found, missing] = negated ? [0, 1] : [1, 0];
  const evals = plainForms([operand, ...values]);
  if (evals !== null) return { eval: () => search(evals), steps: null };
  return {
    eval: null,
    steps: function* () {
      const value = yield* evalItem(operand);
      if (value === null) return null;
      let isUnknown = false;
      for (const [at, item] of values.entries()) {
        const other = yield* evalItem(item);
        const order = other === null ? null : (compares[at] as Comparator)(value, other);
        if (order === 0) return found;
        isUnknown ||= order === null;
      }
      return isUnknown ? null : missing;
    },
  };

  function search(all: readonly (() => Datum)[]): Datum {
    const value = (all[0] as () => Datum)();
    if (value === null) return null;
    if (sorted !== null) return sorted(value) ? found : missing;
    let isUnknown = false;
    for (let at = 1; at < all.length; at += 1) {
      const other = (all[at] as () => Datum)();
      const order = other === null ? null : (compares[at - 1] as Comparator)(value, other);
      if (order === 0) return found;
      isUnknown ||= order === null;
    }
    return isUnknown ? null : missing;
  }
}

/** Is the value in the list? Null where the list is short, or its values compare in more than one way. */
export function sortedList(
  operand: Item,
  items: readonly Item[],
  collation: Collation,
  env: EvalEnv,
): ((value: Present) => boolean) | null {
  if (items.length < LONG || !items.every((item) => item.shape.kind === "literal")) return null;
  const kinds = new Set(items.map((item) => comparisonKind(operand.type, item.type)));
  const [kind] = kinds;
  const classes = new Set(items.map((item) => classOf(item.type)));
  if (kind === undefined || kinds.size > 1 || classes.size > 1) return null;
  // A text beside numbers is warned of at every comparison, and dates have ways of their own.
  const isPlain =
    kind === "int" ||
    kind === "string" ||
    ((kind === "decimal" || kind === "double") &&
      [operand, ...items].every(({ type }) => !["string", "temporal"].includes(classOf(type))));
  if (!isPlain) return null;

  const entries = items.flatMap((item) => {
    const value = item.eval?.() ?? null;
    return value === null ? [] : [{ value, item }];
  });
  if (entries.length < items.length) return null;
  const between = (a: Item, b: Item): Comparator =>
    comparatorOf(kind, a.type, b.type, env, collation, "cast");
  const sorted = entries.toSorted((a, b) => between(a.item, b.item)(a.value, b.value) ?? 0);
  const compares = sorted.map(({ item }) => between(operand, item));
  return (value) => {
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const order = compares[middle]?.(value, sorted[middle]?.value as Present) ?? 0;
      if (order === 0) return true;
      if (order > 0) from = middle + 1;
      else to = middle;
    }
    return false;
  };
}
