/**
 * A predicate as one index sees it (MySQL: get_mm_tree, get_mm_leaf).
 *
 * NULL is below every value: `c < 10` on a nullable column is the interval (NULL, 10), which is why such a scan begins
 * behind the NULLs.
 */
import { unreachable } from "../../base/assert.ts";
import type { Datum } from "../../innodb/api.ts";
import { prefixOf } from "../../innodb/dictionary.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { KeyInfo } from "./key_info.ts";
import {
  andCondition,
  type Bound,
  type Interval,
  type KeyCondition,
  orCondition,
  unknown,
} from "./key_tree.ts";
import type { CompareOp, Predicate } from "./predicate.ts";

export function keyCondition(predicate: Predicate, key: KeyInfo): KeyCondition {
  const typeOf = (part: number) => {
    const info = key.parts[part];
    if (info === undefined) throw new Error(`no key part ${part}`);
    return info.type;
  };
  switch (predicate.kind) {
    case "true":
    case "other":
      return "all";
    case "false":
      return "none";
    case "and":
      return predicate.args
        .map((arg) => keyCondition(arg, key))
        .reduce((a, b) => andCondition(a, b, typeOf), "all");
    case "or":
      return predicate.args
        .map((arg) => keyCondition(arg, key))
        .reduce((a, b) => orCondition(a, b, typeOf), "none");
    case "isNull":
    case "isNotNull":
    case "compare":
      return leafCondition(predicate, key, typeOf);
    case "maybe": {
      const part = key.parts.findIndex(({ column }) => column === predicate.column);
      return part < 0 ? "all" : unknown(part);
    }
    default:
      return unreachable(predicate);
  }
}

type Leaf = Extract<Predicate, { readonly kind: "isNull" | "isNotNull" | "compare" }>;

function leafCondition(
  leaf: Leaf,
  key: KeyInfo,
  typeOf: (part: number) => ColumnType,
): KeyCondition {
  const part = key.parts.findIndex((candidate) => candidate.column === leaf.column);
  const info = key.parts[part];
  const isNullable = info?.nullable ?? true;
  if (info !== undefined && isNeverTrue(leaf, isNullable)) return "none";
  if (info === undefined) return "all";
  if (info.prefix === null) return treeOf(part, leafIntervals(leaf, isNullable));
  if (leaf.kind === "compare" && leaf.op === "<>") {
    // What is smaller and what is larger meet in the cut value.
    const below = leafCondition({ ...leaf, op: "<" }, key, typeOf);
    return orCondition(below, leafCondition({ ...leaf, op: ">" }, key, typeOf), typeOf);
  }
  let condition: KeyCondition = "all";
  // The primary key may have brought the column once more, longer.
  for (const [at, { column, prefix }] of key.parts.entries()) {
    if (column !== leaf.column) continue;
    const cut = prefix === null ? null : (value: Datum) => prefixOf(value, prefix);
    const intervals =
      cut === null ? leafIntervals(leaf, isNullable) : prefixIntervals(leaf, isNullable, cut);
    condition = andCondition(condition, treeOf(at, intervals), typeOf);
  }
  return condition;
}

function treeOf(part: number, intervals: readonly Interval[] | null): KeyCondition {
  return intervals === null ? "all" : { part, intervals };
}

function isNeverTrue(leaf: Leaf, isNullable: boolean): boolean {
  if (leaf.kind === "isNull") return !isNullable;
  if (leaf.kind !== "compare" || leaf.value.kind !== "const") return false;
  if (leaf.value.cut === "outside") return true;
  if (leaf.value.value !== null) return false;
  return leaf.op !== "<=>" || !isNullable;
}

const NOT_NULL: Bound = { value: null, inclusive: false };

function leafIntervals(leaf: Leaf, isNullable: boolean): readonly Interval[] | null {
  const bottom = isNullable ? NOT_NULL : null;
  if (leaf.kind === "isNull") return [pointAt(null)];
  if (leaf.kind === "isNotNull")
    return isNullable ? [{ low: NOT_NULL, high: null, next: null }] : null;
  if (leaf.kind !== "compare" || leaf.value.kind !== "const") return null;
  return comparisonIntervals(leaf.op, leaf.value.value, bottom);
}

/**
 * The index holds the first characters only: equality and both ends become closed intervals of the cut value, and the
 * condition is checked again on the row (MySQL: HA_PART_KEY_SEG in get_mm_leaf).
 */
function prefixIntervals(
  leaf: Leaf,
  isNullable: boolean,
  cut: (value: Datum) => Datum,
): readonly Interval[] | null {
  const closed = (bound: Bound | null): Bound | null =>
    bound === null || bound.value === null ? bound : { value: cut(bound.value), inclusive: true };
  return (
    leafIntervals(leaf, isNullable)?.map(({ low, high, next }) => ({
      low: closed(low),
      high: closed(high),
      next,
    })) ?? null
  );
}

function comparisonIntervals(
  op: CompareOp,
  value: Datum,
  bottom: Bound | null,
): readonly Interval[] {
  const open: Bound = { value, inclusive: false };
  const closed: Bound = { value, inclusive: true };
  switch (op) {
    case "=":
    case "<=>":
      return [pointAt(value)];
    case "<":
      return [{ low: bottom, high: open, next: null }];
    case "<=":
      return [{ low: bottom, high: closed, next: null }];
    case ">":
      return [{ low: open, high: null, next: null }];
    case ">=":
      return [{ low: closed, high: null, next: null }];
    case "<>":
      return [
        { low: bottom, high: open, next: null },
        { low: open, high: null, next: null },
      ];
    default:
      return unreachable(op);
  }
}

function pointAt(value: Datum): Interval {
  const bound: Bound = { value, inclusive: true };
  return { low: bound, high: bound, next: null };
}
