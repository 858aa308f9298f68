/**
 * The ranges that a range scan visits, out of an interval tree (MySQL: get_ranges_from_tree_given_base and
 * sel_arg_range_seq_next).
 *
 * Equal parts extend each other; behind the first part that is not an equality, the smallest and largest values of the
 * following parts still tighten the ends: `a >= 2 AND b >= 3` starts at (2,3).
 */
import { append, maxOf } from "../../base/lists.ts";
import type { Datum, RangeEnd } from "../../innodb/api.ts";
import type { KeyInfo } from "./key_info.ts";
import { type Bound, type Interval, isPoint, type KeyTree } from "./key_tree.ts";

export interface KeyRange {
  /** In index order: the scan starts at `low`. null is open. */
  readonly low: RangeEnd | null;
  readonly high: RangeEnd | null;
  /** low and high are the same closed key, byte for byte: from 'A1' to 'a1' is none (MySQL: EQ_RANGE). */
  readonly isPoint: boolean;
  /** A point over all declared parts of a unique index without NULL: at most one row. */
  readonly isUnique: boolean;
  readonly hasNull: boolean;
  /** How many key parts its longer end has. */
  readonly parts: number;
}

/**
 * How many key parts restrict all rows of the ranges: behind the first part that is not an equality, following parts only
 * tighten an end. MySQL: the depth that sel_arg_range_seq_next reaches; TABLE::quick_key_parts.
 */
export function restrictedParts(ranges: readonly KeyRange[]): number {
  return maxOf(
    ranges.map(({ low, high, parts }) => {
      let equal = 0;
      while (equal < parts && low !== null && high !== null && isSamePart(low, high, equal))
        equal += 1;
      return Math.min(parts, equal + 1);
    }),
  );
}

function isSamePart(low: RangeEnd, high: RangeEnd, part: number): boolean {
  return part < low.key.length && part < high.key.length && low.key[part] === high.key[part];
}

/** `a IN (...) AND b IN (...) AND c IN (...)` is as many ranges as the lists' lengths multiplied. */
const RANGES_MAX = 100_000;

/** Departure: none when there are more than 100,000. */
export function rangesOf(tree: KeyTree, key: KeyInfo): readonly KeyRange[] {
  if (tree.part !== 0) return [];
  const isFlat = tree.intervals.every(({ next }) => next === null);
  if (!isFlat && countRanges(tree, new Map()) > RANGES_MAX) return [];
  return rangesBehind(tree, key, []);
}

/** Later parts are shared by the intervals of earlier ones, and counted once. */
function countRanges(tree: KeyTree, known: Map<KeyTree, number>): number {
  const counted = known.get(tree);
  if (counted !== undefined) return counted;
  let count = 0;
  for (const { next } of tree.intervals) count += next === null ? 1 : countRanges(next, known);
  known.set(tree, count);
  return count;
}

function rangesBehind(tree: KeyTree, key: KeyInfo, prefix: readonly Datum[]): readonly KeyRange[] {
  const part = key.parts[tree.part];
  if (part === undefined) return [];
  const ranges: KeyRange[] = [];
  for (const interval of part.desc ? tree.intervals.toReversed() : tree.intervals) {
    const next =
      interval.next !== null && interval.next.part === tree.part + 1 ? interval.next : null;
    if (next !== null && isPoint(interval, part.type)) {
      append(ranges, rangesBehind(next, key, [...prefix, (interval.low as Bound).value]));
    } else ranges.push(rangeOf(interval, next, part.desc, key, prefix, tree.part));
  }
  return ranges;
}

function rangeOf(
  interval: Interval,
  next: KeyTree | null,
  isDesc: boolean,
  key: KeyInfo,
  prefix: readonly Datum[],
  partNo: number,
): KeyRange {
  const low = endOf(prefix, isDesc ? interval.high : interval.low, next, "low", key);
  const high = endOf(prefix, isDesc ? interval.low : interval.high, next, "high", key);
  const type = key.parts[partNo]?.type;
  const point =
    type !== undefined &&
    isPoint(interval, type) &&
    low !== null &&
    high !== null &&
    low.key.length === high.key.length &&
    low.key.every((value, at) => value === high.key[at]) &&
    low.inclusive &&
    high.inclusive;
  const hasNull = point && (low?.key.includes(null) ?? false);
  return {
    low,
    high,
    isPoint: point,
    isUnique: point && !hasNull && key.unique && partNo === key.declared - 1,
    hasNull,
    parts: Math.max(low?.key.length ?? 0, high?.key.length ?? 0),
  };
}

function endOf(
  prefix: readonly Datum[],
  bound: Bound | null,
  next: KeyTree | null,
  side: "low" | "high",
  key: KeyInfo,
): RangeEnd | null {
  if (bound === null) return prefix.length === 0 ? null : { key: prefix, inclusive: true };
  const { value, inclusive } = bound;
  const own: RangeEnd = { key: prefix.length === 0 ? [value] : [...prefix, value], inclusive };
  if (!bound.inclusive || next === null) return own;
  const part = key.parts[next.part];
  // MySQL: store_min_key, store_max_key: a descending part begins with its largest value.
  const isLower = (side === "low") !== (part?.desc === true);
  const outermost = isLower ? next.intervals[0] : next.intervals.at(-1);
  if (part === undefined || outermost === undefined) return own;
  const inner = isLower ? outermost.low : outermost.high;
  if (inner === null) return own;
  return endOf(
    own.key,
    inner,
    outermost.next !== null && outermost.next.part === next.part + 1 ? outermost.next : null,
    side,
    key,
  );
}

/** MySQL: get_max_used_key_length and EXPLAIN's key_len of a range. */
export function usedKeyLength(ranges: readonly KeyRange[], key: KeyInfo): number {
  const parts = maxOf(
    ranges.map((range) => range.parts),
    0,
  );
  return key.parts.slice(0, parts).reduce((sum, part) => sum + part.length, 0);
}
