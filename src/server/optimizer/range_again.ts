/**
 * A table that is to be scanned is looked at once more when its place in the join is known: conditions with columns of the
 * tables before it may restrict its indexes, if not now then for each of their rows.
 *
 *   t.a < u.b, t behind u      no range now; for each row of u ranges are looked for with its value of b
 *
 * MySQL: "rechecking_index_usage" in make_join_query_block, QS_DYNAMIC_RANGE, DynamicRangeIterator.
 */
import type { ChosenAccess } from "./access_path.ts";
import { chosenAccess } from "./join_access.ts";
import type { KeyInfo } from "./key_info.ts";
import { comparedKeys, type PlanTable, usableKeys } from "./plan_table.ts";
import type { Predicate } from "./predicate.ts";
import { analyzeRanges, type RangeAnalysis } from "./range_analysis.ts";
import { equalityColumns } from "./ref_access.ts";
import { treeOf } from "./sel_tree.ts";

export interface RangeAgain {
  /** The table as it was planned, with the conditions that its keys were found by. */
  readonly table: PlanTable;
  readonly readsRows: boolean;
  /** Of what was found by constants alone: the estimates, and the range taken. */
  readonly byKey: RangeAnalysis["byKey"];
  readonly best: RangeAnalysis["best"];
  /** The conditions that are looked at with the table; `available`: mask of the tables before, whose values they compare. */
  readonly conditions: readonly Predicate[];
  readonly available: number;
  /** Columns of GROUP BY or DISTINCT where all are the table's: keys that hold them count as used. */
  readonly gathered: readonly number[];
  readonly limit: number | null;
}

export type FoundAgain =
  | { readonly kind: "same" }
  | { readonly kind: "impossible" }
  /** Another range, or none where there was one. */
  | { readonly kind: "other"; readonly best: RangeAnalysis["best"] }
  /** Ranges of these keys are looked for again for each row of the tables before. */
  | { readonly kind: "each"; readonly keys: readonly KeyInfo[] };

const SAME: FoundAgain = { kind: "same" };

export function rangeAgain(again: RangeAgain): FoundAgain {
  const { table, best, byKey, available } = again;
  const gathering = keysHolding(table, again.gathered);
  const usable = usableKeys(table);
  const isUsed = (key: KeyInfo) => usable.includes(key) || gathering.includes(key);
  const constant = comparedKeys(table, "none");
  if (usable.every((key) => constant.includes(key) || gathering.includes(key))) return SAME;
  const where: Predicate = {
    kind: "and",
    args: again.conditions.map((one) => withUnknown(one, available)),
  };
  const keys = table.keys.filter(isUsed);
  const found = rangesOf(table, where, keys, again.limit);
  if (found.isImpossible) return { kind: "impossible" };
  const tree = treeOf(where, keys);
  const later =
    tree === "impossible"
      ? []
      : keys.filter((key) =>
          [tree.keys, ...tree.merges.flat()].some((one) => one.get(key)?.isMaybe === true),
        );
  const estimated = new Set([...byKey.keys(), ...found.byKey.keys()]);
  const columns = equalityColumns(table.query.where);
  const isLookedUp = ({ parts }: KeyInfo) => columns.has(parts[0]?.column ?? -1);
  const isNew = [...estimated, ...later].some((key) => !isLookedUp(key));
  const isEach = estimated.size === 0 || (found.best !== null && found.best.rows >= MANY);
  if (isNew && later.length > 0 && isEach) {
    return {
      kind: "each",
      keys: table.keys.filter((key) => isUsed(key) || estimated.has(key)),
    };
  }
  return isSameRange(found.best, best) ? SAME : { kind: "other", best: found.best };
}

/** A range of so many rows is not taken where others may turn out shorter. */
const MANY = 100;

/** How the table is read for one row of the tables before, whose values stand in the conditions. */
export function accessForRow(
  { table, readsRows }: Pick<RangeAgain, "table" | "readsRows">,
  keys: readonly KeyInfo[],
  conditions: readonly Predicate[],
): ChosenAccess {
  const where: Predicate = { kind: "and", args: conditions };
  const ranges = rangesOf(table, where, keys, null);
  if (ranges.isImpossible) return { ...wholeTable(table), path: { kind: "none", why: "" } };
  const { best } = ranges;
  if (best === null) return wholeTable(table);
  return chosenAccess(
    { table, ranges, filters: [], readsRows },
    {
      ref: null,
      range: best,
      rowsFetched: best.rows,
      readCost: best.cost,
      filterEffect: 1,
      usesBuffer: false,
    },
  );
}

/** Not even by an index that covers all: that was decided before. */
export function wholeTable({ stats }: PlanTable): ChosenAccess {
  return {
    path: { kind: "all" },
    keyRead: false,
    isOrdered: false,
    rows: stats.rows,
    cost: 0,
    considered: [],
  };
}

function rangesOf(
  table: PlanTable,
  where: Predicate,
  keys: readonly KeyInfo[],
  limit: number | null,
): RangeAnalysis {
  const asked = { ...table, query: { ...table.query, where } };
  return analyzeRanges(asked, {
    limit,
    ignoreTableScan: table.query.hints.force,
    force: false,
    skipDives: false,
    keys,
    merge: { isDelete: false, written: new Set() },
  });
}

function isSameRange(one: RangeAnalysis["best"], other: RangeAnalysis["best"]): boolean {
  if (one === null || other === null) return one === other;
  if (one.key !== other.key) return false;
  return one.key !== null && other.key !== null
    ? JSON.stringify(one.ranges, asText) === JSON.stringify(other.ranges, asText)
    : one.rows === other.rows && one.cost === other.cost;
}

function asText(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}` : value;
}

/** Comparisons with columns of other tables as what they are while those have not been read. */
function withUnknown(predicate: Predicate, available: number): Predicate {
  switch (predicate.kind) {
    case "and":
    case "or":
      return { ...predicate, args: predicate.args.map((arg) => withUnknown(arg, available)) };
    case "compare": {
      const { column, value } = predicate;
      if (value.kind === "const") return predicate;
      return (value.tables & ~available) === 0
        ? { kind: "maybe", column }
        : { kind: "other", columns: [column] };
    }
    default:
      return predicate;
  }
}

/** MySQL: Field::part_of_key: every index holds the primary key's columns. */
function keysHolding({ keys }: PlanTable, columns: readonly number[]): readonly KeyInfo[] {
  if (columns.length === 0) return [];
  const primary = keys.find(({ isClusteredPrimary }) => isClusteredPrimary);
  const holds = ({ parts }: KeyInfo, column: number) =>
    [...parts, ...(primary?.parts ?? [])].some((part) => part.column === column);
  return keys.filter((key) => columns.every((column) => holds(key, column)));
}
