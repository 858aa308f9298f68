/**
 * Interval sets over the parts of one index, and their AND and OR.
 *
 *   a = 1 AND b > 3   ─▶  part 0: [1,1] ── next ─▶ part 1: (3,+inf)
 *   a = 1 OR a = 5    ─▶  part 0: [1,1] [5,5]
 *
 * MySQL: SEL_ARG, key_and and key_or (sql/range_optimizer/tree.cc). Intervals of a part are disjoint and ascending.
 * Departure: plain sorted arrays instead of red-black trees; conditions have few intervals here.
 */

import type { Datum } from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";
import type { ColumnType } from "../../trace/values.ts";

export interface Bound {
  readonly value: Datum;
  readonly inclusive: boolean;
}

export interface Interval {
  /** null: no lower end. A value of NULL, exclusive, is "not NULL". */
  readonly low: Bound | null;
  readonly high: Bound | null;
  readonly next: KeyTree | null;
}

export interface KeyTree {
  readonly part: number;
  readonly intervals: readonly Interval[];
}

/** A condition as seen through one index: no restriction, nothing can match, or a tree. */
export type KeyCondition = KeyTree | "all" | "none";

type TypeOfPart = (part: number) => ColumnType;

export function isPoint(interval: Interval, type: ColumnType): boolean {
  const { low, high } = interval;
  return (
    low !== null &&
    high !== null &&
    low.inclusive &&
    high.inclusive &&
    compareDatum(type, low.value, high.value) === 0
  );
}

export function andCondition(a: KeyCondition, b: KeyCondition, typeOf: TypeOfPart): KeyCondition {
  if (a === "none" || b === "none") return "none";
  if (a === "all") return b;
  if (b === "all") return a;
  if (a.part > b.part) return andCondition(b, a, typeOf);
  if (a.part < b.part) {
    // Intervals that share what follows them go on sharing it.
    const known = new Map<KeyTree | null, KeyCondition>();
    const intervals = a.intervals.flatMap((interval) => {
      const next = known.get(interval.next) ?? andCondition(interval.next ?? "all", b, typeOf);
      known.set(interval.next, next);
      return next === "none" ? [] : [{ ...interval, next: next === "all" ? null : next }];
    });
    return intervals.length === 0 ? "none" : { part: a.part, intervals };
  }
  const type = typeOf(a.part);
  const intervals: Interval[] = [];
  let from = 0;
  for (const one of a.intervals) {
    // Both are in order: what lies below this one lies below those that follow.
    while (from < b.intervals.length && endsBefore(b.intervals[from] as Interval, one, type)) {
      from += 1;
    }
    for (let at = from; at < b.intervals.length; at += 1) {
      const other = b.intervals[at] as Interval;
      if (endsBefore(one, other, type)) break;
      const low = tighterLow(one.low, other.low, type);
      const high = tighterHigh(one.high, other.high, type);
      if (isEmpty(low, high, type)) continue;
      const next = andCondition(one.next ?? "all", other.next ?? "all", typeOf);
      if (next !== "none") intervals.push({ low, high, next: next === "all" ? null : next });
    }
  }
  return intervals.length === 0 ? "none" : { part: a.part, intervals };
}

export function orCondition(a: KeyCondition, b: KeyCondition, typeOf: TypeOfPart): KeyCondition {
  if (a === "none") return b;
  if (b === "none") return a;
  if (a === "all" || b === "all" || a.part !== b.part) return "all";
  const type = typeOf(a.part);
  let merged: readonly Interval[] = a.intervals;
  for (const interval of b.intervals) merged = withInterval(merged, interval, type, typeOf);
  const joined = joinNeighbours(merged, type);
  const [only] = joined;
  if (
    joined.length === 1 &&
    only !== undefined &&
    only.low === null &&
    only.high === null &&
    only.next === null
  )
    return "all";
  return { part: a.part, intervals: joined };
}

/** Adds one interval to disjoint ones: where they overlap, the conditions on later parts are ORed. */
function withInterval(
  intervals: readonly Interval[],
  added: Interval,
  type: ColumnType,
  typeOf: TypeOfPart,
): Interval[] {
  const first = firstNotBefore(intervals, added, type);
  const out = intervals.slice(0, first);
  let rest: Interval | null = added;
  for (let at = first; at < intervals.length; at += 1) {
    const present = intervals[at] as Interval;
    if (rest === null) return out.concat(intervals.slice(at));
    if (endsBefore(present, rest, type)) {
      out.push(present);
      continue;
    }
    if (endsBefore(rest, present, type)) {
      out.push(rest);
      return out.concat(intervals.slice(at));
    }
    const low = tighterLow(present.low, rest.low, type);
    const high = tighterHigh(present.high, rest.high, type);
    const earlier = looserLow(present.low, rest.low, type);
    const before: Interval = {
      low: earlier,
      high: low === null ? null : flipped(low),
      next: sameLow(earlier, present.low, type) ? present.next : rest.next,
    };
    if (low !== null && !isEmpty(before.low, before.high, type)) out.push(before);
    const next: KeyCondition =
      present.next === null || rest.next === null
        ? "all"
        : orCondition(present.next, rest.next, typeOf);
    out.push({ low, high, next: next === "all" || next === "none" ? null : next });
    if (high === null) {
      rest = null;
      continue;
    }
    const tailOf: Interval = compareHigh(present.high, rest.high, type) > 0 ? present : rest;
    const tail: Interval = { low: flipped(high), high: tailOf.high, next: tailOf.next };
    const isTailEmpty = isEmpty(tail.low, tail.high, type);
    if (tailOf === present) {
      if (!isTailEmpty) out.push(tail);
      rest = null;
    } else rest = isTailEmpty ? null : tail;
  }
  if (rest !== null) out.push(rest);
  return out;
}

/** The place of the first interval that does not lie wholly below the added one. */
function firstNotBefore(intervals: readonly Interval[], added: Interval, type: ColumnType): number {
  let [from, to] = [0, intervals.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (endsBefore(intervals[middle] as Interval, added, type)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** `[1,5)` and `[5,9]` without further conditions are `[1,9]`. */
function joinNeighbours(intervals: readonly Interval[], type: ColumnType): Interval[] {
  const out: Interval[] = [];
  for (const interval of intervals) {
    const last = out.at(-1);
    if (
      last !== undefined &&
      last.next === null &&
      interval.next === null &&
      touches(last, interval, type)
    ) {
      out[out.length - 1] = { low: last.low, high: interval.high, next: null };
    } else out.push(interval);
  }
  return out;
}

function touches(left: Interval, right: Interval, type: ColumnType): boolean {
  if (left.high === null || right.low === null) return true;
  return (
    compareDatum(type, left.high.value, right.low.value) === 0 &&
    (left.high.inclusive || right.low.inclusive)
  );
}

function flipped(bound: Bound): Bound {
  return { value: bound.value, inclusive: !bound.inclusive };
}

function isEmpty(low: Bound | null, high: Bound | null, type: ColumnType): boolean {
  if (low === null || high === null) return false;
  const order = compareDatum(type, low.value, high.value);
  return order > 0 || (order === 0 && !(low.inclusive && high.inclusive));
}

/** All of `a` lies below all of `b`. */
function endsBefore(a: Interval, b: Interval, type: ColumnType): boolean {
  return a.high !== null && b.low !== null && isEmpty(b.low, a.high, type);
}

function compareLow(a: Bound | null, b: Bound | null, type: ColumnType): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compareDatum(type, a.value, b.value) || Number(b.inclusive) - Number(a.inclusive);
}

function compareHigh(a: Bound | null, b: Bound | null, type: ColumnType): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return compareDatum(type, a.value, b.value) || Number(a.inclusive) - Number(b.inclusive);
}

function sameLow(a: Bound | null, b: Bound | null, type: ColumnType): boolean {
  return compareLow(a, b, type) === 0;
}

function tighterLow(a: Bound | null, b: Bound | null, type: ColumnType): Bound | null {
  return compareLow(a, b, type) >= 0 ? a : b;
}

function looserLow(a: Bound | null, b: Bound | null, type: ColumnType): Bound | null {
  return compareLow(a, b, type) <= 0 ? a : b;
}

function tighterHigh(a: Bound | null, b: Bound | null, type: ColumnType): Bound | null {
  return compareHigh(a, b, type) <= 0 ? a : b;
}
