/**
 * The access path of a statement that is planned again with other literals. The optimizer decides by numbers: while the
 * conditions are the same but for their values, the ranges have the same form and as many rows, and the table has the same
 * statistics, it would decide the same again, so only the key or the ranges are exchanged.
 *
 *     WHERE id BETWEEN 17 AND 26    range of PRIMARY, 10 rows ─▶ kept
 *     WHERE id BETWEEN 42 AND 51    one range of two closed ends, 10 rows: the same
 *     WHERE id BETWEEN 42 AND 99    58 rows: planned from the start
 */
import type { Datum } from "../../innodb/api.ts";
import { compareDatum } from "../../innodb/datum.ts";
import type { BaseTable } from "../context.ts";
import type { AccessPath, ChosenAccess } from "./access_path.ts";
import type { KeyInfo } from "./key_info.ts";
import { type KeyRange, rangesOf, restrictedParts } from "./key_ranges.ts";
import type { PlanTable } from "./plan_table.ts";
import type { Predicate } from "./predicate.ts";
import { type RangeScan, rangeRows } from "./range_analysis.ts";
import { treeOf } from "./sel_tree.ts";

export interface KeptAccess<Access extends ChosenAccess> {
  /** Its path is another each time; the statement has one run at a time. */
  readonly chosen: Access & { path: AccessPath };
  readonly conditions: readonly Predicate[];
  readonly how: KeptKey | KeptRanges;
}

/** Each value of the key is that of one of the conditions. */
interface KeptKey {
  readonly kind: "key";
  readonly from: readonly number[];
}

interface KeptRanges {
  readonly kind: "ranges";
  readonly table: BaseTable;
  readonly stats: PlanTable["stats"];
  /** The keys that the conditions restrict in any way. */
  readonly keys: readonly KeyInfo[];
  readonly scan: RangeScan;
  readonly ends: KeptEnds | null;
}

/**
 * The conditions whose values are the two ends of the one range, by their places among all comparisons; -1: none is. An
 * equality is both.
 */
interface KeptEnds {
  readonly low: number;
  readonly high: number;
}

const RANGES_MAX = 8;

/**
 * Null where more than these numbers was decided by. `rangesOnly`: nothing else was compared with the ranges; a lookup by
 * equality goes by rows for each key besides, which other sessions' statements may change.
 */
export function keepAccess<Access extends ChosenAccess>(
  table: PlanTable,
  conditions: readonly Predicate[],
  chosen: Access,
  rangesOnly: boolean,
): KeptAccess<Access> | null {
  const { only, force, ignore, off, forOrder, forGroup } = table.query.hints;
  if (only !== null || force || ignore.length > 0 || off.size > 0) return null;
  if (forOrder !== null || forGroup !== null) return null;
  const { path } = chosen;
  if (path.kind === "const") {
    const from = path.index.parts.map((part) =>
      part.prefix === null ? conditions.findIndex((one) => isEqualityOn(one, part.column)) : -1,
    );
    const isGiven = path.key.every((value, at) => value === constantOf(conditions[from[at] ?? -1]));
    return isGiven ? { chosen, conditions, how: { kind: "key", from } } : null;
  }
  const scans = [...(chosen.estimates?.values() ?? [])];
  const [scan] = scans;
  if (path.kind !== "range" || scan === undefined || scans.length > 1) return null;
  if (!rangesOnly && conditions.some(hasEquality)) return null;
  if (path.ranges !== scan.ranges || scan.ranges.length > RANGES_MAX) return null;
  const tree = treeOf(table.query.where, table.keys);
  if (tree === "impossible" || tree.merges.length > 0) return null;
  const keys = [...tree.keys.keys()];
  const { stats, query } = table;
  const ends = keys.length === 1 && keys[0] === scan.key ? endsOf(conditions, scan) : null;
  return {
    chosen,
    conditions,
    how: { kind: "ranges", table: query.table, stats, keys, scan, ends },
  };
}

/** Null where the range is not just what lies above one comparison's value and below another's. */
function endsOf(conditions: readonly Predicate[], { key, ranges }: RangeScan): KeptEnds | null {
  const [part] = key.parts;
  const [range] = ranges;
  if (part === undefined || range === undefined || ranges.length > 1) return null;
  if (part.desc || part.prefix !== null || range.parts !== 1) return null;
  let low = -1;
  let high = -1;
  const all = comparisonsIn(conditions, []);
  const [only] = all ?? [];
  if (range.isPoint) {
    const isGiven = all?.length === 1 && only?.op === "=" && only.column === part.column;
    return isGiven && only.value.kind === "const" ? { low: 0, high: 0 } : null;
  }
  for (const [at, one] of all?.entries() ?? []) {
    if (one.column !== part.column) return null;
    if (one.op === ">" || one.op === ">=") {
      if (low >= 0 || !isEndOf(one, range.low, ">=")) return null;
      low = at;
    } else if (one.op === "<" || one.op === "<=") {
      if (high >= 0 || !isEndOf(one, range.high, "<=")) return null;
      high = at;
    } else return null;
  }
  return low < 0 && high < 0 ? null : { low, high };
}

type Comparison = Extract<Predicate, { readonly kind: "compare" }>;

/** All of them, where nothing but comparisons has to be true; else null. */
function comparisonsIn(
  conditions: readonly Predicate[],
  found: Comparison[],
): readonly Comparison[] | null {
  for (let at = 0; at < conditions.length; at += 1) {
    const one = conditions[at] as Predicate;
    if (one.kind === "compare") found.push(one);
    else if (one.kind !== "and" || comparisonsIn(one.args, found) === null) return null;
  }
  return found;
}

function isEndOf(one: Comparison, end: KeyRange["low"], closed: "<=" | ">="): boolean {
  return end?.key[0] === constantOf(one) && end?.inclusive === (one.op === closed);
}

/** The conditions say no more than its range does: whatever lies in the range is wanted. */
export function isWholeCondition({ how }: KeptAccess<ChosenAccess>): boolean {
  return how.kind === "ranges" && how.ends !== null;
}

/** Gives the access the values of now; false when the numbers are others. */
export function renewAccess<Access extends ChosenAccess>(
  { chosen, conditions, how }: KeptAccess<Access>,
  now: readonly Predicate[],
): boolean {
  const { path } = chosen;
  if (!isSameList(conditions, now)) return false;
  if (how.kind === "key") {
    if (path.kind !== "const") return false;
    const key = path.key.map((_, at) => constantOf(now[how.from[at] ?? -1]) as Datum);
    chosen.path = { kind: "const", index: path.index, key };
    return true;
  }
  const ranges = path.kind === "range" ? rangesAgain(how, now) : null;
  if (ranges === null || path.kind !== "range") return false;
  const { index, isReverse, reachesPrimaryKey } = path;
  chosen.path = { kind: "range", index, ranges, isReverse, reachesPrimaryKey };
  return true;
}

function rangesAgain(
  { table, stats, keys, scan, ends }: KeptRanges,
  now: readonly Predicate[],
): readonly KeyRange[] | null {
  if (!table.hasStats(stats)) return null;
  const ranges = ends === null ? rangesByTree(keys, scan, now) : rangeBetween(scan, ends, now);
  if (ranges === null) return null;
  let found = 0;
  for (let at = 0; at < ranges.length; at += 1) {
    found += rangeRows(table, scan.key, ranges[at] as KeyRange);
  }
  return found === scan.rows ? ranges : null;
}

function rangesByTree(
  keys: readonly KeyInfo[],
  scan: RangeScan,
  now: readonly Predicate[],
): readonly KeyRange[] | null {
  const tree = treeOf({ kind: "and", args: now }, keys);
  if (tree === "impossible" || tree.merges.length > 0) return null;
  const condition = tree.keys.size === keys.length ? tree.keys.get(scan.key) : undefined;
  if (condition === undefined) return null;
  const ranges = rangesOf(condition, scan.key);
  if (ranges.length !== scan.ranges.length || restrictedParts(ranges) !== scan.parts) return null;
  const isSame = ranges.every((range, at) => hasSameForm(range, scan.ranges[at] as KeyRange));
  return isSame ? ranges : null;
}

/** Null where no value lies between, or only one. */
function rangeBetween(
  { key, ranges }: RangeScan,
  ends: KeptEnds,
  now: readonly Predicate[],
): readonly KeyRange[] | null {
  const all = comparisonsIn(now, []) ?? [];
  const before = ranges[0] as KeyRange;
  const low = endAgain(before.low, all[ends.low]);
  const high = endAgain(before.high, all[ends.high]);
  if (ends.low >= 0 && ends.high >= 0 && ends.low !== ends.high) {
    const type = key.parts[0]?.type;
    if (type === undefined) return null;
    if (compareDatum(type, low?.key[0] as Datum, high?.key[0] as Datum) >= 0) return null;
  }
  const { isPoint, isUnique, hasNull, parts } = before;
  return [{ low, high, isPoint, isUnique, hasNull, parts }];
}

function endAgain(before: KeyRange["low"], one: Comparison | undefined): KeyRange["low"] {
  if (before === null || one === undefined) return before;
  return { key: [constantOf(one) as Datum], inclusive: before.inclusive };
}

function hasSameForm(a: KeyRange, b: KeyRange): boolean {
  return (
    a.isPoint === b.isPoint &&
    a.isUnique === b.isUnique &&
    a.hasNull === b.hasNull &&
    a.parts === b.parts &&
    (a.low === null) === (b.low === null) &&
    (a.high === null) === (b.high === null)
  );
}

function hasEquality(one: Predicate): boolean {
  if (one.kind === "and" || one.kind === "or") return one.args.some(hasEquality);
  return one.kind === "compare" && (one.op === "=" || one.op === "<=>");
}

function isEqualityOn(one: Predicate, column: number): boolean {
  return one.kind === "compare" && one.op === "=" && one.column === column;
}

function constantOf(one: Predicate | undefined): Datum | undefined {
  return one?.kind === "compare" && one.value.kind === "const" ? one.value.value : undefined;
}

/** The same conditions, but for values that are not NULL. */
function isSameList(some: readonly Predicate[], others: readonly Predicate[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at += 1) {
    if (!isSameCondition(some[at] as Predicate, others[at] as Predicate)) return false;
  }
  return true;
}

function isSameCondition(a: Predicate, b: Predicate): boolean {
  switch (a.kind) {
    case "and":
    case "or":
      return b.kind === a.kind && a.isList === b.isList && isSameList(a.args, b.args);
    case "compare":
      return (
        b.kind === "compare" &&
        a.column === b.column &&
        a.op === b.op &&
        (constantOf(a) ?? null) !== null &&
        (constantOf(b) ?? null) !== null
      );
    default:
      return false;
  }
}
