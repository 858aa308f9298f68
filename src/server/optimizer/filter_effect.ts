/**
 * How much of what an access path of a joined table fetches the other conditions let through.
 *
 * MySQL: calculate_condition_filter, Item::get_filtering_effect (without histograms).
 */

import { unreachable } from "../../base/assert.ts";
import { keysOf } from "./key_info.ts";
import type { PlanTable } from "./plan_table.ts";
import { recordsPerKey } from "./plan_table.ts";
import { conjuncts, isLeftOut, type Predicate } from "./predicate.ts";
import type { RangeAnalysis } from "./range_analysis.ts";

export type FilterTerm =
  /** A multiple equality (Item_equal): its columns in this table, and what else is in it. */
  | {
      readonly kind: "equal";
      readonly columns: readonly number[];
      readonly hasConstant: boolean;
      /** Masks of the other tables that have a column in it. */
      readonly others: number;
    }
  | { readonly kind: "predicate"; readonly predicate: Predicate };

const EQUALITY = 0.1;
const INEQUALITY = 0.3333;
const BETWEEN = 0.1111;
const IN_MAX = 0.5;
const ROWS_MIN = 0.05;

/** Conditions on the columns in `used` are the access path's own. `available`: tables that have been read. */
export function filterEffect(
  question: {
    readonly table: PlanTable;
    readonly ranges: RangeAnalysis;
    readonly filters: readonly FilterTerm[];
  },
  used: ReadonlySet<number>,
  available: number,
  fanout: number,
): number {
  const { table, ranges, filters } = question;
  const { rows } = table.stats;
  if (fanout < 1 || filters.length === 0) return 1;
  if (columnsOf(filters).every((column) => used.has(column))) return 1;
  const ignored = new Set(used);
  let filter = 1;
  for (const [key, scan] of ranges.byKey) {
    const columns = key.parts.slice(0, scan.parts).map((part) => part.column);
    if (columns.some((column) => ignored.has(column))) continue;
    for (const column of columns) ignored.add(column);
    filter = float(filter * Math.min(1, float(scan.rows / rows)));
  }
  for (const term of filters) {
    filter = float(filter * float(termEffect(term, table, ignored, available)));
  }
  filter = Math.max(filter, float(1 / rows));
  return filter * fanout < ROWS_MIN ? float(ROWS_MIN / fanout) : filter;
}

/** MySQL's filters are floats, and 3 rows of which a third is left are a little more than one. */
const float = Math.fround;

/** How much WHERE lets through of rows of which nothing is known, conditions on the columns in `ignored` apart. */
export function shareOfWhere(table: PlanTable, ignored: ReadonlySet<number>): number {
  return conjuncts(table.query.where).reduce(
    (product, part) => product * effectOf(part, table, ignored, 0),
    1,
  );
}

function columnsOf(filters: readonly FilterTerm[]): readonly number[] {
  return filters.flatMap((term) =>
    term.kind === "equal" ? term.columns : columnsIn(term.predicate),
  );
}

function columnsIn(predicate: Predicate): readonly number[] {
  switch (predicate.kind) {
    case "and":
    case "or":
      return predicate.args.flatMap(columnsIn);
    case "compare":
    case "isNull":
    case "isNotNull":
      return [predicate.column];
    case "other":
      return predicate.columns;
    default:
      return [];
  }
}

function termEffect(
  term: FilterTerm,
  table: PlanTable,
  ignored: ReadonlySet<number>,
  available: number,
): number {
  if (term.kind === "predicate") {
    return conjuncts(term.predicate).reduce(
      (product, part) => product * effectOf(part, table, ignored, available),
      1,
    );
  }
  const isComparable =
    term.hasConstant ||
    (term.others & available) !== 0 ||
    term.columns.some((column) => ignored.has(column));
  if (!isComparable) return 1;
  return term.columns.reduce(
    (product, column) => (ignored.has(column) ? product : product * equalEffect(table, column)),
    1,
  );
}

function equalEffect(table: PlanTable, column: number): number {
  const { rows } = table.stats;
  const known = keysOf(table.query.table.info);
  const key = known.find((candidate) => candidate.parts[0]?.column === column);
  if (key === undefined) return probability(rows, EQUALITY);
  return Math.min(1, float(recordsPerKey(table, key, 1) / rows));
}

function probability(rows: number, usual: number): number {
  return float(Math.max(1 / rows, usual));
}

function effectOf(
  part: Predicate,
  table: PlanTable,
  ignored: ReadonlySet<number>,
  available: number,
): number {
  const { rows } = table.stats;
  const inner = (arg: Predicate) => effectOf(arg, table, ignored, available);
  switch (part.kind) {
    case "true":
    case "maybe":
      return 1;
    case "other":
      if (part.share === undefined || isLeftOut(part, ignored, available)) return 1;
      return part.isRest === true
        ? 1 - probability(rows, part.share)
        : probability(rows, part.share);
    case "false":
      return 0;
    case "and":
    case "or": {
      if (part.isList === true) {
        const [first] = part.args;
        if (first === undefined || columnsIn(first).some((column) => ignored.has(column))) return 1;
        const share = Math.min(part.args.length * probability(rows, EQUALITY), IN_MAX);
        return part.kind === "or" ? share : 1 - share;
      }
      if (part.isBetween === true) {
        if (columnsIn(part).some((column) => ignored.has(column))) return 1;
        const inside = probability(rows, BETWEEN);
        return part.kind === "and" ? inside : 1 - inside;
      }
      if (part.kind === "and") return part.args.reduce((product, arg) => product * inner(arg), 1);
      return part.args.map(inner).reduce((sum, effect) => sum + effect - sum * effect, 0);
    }
    case "isNull":
      return ignored.has(part.column) ? 1 : probability(rows, EQUALITY);
    case "isNotNull":
      return ignored.has(part.column) ? 1 : 1 - probability(rows, EQUALITY);
    case "compare": {
      const { value } = part;
      if (ignored.has(part.column)) return 1;
      if (value.kind === "outer" && (value.tables & ~available) !== 0) return 1;
      if (part.op === "=" && value.kind === "const") return equalEffect(table, part.column);
      if (part.op === "=" || part.op === "<=>") return probability(rows, EQUALITY);
      return part.op === "<>" ? 1 - probability(rows, EQUALITY) : probability(rows, INEQUALITY);
    }
    default:
      return unreachable(part);
  }
}
