/**
 * The best lookup by equality (MySQL: update_ref_and_keys, Optimize_table_order::find_best_ref).
 */

import type { Datum } from "../../innodb/api.ts";
import { prefixOf } from "../../innodb/dictionary.ts";
import type { RefPart } from "./access_path.ts";
import { indexScanCost, pageReadCost, readCost, rowEvaluateCost, worstSeeks } from "./cost.ts";
import type { KeyInfo } from "./key_info.ts";
import { type PlanTable, recordsPerKey } from "./plan_table.ts";
import { conjuncts, type Operand, type Predicate } from "./predicate.ts";
import type { RangeAnalysis } from "./range_analysis.ts";

export interface RefAccess {
  readonly key: KeyInfo;
  readonly parts: readonly RefPart[];
  readonly isUnique: boolean;
  readonly orNull: boolean;
  readonly fanout: number;
  /** For all rows of the prefix together. */
  readonly readCost: number;
  readonly dependsOnOuter: boolean;
  /** Mask of the tables that its values come from. */
  readonly tables: number;
}

type RankOfKey = 0 | 1 | 2;
const CLUSTERED: RankOfKey = 0;
const UNIQUE: RankOfKey = 1;
const NOT_UNIQUE: RankOfKey = 2;

/** Equalities by column: what `column` is equal to. `available` is the mask of tables already read. */
function equalities(where: Predicate, available: number): ReadonlyMap<number, RefPart> {
  let found: Map<number, RefPart> | null = null;
  for (const part of conjuncts(where)) {
    for (const equality of equalitiesIn(part)) {
      found ??= new Map();
      const { operand } = equality;
      if (operand.kind === "outer" && (operand.tables & ~available) !== 0) continue;
      const present = found.get(equality.column);
      if (present === undefined || (present.operand.kind === "outer" && operand.kind === "const"))
        found.set(equality.column, equality);
    }
  }
  return found ?? NO_EQUALITIES;
}

const NO_EQUALITIES: ReadonlyMap<number, RefPart> = new Map();

/** Is there any equality at all? Most searches by range have none. */
export function givesEqualities(where: Predicate): boolean {
  return conjuncts(where).some((part) => equalitiesIn(part).length > 0);
}

/** The columns that are equal to something. */
export function equalityColumns(where: Predicate): ReadonlySet<number> {
  return new Set(
    conjuncts(where).flatMap((part) => equalitiesIn(part).map(({ column }) => column)),
  );
}

/** What a condition makes columns equal to (MySQL: add_key_fields). */
function equalitiesIn(part: Predicate): readonly RefPart[] {
  switch (part.kind) {
    case "isNull":
      return [
        {
          column: part.column,
          operand: { kind: "const", value: null },
          rejectsNull: false,
          orNull: false,
        },
      ];
    case "compare": {
      const { column, op, value: operand } = part;
      if (op !== "=" && op !== "<=>") return [];
      return [{ column, operand, rejectsNull: op === "=", orNull: false }];
    }
    case "and":
      return part.args.flatMap(equalitiesIn);
    case "or":
      return part.isList === true || part.isRowList === true
        ? []
        : part.args.map(equalitiesIn).reduce(onBothSides);
    default:
      return [];
  }
}

/** What both sides of an OR say, and `field = expression OR field IS NULL` (MySQL: merge_key_fields). */
function onBothSides(left: readonly RefPart[], right: readonly RefPart[]): readonly RefPart[] {
  return left.flatMap((one) => {
    const other = right.find(({ column }) => column === one.column);
    return other === undefined ? [] : (merged(one, other) ?? []);
  });
}

function merged(one: RefPart, other: RefPart): RefPart | null {
  if (isSameOperand(one.operand, other.operand)) {
    const rejectsNull = one.rejectsNull && other.rejectsNull;
    return { ...one, rejectsNull, orNull: one.orNull || other.orNull };
  }
  if (isNullOperand(other)) return { ...one, orNull: true };
  return isNullOperand(one) ? { ...other, orNull: true } : null;
}

function isSameOperand(one: Operand, other: Operand): boolean {
  if (one.kind === "const") return other.kind === "const" && one.value === other.value;
  return other.kind === "outer" && one.id === other.id;
}

function isNullOperand(part: RefPart): boolean {
  return !part.rejectsNull && part.operand.kind === "const" && part.operand.value === null;
}

/** A unique key that constants give whole, without NULL: the table has one row at most (JT_CONST). */
export function constKey(
  table: PlanTable,
): { readonly key: KeyInfo; readonly values: readonly Datum[] } | null {
  const equal = equalities(table.query.where, 0);
  for (const key of table.keys) {
    if (!key.unique) continue;
    const values: Datum[] = [];
    for (const part of key.parts.slice(0, key.declared)) {
      const operand = equal.get(part.column);
      if (
        operand === undefined ||
        (operand.orNull && part.nullable) ||
        operand.operand.kind !== "const" ||
        operand.operand.value === null
      )
        break;
      const { value } = operand.operand;
      values.push(part.prefix === null ? value : prefixOf(value, part.prefix));
    }
    if (values.length === key.declared) return { key, values };
  }
  return null;
}

/** The cheapest ref, or null. `prefixRows`: rows of the tables read before. */
export function bestRef(
  table: PlanTable,
  ranges: RangeAnalysis,
  available: number,
  prefixRows: number,
  distinctPrefix: (tables: number) => number = () => prefixRows,
): RefAccess | null {
  const equal = equalities(table.query.where, available);
  if (equal.size === 0) return null;
  let best: RefAccess | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  let bestRank: RankOfKey = NOT_UNIQUE;
  for (const key of table.keys) {
    const candidate = refOn(table, key, equal, ranges, prefixRows, distinctPrefix);
    if (candidate === null) continue;
    const rank = !candidate.isUnique ? NOT_UNIQUE : key.isClusteredPrimary ? CLUSTERED : UNIQUE;
    if (rank > bestRank) continue;
    const cost = candidate.readCost + prefixRows * rowEvaluateCost(candidate.fanout);
    if (rank < bestRank || cost < bestCost) {
      best = candidate;
      bestCost = cost;
      bestRank = rank;
    }
    if (bestRank === CLUSTERED) break;
  }
  return best;
}

function refOn(
  table: PlanTable,
  key: KeyInfo,
  equal: ReadonlyMap<number, RefPart>,
  ranges: RangeAnalysis,
  prefixRows: number,
  distinctPrefix: (tables: number) => number,
): RefAccess | null {
  const { parts, orNull } = leadingEqualities(key, equal);
  if (parts.length === 0) return null;
  const used = parts.length;
  const rejectsNull = parts.every(
    (part, at) => part.rejectsNull || !(key.parts[at]?.nullable ?? true),
  );
  const isUnique =
    key.unique && used >= key.declared && !orNull && (!key.hasNullablePart || rejectsNull);
  const dependsOnOuter = parts.some((part) => part.operand.kind === "outer");
  const tables = parts.reduce(
    (mask, { operand }) => (operand.kind === "outer" ? mask | operand.tables : mask),
    0,
  );
  const done = (fanout: number, cost: number): RefAccess => ({
    key,
    tables,
    parts,
    isUnique,
    orNull,
    fanout,
    readCost: cost,
    dependsOnOuter,
  });
  if (isUnique) return done(1, distinctPrefix(tables) * pageReadCost(1));

  const quick = ranges.byKey.get(key);
  let fanout: number;
  if (
    quick !== undefined &&
    !dependsOnOuter &&
    quick.parts === used &&
    quick.ranges.length === (orNull ? 2 : 1)
  )
    fanout = quick.rows;
  else {
    if (quick !== undefined && !dependsOnOuter && quick.parts > used) return null;
    fanout = Math.max(1, recordsPerKey(table, key, used)) * (orNull ? 2 : 1);
    if (
      quick !== undefined &&
      !dependsOnOuter &&
      quick.parts <= used &&
      quick.ranges.length === (orNull ? 2 : 1)
    )
      fanout = Math.min(fanout, quick.rows);
  }
  return done(fanout, prefixRows * lookupCost(table, key, fanout));
}

/** The first parts of the key that are equal to something. */
export interface Leading {
  readonly parts: readonly RefPart[];
  readonly orNull: boolean;
}

function leadingEqualities(key: KeyInfo, equal: ReadonlyMap<number, RefPart>): Leading {
  const parts: RefPart[] = [];
  let orNull = false;
  for (const part of key.parts) {
    const found = equal.get(part.column);
    const isOrNull = found?.orNull === true && part.nullable;
    if (found === undefined || (isOrNull && orNull)) break;
    orNull ||= isOrNull;
    parts.push(found);
  }
  return { parts, orNull };
}

/** What a lookup in one index would compare, whatever it costs (MySQL: create_ref_for_key). */
export function leadingParts(table: PlanTable, key: KeyInfo, available: number): Leading {
  return leadingEqualities(key, equalities(table.query.where, available));
}

/** MySQL: find_cost_for_ref. */
function lookupCost(table: PlanTable, key: KeyInfo, rows: number): number {
  if (table.covering.has(key)) return indexScanCost(key, table.refBytes, rows);
  if (key.isClusteredPrimary) return readCost(key, table, 1, rows);
  return Math.min(pageReadCost(rows), worstSeeks(table.stats));
}

/** A lookup in one index. */
export function refOnKey(
  table: PlanTable,
  key: KeyInfo,
  ranges: RangeAnalysis,
  available: number,
  prefixRows: number,
): RefAccess | null {
  const equal = equalities(table.query.where, available);
  return refOn(table, key, equal, ranges, prefixRows, () => prefixRows);
}

/** `a = 3 AND a IS NULL` looks for NULL, which equals nothing: no row is read. MySQL: TABLE_REF::impossible_null_ref. */
export function alsoSeeksNull(where: Predicate, { parts, declared }: KeyInfo): boolean {
  const columns = parts.slice(0, declared).map(({ column }) => column);
  return conjuncts(where).some((part) => {
    if (part.kind === "isNull") return columns.includes(part.column);
    const isNull = part.kind === "compare" && part.op === "<=>" && part.value.kind === "const";
    return isNull && part.value.value === null && columns.includes(part.column);
  });
}
