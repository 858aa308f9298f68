/**
 * How much of what an access path fetches the rest of WHERE lets through (MySQL: calculate_condition_filter,
 * Item::get_filtering_effect, without histograms).
 */
import { unreachable } from "../../base/assert.ts";
import { type KeyInfo, keysOf } from "./key_info.ts";
import { type PlanTable, recordsPerKey } from "./plan_table.ts";
import { conjuncts, isLeftOut, type Predicate } from "./predicate.ts";
import type { RangeScan } from "./range_analysis.ts";

const EQUALITY = 0.1;
const INEQUALITY = 0.3333;
const BETWEEN = 0.1111;
const IN_MAX = 0.5;

/**
 * Between 0 and 1. Conditions on the columns in `used` are the access path's own and do not count, nor do comparisons
 * with tables that are read later (not in the mask `available`). Columns that range analysis looked at count by its
 * estimates, which are better than guesses.
 */
export function conditionFilter(
  table: PlanTable,
  used: ReadonlySet<number>,
  available: number,
  estimates: ReadonlyMap<KeyInfo, Pick<RangeScan, "rows" | "parts">> = new Map(),
): number {
  const counted = new Set(used);
  let estimated = 1;
  for (const key of table.keys) {
    const scan = estimates.get(key);
    if (scan === undefined) continue;
    const columns = key.parts.slice(0, scan.parts).map(({ column }) => column);
    if (columns.some((column) => counted.has(column))) continue;
    for (const column of columns) counted.add(column);
    estimated *= Math.min(1, scan.rows / table.stats.rows);
  }
  // MySQL: calculate_condition_filter: a row at least comes through.
  return Math.max(estimated * guessedFilter(table, counted, available), 1 / table.stats.rows);
}

function guessedFilter(table: PlanTable, used: ReadonlySet<number>, available: number): number {
  const isKnown = (part: Predicate): boolean =>
    part.kind !== "compare" ||
    part.value.kind !== "outer" ||
    (part.value.tables & ~available) === 0;
  return conjuncts(table.query.where)
    .filter(isKnown)
    .reduce((product, part) => product * effectOf(part, table, used, available), 1);
}

function effectOf(
  part: Predicate,
  table: PlanTable,
  used: ReadonlySet<number>,
  available: number,
): number {
  switch (part.kind) {
    case "true":
    case "maybe":
      return 1;
    case "false":
      return 0;
    case "and":
    case "or":
      if (part.isList === true || part.isBetween === true) return listEffect(part, table, used);
      if (part.kind === "or")
        return part.args.reduce((sum, arg) => union(sum, effectOf(arg, table, used, available)), 0);
      return part.args.reduce((product, arg) => product * effectOf(arg, table, used, available), 1);
    case "other":
      if (part.share === undefined || isLeftOut(part, used, available)) return 1;
      return part.isRest === true
        ? 1 - atLeastOneRow(part.share, table)
        : atLeastOneRow(part.share, table);
    case "isNull":
      return used.has(part.column) ? 1 : atLeastOneRow(EQUALITY, table);
    case "isNotNull":
      return used.has(part.column) ? 1 : 1 - atLeastOneRow(EQUALITY, table);
    case "compare":
      if (used.has(part.column)) return 1;
      if (part.op === "<>") return 1 - atLeastOneRow(EQUALITY, table);
      if (part.op === "<=>") return atLeastOneRow(EQUALITY, table);
      return part.op === "="
        ? equalityEffect(table, part.column)
        : atLeastOneRow(INEQUALITY, table);
    default:
      return unreachable(part);
  }
}

/** IN and BETWEEN, negated or not. MySQL: Item_func_in::get_filtering_effect, Item_func_between::get_filtering_effect. */
function listEffect(
  { kind, args, isBetween }: Extract<Predicate, { kind: "and" | "or" }>,
  table: PlanTable,
  used: ReadonlySet<number>,
): number {
  if (args.some((arg) => "column" in arg && used.has(arg.column))) return 1;
  if (isBetween === true) {
    const inside = atLeastOneRow(BETWEEN, table);
    return kind === "and" ? inside : 1 - inside;
  }
  const share = Math.min(args.length * atLeastOneRow(EQUALITY, table), IN_MAX);
  return kind === "or" ? share : 1 - share;
}

/** MySQL: Item_field::get_cond_filter_default_probability. */
function atLeastOneRow(share: number, table: PlanTable): number {
  return Math.max(share, 1 / table.stats.rows);
}

function union(a: number, b: number): number {
  return a + b - a * b;
}

function equalityEffect(table: PlanTable, column: number): number {
  const known = keysOf(table.query.table.info);
  const key = known.find((candidate) => candidate.parts[0]?.column === column);
  return key === undefined
    ? atLeastOneRow(EQUALITY, table)
    : Math.min(1, Math.max(1, recordsPerKey(table, key, 1)) / table.stats.rows);
}
