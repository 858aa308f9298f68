/**
 * How much of what an access path fetches the rest of WHERE lets through (MySQL: calculate_condition_filter,
 * Item::get_filtering_effect, without histograms).
 */
import { unreachable } from "../../base/assert.ts";
import { type PlanTable, recordsPerKey } from "./plan_table.ts";
import { conjuncts, type Predicate } from "./predicate.ts";

const EQUALITY = 0.1;
const INEQUALITY = 0.3333;

/**
 * Between 0 and 1. Conditions on the columns in `used` are the access path's own and do not count, nor do comparisons
 * with tables that are read later (not in the mask `available`).
 */
export function conditionFilter(
  table: PlanTable,
  used: ReadonlySet<number>,
  available: number,
): number {
  const isKnown = (part: Predicate): boolean =>
    part.kind !== "compare" ||
    part.value.kind !== "outer" ||
    (part.value.tables & ~available) === 0;
  const filter = conjuncts(table.query.where)
    .filter(isKnown)
    .reduce((product, part) => product * effectOf(part, table, used), 1);
  return Math.max(filter, Math.min(1, 0.05 / table.stats.rows));
}

function effectOf(part: Predicate, table: PlanTable, used: ReadonlySet<number>): number {
  switch (part.kind) {
    case "true":
      return 1;
    case "false":
      return 0;
    case "and":
      return part.args.reduce((product, arg) => product * effectOf(arg, table, used), 1);
    case "or":
      return part.args.reduce((sum, arg) => union(sum, effectOf(arg, table, used)), 0);
    case "other":
      return 1;
    case "isNull":
      return used.has(part.column) ? 1 : EQUALITY;
    case "isNotNull":
      return used.has(part.column) ? 1 : 1 - EQUALITY;
    case "compare":
      if (used.has(part.column)) return 1;
      if (part.op === "<>") return 1 - equalityEffect(table, part.column);
      return part.op === "=" || part.op === "<=>" ? equalityEffect(table, part.column) : INEQUALITY;
    default:
      return unreachable(part);
  }
}

function union(a: number, b: number): number {
  return a + b - a * b;
}

function equalityEffect(table: PlanTable, column: number): number {
  const key = table.keys.find((candidate) => candidate.parts[0]?.column === column);
  return key === undefined
    ? EQUALITY
    : Math.min(1, Math.max(1, recordsPerKey(table, key, 1)) / table.stats.rows);
}
