/**
 * How many rows a condition is thought to let through that no index can answer.
 *
 * MySQL: Item::get_filtering_effect, contributes_to_filter.
 */

import type { ColumnType } from "../../trace/values.ts";
import { type Item, OUTER_ROWS } from "../expr/item.ts";
import type { CompareOp, Predicate } from "../optimizer/predicate.ts";
import { hasOneType } from "./join/multiple_equality.ts";
import { columnOf, type PredicateTable } from "./predicate_of.ts";

/** Compared with a constant that is computed when the first row is looked at. MySQL: COND_FILTER_EQUALITY and its like. */
export function laterShare(
  { op, left, right }: Extract<Item["shape"], { kind: "compare" }>,
  table: PredicateTable,
): Share {
  const value = columnOf(left, table) === null ? left : right;
  if (!value.isConst || value.eval !== null || table.known.has(value)) return {};
  return shareOf(op);
}

type Share = Pick<Extract<Predicate, { kind: "other" }>, "share" | "isRest" | "sides" | "others">;

function shareOf(op: CompareOp): Share {
  if (op === "<>") return { share: EQUALITY, isRest: true };
  return { share: op === "=" || op === "<=>" ? EQUALITY : INEQUALITY };
}

/**
 * A column compared with a constant that its order says nothing of, or with what else has been read by then. Columns that
 * are equal to one another are no filter.
 */
export function ownShare(
  { op, left, right }: Extract<Item["shape"], { kind: "compare" }>,
  table: PredicateTable,
): Share {
  const own = ownSides([left, right], table);
  if (own === null) return {};
  const isPair = own.sides.length === 2 && op === "=" && own.sides[0] !== own.sides[1];
  return isPair && hasOneType(left, right) ? {} : { ...shareOf(op), ...own };
}

export function ownBetweenShare(
  { operand, low, high, negated }: Extract<Item["shape"], { kind: "between" }>,
  table: PredicateTable,
): Share {
  const own = ownSides([operand, low, high], table);
  if (own === null) return {};
  return negated ? { share: BETWEEN, isRest: true, ...own } : { share: BETWEEN, ...own };
}

/** A subquery that depends on rows: nobody guesses what share of them it lets through (MySQL: Item::SUBQUERY_ITEM). */
export function isDependentSubquery({ shape, isConst }: Item): boolean {
  return !isConst && shape.kind === "other" && shape.isSubquery === true;
}

/**
 * Operands that are columns of the table, and which other tables the operands read; null without such a column, and with a
 * subquery that depends on rows.
 */
function ownSides(
  operands: readonly Item[],
  table: PredicateTable,
): Required<Pick<Share, "sides" | "others">> | null {
  const sides = operands.flatMap((one) => columnOf(one, table) ?? []);
  const read = operands.reduce((mask, { tables }) => mask | tables, 0);
  return sides.length === 0 || operands.some(isDependentSubquery)
    ? null
    : { sides, others: read & ~((2 ** table.position) | OUTER_ROWS) };
}

/**
 * An ENUM has no more values than members, a SET or BIT no more than its bits can say, whatever it is compared with.
 *
 * MySQL: Item_field::get_cond_filter_default_probability.
 */
export function enumShare(
  { op, left, right }: Extract<Item["shape"], { kind: "compare" }>,
  table: PredicateTable,
): { readonly share?: number } {
  const [side, value] = left.shape.kind === "column" ? [left, right] : [right, left];
  const column = columnOf(side, table);
  const type = column === null ? undefined : table.columns[column]?.type;
  const one = oneOfFew(type);
  if (one === null || !value.isConst) return {};
  return { share: op === "<>" ? 1 - Math.max(one, 0.1) : Math.max(one, 0.3333) };
}

/** The share of one value, where the type has no more than so many: ENUM, SET, BIT. */
function oneOfFew(type: ColumnType | undefined): number | null {
  if (type?.kind === "bit") return 2 ** -type.length;
  if (type?.kind !== "enum") return null;
  return type.isSet ? 2 ** -type.members.length : 1 / type.members.length;
}

/** MySQL: Item_func_in::get_filtering_effect, and the same for NOT IN. */
export function enumListShare(
  { operand, items, negated }: Extract<Item["shape"], { kind: "in" }>,
  table: PredicateTable,
): { readonly share?: number } {
  const column = columnOf(operand, table);
  const type = column === null ? undefined : table.columns[column]?.type;
  const one = oneOfFew(type);
  if (one === null || !items.every(({ isConst }) => isConst)) return {};
  const share = Math.min(items.length * Math.max(one, 0.1), IN_MAX);
  return { share: negated ? 1 - share : share };
}

/** NOT IN (NULL, NULL). */
export function nullListShare(
  { operand, items }: Extract<Item["shape"], { kind: "in" }>,
  table: PredicateTable,
): Share {
  if (columnOf(operand, table) === null) return {};
  return { share: Math.min(items.length * EQUALITY, IN_MAX), isRest: true };
}

/** MySQL: in_max_filter. */
const IN_MAX = 0.5;

/** MySQL: COND_FILTER_EQUALITY, COND_FILTER_INEQUALITY, COND_FILTER_BETWEEN. */
const EQUALITY = 0.1;
const INEQUALITY = 0.3333;
const BETWEEN = 0.1111;
export const LIKE_SHARE = BETWEEN;
