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
  /** ANDed with intervals that nobody knows yet; without any of its own nothing is known (MySQL: maybe_flag, MAYBE_KEY). */
  readonly isMaybe?: true;
}

/** Nothing is known but that the part will be restricted. */
export function isUnknown({ intervals }: KeyTree): boolean {
  return intervals.length === 0;
}

/** A condition as seen through one index: no restriction, nothing can match, or a tree. */
export type KeyCondition = KeyTree | "all" | "none";

export function unknown(part: number): KeyTree {
  return { part, intervals: [], isMaybe: true };
}

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
    if (isUnknown(a) || isUnknown(b)) return a;
    // Intervals that share what follows them go on sharing it.
    const known = new Map<KeyTree | null, KeyCondition>();
    const intervals = a.intervals.flatMap((interval) => {
      const next = known.get(interval.next) ?? andCondition(interval.next ?? "all", b, typeOf);
      known.set(interval.next, next);
      return next === "none" ? [] : [{ ...interval, next: next === "all" ? null : next }];
    });
    return intervals.length === 0 ? "none" : { ...a, intervals };
  }
  if (isUnknown(b)) return { ...a, isMaybe: true };
  if (isUnknown(a)) return { ...b, isMaybe: true };
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
  if (intervals.length === 0) return "none";
  const isMaybe = a.isMaybe === true && b.isMaybe === true;
  return isMaybe ? { part: a.part, intervals, isMaybe } : { part: a.part, intervals };
}

/**
 * Not symmetric: an interval of `a` with no condition on later parts takes in what lies inside it, one of `b` is cut at the
 * ends of those of `a` that it overlaps, and the pieces stay apart.
 *
 *   b < 'm' OR b > 'm'  with  (b = 's' AND c = 1)    (-inf,m) (m,+inf)
 *   (b = 's' AND c = 1)  with  b < 'm' OR b > 'm'    (-inf,m) (m,s) [s,s] (s,+inf)
 */
export function orCondition(a: KeyCondition, b: KeyCondition, typeOf: TypeOfPart): KeyCondition {
  if (a === "none") return b;
  if (b === "none") return a;
  if (a === "all" || b === "all" || a.part !== b.part) return "all";
  if (isUnknown(a)) return a;
  if (isUnknown(b)) return b;
  const isMaybe = a.isMaybe === true || b.isMaybe === true;
  const intervals = [...a.intervals];
  for (const added of b.intervals) {
    if (addInterval(intervals, added, typeOf(a.part), typeOf) === "all")
      return isMaybe ? unknown(a.part) : "all";
  }
  return isMaybe ? { part: a.part, intervals, isMaybe } : { part: a.part, intervals };
}

/** MySQL: the loop of key_or for one interval of key2. "all": nothing is restricted any more. */
function addInterval(
  intervals: Interval[],
  given: Interval,
  type: ColumnType,
  typeOf: TypeOfPart,
): "all" | undefined {
  let added = given;
  for (;;) {
    let at = lastNotAbove(intervals, added, type);
    let isInside = at >= 0;
    const below = intervals[at];
    if (below !== undefined && endsBefore(below, added, type)) {
      isInside = false;
      if (touches(below, added, type) && sameNext(below, added, typeOf)) {
        added = { ...added, low: below.low };
        if (isFull(added)) return "all";
        intervals.splice(at, 1);
      } else at += 1;
    } else if (at < 0) at = 0;
    const current = intervals[at];
    if (current === undefined) {
      intervals.push(added);
      return;
    }
    if (!isInside && endsBefore(added, current, type)) {
      if (touches(added, current, type) && sameNext(added, current, typeOf)) {
        intervals[at] = { ...current, low: added.low };
        return isFull(intervals[at] as Interval) ? "all" : undefined;
      }
      intervals.splice(at, 0, added);
      return;
    }
    if (sameNext(current, added, typeOf)) {
      if (isSameInterval(current, added, type)) return;
      if (grow(intervals, at, added, type, typeOf) === "all") return "all";
    }
    const grown = intervals[at] as Interval;
    if (isInside && compareLow(grown.low, added.low, type) < 0) {
      if (grown.next === null) {
        if (grown.high === null || compareHigh(grown.high, added.high, type) >= 0) return;
        added = { ...added, low: flipped(grown.high) };
        continue;
      }
      const low = added.low as Bound;
      intervals.splice(at, 1, { ...grown, high: flipped(low) }, { ...grown, low });
      at += 1;
    }
    cutAlong(intervals, at, added, type, typeOf);
    return;
  }
}

/** Both say the same of later parts: the one that is there, and those after it that do too, reach over the added one. */
function grow(
  intervals: Interval[],
  at: number,
  added: Interval,
  type: ColumnType,
  typeOf: TypeOfPart,
): "all" | undefined {
  const first = intervals[at] as Interval;
  let last = first;
  let next = intervals[at + 1];
  while (next !== undefined && !endsBefore(added, next, type) && sameNext(next, added, typeOf)) {
    intervals.splice(at, 1);
    last = next;
    next = intervals[at + 1];
  }
  const low = looserLow(first.low, added.low, type);
  const isCut = next?.low != null && !endsBefore(added, next, type);
  const highest = compareHigh(last.high, added.high, type) >= 0 ? last.high : added.high;
  const high = isCut ? flipped(next?.low as Bound) : highest;
  intervals[at] = { low, high, next: last.next };
  return isFull(intervals[at]) ? "all" : undefined;
}

/** The added interval is cut at the ends of those that it overlaps; there the conditions on later parts are ORed. */
function cutAlong(
  intervals: Interval[],
  from: number,
  added: Interval,
  type: ColumnType,
  typeOf: TypeOfPart,
): void {
  let rest = added;
  for (let at = from; ; at += 1) {
    const current = intervals[at];
    if (current === undefined || endsBefore(rest, current, type)) {
      intervals.splice(at, 0, rest);
      return;
    }
    if (current.low !== null && compareLow(current.low, rest.low, type) > 0) {
      intervals.splice(at, 0, { ...rest, high: flipped(current.low) });
      rest = { ...rest, low: current.low };
      at += 1;
    }
    const order = compareHigh(current.high, rest.high, type);
    if (order > 0 && current.next === null) return;
    const either =
      current.next === null || rest.next === null
        ? "all"
        : orCondition(current.next, rest.next, typeOf);
    const next = either === "all" || either === "none" ? null : either;
    if (order > 0) {
      const high = rest.high as Bound;
      intervals.splice(at, 1, { low: current.low, high, next }, { ...current, low: flipped(high) });
      return;
    }
    intervals[at] = { ...current, next };
    if (order === 0) return;
    rest = { ...rest, low: flipped(current.high as Bound) };
  }
}

/** The place of the last interval that does not begin above the added one; -1 when there is none. */
function lastNotAbove(intervals: readonly Interval[], added: Interval, type: ColumnType): number {
  let [from, to] = [0, intervals.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compareLow((intervals[middle] as Interval).low, added.low, type) <= 0) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}

function isFull({ low, high }: Interval): boolean {
  return low === null && high === null;
}

function isSameInterval(a: Interval, b: Interval, type: ColumnType): boolean {
  return compareLow(a.low, b.low, type) === 0 && compareHigh(a.high, b.high, type) === 0;
}

/** MySQL: eq_tree. */
function sameNext(a: Interval, b: Interval, typeOf: TypeOfPart): boolean {
  return sameTree(a.next, b.next, typeOf);
}

function sameTree(a: KeyTree | null, b: KeyTree | null, typeOf: TypeOfPart): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.part !== b.part) return false;
  const type = typeOf(a.part);
  return (
    a.intervals.length === b.intervals.length &&
    a.intervals.every((one, at) => {
      const other = b.intervals[at] as Interval;
      return isSameInterval(one, other, type) && sameNext(one, other, typeOf);
    })
  );
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

function tighterLow(a: Bound | null, b: Bound | null, type: ColumnType): Bound | null {
  return compareLow(a, b, type) >= 0 ? a : b;
}

function looserLow(a: Bound | null, b: Bound | null, type: ColumnType): Bound | null {
  return compareLow(a, b, type) <= 0 ? a : b;
}

function tighterHigh(a: Bound | null, b: Bound | null, type: ColumnType): Bound | null {
  return compareHigh(a, b, type) <= 0 ? a : b;
}

/** The intervals of one part, if they are the same behind all of those before. MySQL: get_sel_root_for_keypart. */
export function treeAt(tree: KeyTree, part: number): readonly Interval[] | null | "differs" {
  if (tree.part === part) return tree.intervals;
  const found = tree.intervals.map(({ next }) => (next === null ? null : treeAt(next, part)));
  const [first = null] = found;
  if (found.includes("differs")) return "differs";
  return found.every((one) => one === first || isSameText(one, first)) ? first : "differs";
}

function isSameText(a: unknown, b: unknown): boolean {
  const text = (value: unknown) =>
    JSON.stringify(value, (_, one) => (typeof one === "bigint" ? `${one}` : one));
  return text(a) === text(b);
}
