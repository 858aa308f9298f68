/**
 * The best way to read one table at a given place of a join: a lookup with values of the tables before it, a range, or
 * a scan, which behind other tables goes through a join buffer (hash join).
 *
 * MySQL: Optimize_table_order::best_access_path, calculate_scan_cost.
 * Departure: the length of a buffered row is a fixed guess; it decides how often a table of megabytes is scanned.
 */
import type { AccessPath, ChosenAccess } from "./access_path.ts";
import { rowEvaluateCost, tableScanCost } from "./cost.ts";
import { type FilterTerm, filterEffect } from "./filter_effect.ts";
import type { KeyInfo } from "./key_info.ts";
import { usedKeyLength } from "./key_ranges.ts";
import {
  comparedKeys,
  type PlanTable,
  planTable,
  shortestKey,
  type TableQuery,
} from "./plan_table.ts";
import type { Predicate } from "./predicate.ts";
import { analyzeRanges, type RangeAnalysis, type RangeScan, round } from "./range_analysis.ts";
import { bestRef, type RefAccess } from "./ref_access.ts";
import type { MergeScan } from "./row_order.ts";

/** What is known of a table before its place in the join is. */
export interface AccessQuestion {
  readonly table: PlanTable;
  readonly ranges: RangeAnalysis;
  /** Conditions of WHERE on it, for guessing how many rows they leave. */
  readonly filters: readonly FilterTerm[];
  /** Whole rows are wanted, whatever index is read. */
  readonly readsRows: boolean;
}

export interface Place {
  /** Mask of the tables read before, and how many rows they bring. */
  readonly available: number;
  readonly prefixRows: number;
  /** Rows of the tables before that differ in the tables of a mask (MySQL: prev_record_reads). */
  readonly distinctPrefix: (tables: number) => number;
  readonly mayBuffer: boolean;
}

export interface TableAccess {
  readonly ref: RefAccess | null;
  readonly range: RangeScan | MergeScan | null;
  readonly rowsFetched: number;
  readonly readCost: number;
  readonly filterEffect: number;
  readonly usesBuffer: boolean;
}

const JOIN_BUFFER_BYTES = 262_144;
const BUFFERED_ROW_BYTES = 24;

/** `change`: the statement changes the table's rows; a DELETE still counts on an index alone and then reads the rows. */
export function accessQuestion(
  query: TableQuery,
  filters: readonly FilterTerm[],
  change: "update" | "delete" | null,
  limit: number | null,
): AccessQuestion {
  const table = planTable(query, change !== "update");
  const ranges = analyzeRanges(table, {
    limit,
    ignoreTableScan: query.hints.force,
    force: false,
    skipDives: false,
    keys: comparedKeys(table, "none"),
    merge: { isDelete: false, written: new Set() },
  });
  return { table, ranges, filters, readsRows: change !== null };
}

/** Could the table be looked up by values of others? MySQL: JOIN_TAB::keyuse. */
export function isLookedUp({ table }: AccessQuestion): boolean {
  const inKey = new Set(table.keys.flatMap(({ parts }) => parts.map(({ column }) => column)));
  const isLookup = (part: Predicate): boolean => {
    if (part.kind === "and" || part.kind === "or") return part.args.some(isLookup);
    return part.kind === "compare" && part.value.kind === "outer" && inKey.has(part.column);
  };
  return isLookup(table.query.where);
}

export function bestAccess(question: AccessQuestion, place: Place): TableAccess {
  const { table, ranges } = question;
  const { available, prefixRows } = place;
  const range = ranges.best;
  const ref = ranges.isForced
    ? null
    : bestRef(table, ranges, available, prefixRows, place.distinctPrefix);
  const refTotal =
    ref === null
      ? Number.POSITIVE_INFINITY
      : ref.readCost + rowEvaluateCost(prefixRows * ref.fanout);
  if (ref !== null && isRefPreferred(question, ref)) return refAccess(question, place, ref);
  const found = range?.rows ?? table.stats.rows;
  const constantFilter = filterEffect(question, usedByRange(range), 0, found);
  const left = found * constantFilter;
  const once =
    range === null
      ? tableScanCost(table.stats) + rowEvaluateCost(table.stats.rows - left)
      : range.cost + rowEvaluateCost(range.rows - left);
  const times =
    range !== null || !place.mayBuffer
      ? prefixRows
      : 1 + (BUFFERED_ROW_BYTES * prefixRows) / JOIN_BUFFER_BYTES;
  const readCost = times * once;
  if (ref !== null && readCost + rowEvaluateCost(prefixRows * left) >= refTotal) {
    return refAccess(question, place, ref);
  }
  const full = filterEffect(question, usedByRange(range), available, found);
  return {
    ref: null,
    range,
    rowsFetched: left,
    readCost,
    filterEffect: left === 0 ? 1 : Math.min(1, (found * full) / left),
    usesBuffer: place.mayBuffer,
  };
}

function refAccess(question: AccessQuestion, place: Place, ref: RefAccess): TableAccess {
  const used = new Set(ref.parts.map((part) => part.column));
  return {
    ref,
    range: question.ranges.best,
    rowsFetched: ref.fanout,
    readCost: ref.readCost,
    filterEffect: filterEffect(question, used, place.available, ref.fanout),
    usesBuffer: false,
  };
}

/** The heuristics that need no comparison of costs. */
function isRefPreferred({ table, ranges }: AccessQuestion, ref: RefAccess): boolean {
  const range = ranges.best;
  const found = range?.rows ?? table.stats.rows;
  const readTime = range?.cost ?? tableScanCost(table.stats);
  if (ref.fanout < found && ref.readCost <= readTime) return true;
  if (range !== null && range.key !== null && range.key === ref.key) {
    const isWholeKey = ref.parts.length >= ref.key.parts.length;
    if (isWholeKey || ref.parts.length >= range.parts) return true;
  }
  const isIntersection = range?.key === null && range.path.how === "intersect";
  if (table.covering.size > 0 && (range === null || (isIntersection && ref.readCost < range.cost)))
    return true;
  return range === null && table.query.hints.force;
}

export function usedByRange(range: RangeScan | MergeScan | null): ReadonlySet<number> {
  if (range === null) return new Set();
  if (range.key !== null) {
    return new Set(range.key.parts.slice(0, range.parts).map((part) => part.column));
  }
  return new Set(columnsOfMerge(range.path));
}

function columnsOfMerge(path: MergeScan["path"]): readonly number[] {
  const own = path.parts.flatMap((part) =>
    "how" in part ? columnsOfMerge(part) : part.index.parts.map((one) => one.column),
  );
  const clustered = path.clustered?.index.parts.map((one) => one.column) ?? [];
  return [...own, ...clustered];
}

/** The access path that was decided on, as the executor and EXPLAIN want it. */
export function chosenAccess(
  { table, ranges, readsRows }: AccessQuestion,
  access: TableAccess,
): ChosenAccess {
  const { path, key } = pathOf(table, access, readsRows);
  const isCovering =
    !readsRows &&
    (path.kind === "merge"
      ? path.isCovering
      : key !== null && path.kind !== "all" && table.covering.has(key));
  return {
    path,
    keyRead: isCovering,
    isOrdered: false,
    rows: access.ref?.fanout ?? access.range?.rows ?? table.stats.rows,
    cost: round(access.readCost),
    considered: ranges.considered,
  };
}

function pathOf(
  table: PlanTable,
  { ref, range }: TableAccess,
  readsRows: boolean,
): { readonly path: AccessPath; readonly key: KeyInfo | null } {
  if (ref !== null && !isRangeLonger(ref, range)) {
    const { key, parts, isUnique, orNull } = ref;
    const path = { kind: "ref", index: key.index, key: parts, isUnique, isReverse: false } as const;
    return { path: { ...path, orNull }, key };
  }
  if (range !== null) {
    if (range.key === null) return { path: range.path, key: null };
    const { key, ranges } = range;
    const path = { kind: "range", index: key.index, ranges, isReverse: false } as const;
    return { path: { ...path, reachesPrimaryKey: false }, key };
  }
  const shortest = readsRows ? null : shortestKey(table, table.covering);
  if (shortest === null) return { path: { kind: "all" }, key: null };
  return { path: { kind: "index", index: shortest.index, isReverse: false }, key: shortest };
}

/** A range over more of the same key than a lookup with constants (MySQL: can_switch_from_ref_to_range). */
function isRangeLonger(ref: RefAccess, range: RangeScan | MergeScan | null): range is RangeScan {
  if (range === null || range.key === null || range.key !== ref.key) return false;
  if (ref.dependsOnOuter || ref.orNull) return false;
  const length = ref.key.parts
    .slice(0, ref.parts.length)
    .reduce((sum, part) => sum + part.length, 0);
  return length < usedKeyLength(range.ranges, range.key);
}
