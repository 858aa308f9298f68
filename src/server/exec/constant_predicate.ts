/**
 * A column compared with a constant that has to be brought into the column's type first: `id > 2.5` is `id >= 3`.
 *
 *   b = 0.5, b DECIMAL(5, 0)        never: = was folded before ranges are looked for
 *   b IN (0.5, 3)                   looked for at what is stored, 1, and at 3; each row is compared once more
 *   b BETWEEN -1 AND 3, UNSIGNED    the lower end holds back nothing, so that there is no range at all
 *
 * MySQL: save_value_and_handle_conversion, get_mm_leaf, stored_field_cmp_to_item (sql/range_optimizer/range_analysis.cc),
 * fold_condition.
 */

import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import { wasConverted } from "../expr/constant_operand.ts";
import { type Item, visitItem } from "../expr/item.ts";
import { type CompareOp, FALSE, type Predicate, TRUE } from "../optimizer/predicate.ts";
import { comparator } from "../types/compare.ts";
import { FLOAT_MAX } from "../types/double.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { quietStore } from "../types/quiet_store.ts";
import { TIME_MICROS_MAX } from "../types/read_time.ts";
import { classOf, integerRange, type SqlType } from "../types/sql_type.ts";
import { storeInto } from "../types/store.ts";
import type { PredicateTable } from "./predicate_of.ts";

/** `isListed`: one value of IN, one end of BETWEEN. Null: no range can be made of it. */
export function convertedConstant(
  op: CompareOp,
  column: number,
  type: ColumnType,
  item: Item,
  original: NonNullable<Datum>,
  table: PredicateTable,
  isListed: boolean,
): Predicate | null {
  const into = { name: table.columns[column]?.name ?? "", type };
  const quiet = quietStore(into, item.type, table.env);
  const stored = quiet.store(original);
  const isTroubled = quiet.told.length > 0;
  if (stored === null) return null;
  const isEqual = op === "=" || op === "<=>";
  // What is no member is looked for as the empty one, its number as a text as the member: the row is compared once more.
  if (type.kind === "enum" && item.type.kind !== "decimal") {
    return classOf(item.type) === "int" ? loosely(op, column, stored) : compare(op, column, stored);
  }
  // In a key of a BIT, a text is looked for by its bytes, though compared it is a number.
  if (type.kind === "bit" && typeof original === "string" && classOf(item.type) === "string") {
    if (!isEqual) return null;
    return isTroubled ? cut(op, column, stored, "outside") : compare(op, column, stored);
  }
  const isNoNumber = wasConverted(item);
  if (
    type.kind === "year" &&
    isNoNumber &&
    Number(original) === 0 &&
    (isListed || (!isEqual && op !== "<>"))
  ) {
    return null;
  }
  // What is no time says nothing about a range.
  if (type.kind === "time" && isTroubled && (isListed || (!isEqual && op !== "<>"))) {
    return isEqual && Math.abs(Number(stored)) === TIME_MICROS_MAX ? FALSE : null;
  }
  const order = orderOf(type, item.type, stored, original, quiet.env);
  if (order === null) return null;
  if (order === 0) {
    const isMoment = type.kind === "time" || type.kind === "date";
    const isLoose = isOfBytes(type, item) || (isMoment && wasConverted(item));
    return isLoose ? loosely(op, column, stored) : compare(op, column, stored);
  }
  if (type.kind === "enum") return null;
  const isFull = type.kind === "bit" && BigInt(stored) === 2n ** BigInt(type.length) - 1n;
  if (isFull && !isEqual) return null;
  if (type.kind === "char" && type.collation === "binary") return padded(op, column, stored);
  // A CHAR keeps no spaces at its end, though compared they may count.
  const isCut = type.kind === "char" && String(original).replace(/ +$/, "") === stored;
  if (isEqual && isCut) return compare(op, column, stored);
  const isNoYear = type.kind === "year" && stored === 0;
  const isLate = isKnownLate(item);
  const beyond = isNoYear ? "below" : isListed || isLate ? endPassed(type, stored, order) : null;
  switch (op) {
    case "=":
    case "<=>":
      if (!isLate && (!isLookedFor(type, isListed) || beyond !== null)) return FALSE;
      return isRounded(type)
        ? compare(op, column, stored)
        : cut(op, column, stored, isFull || beyond !== null ? "outside" : "inside");
    case "<>":
      return { kind: "isNotNull", column };
    case "<":
    case "<=":
      if (beyond !== null) return beyond === "above" ? TRUE : FALSE;
      return compare(order > 0 ? "<" : "<=", column, stored);
    case ">":
    case ">=":
      if (beyond !== null) return beyond === "below" ? TRUE : FALSE;
      return compare(order > 0 ? ">=" : ">", column, stored);
  }
}

/**
 * Beside the column stands a number written as a bit or hexadecimal literal, whose result type is that of texts; only beside a
 * BIGINT it has become a number. MySQL: Item_hex_string, convert_constant_arg_to_field.
 */
export function isOfBytes(type: ColumnType, { shape }: Item): boolean {
  const isBigint = type.kind === "int" && type.bytes === 8;
  return shape.kind === "literal" && shape.wasBytes === true && !isBigint;
}

/** Rows that are equal to it in MySQL's eyes need not be all the same: ORDER BY looks at the column. */
function loosely(op: CompareOp, column: number, value: Datum): Predicate {
  return { kind: "compare", column, op, value: { kind: "const", value, isLoose: true } };
}

function cut(op: CompareOp, column: number, value: Datum, where: "inside" | "outside"): Predicate {
  return { kind: "compare", column, op, value: { kind: "const", value, cut: where } };
}

/** How what is stored compares with the constant. A text beside a DATE may have a time of day. */
function orderOf(
  type: ColumnType,
  given: SqlType,
  stored: NonNullable<Datum>,
  original: NonNullable<Datum>,
  env: EvalEnv,
): number | null {
  if (type.kind !== "date" || classOf(given) !== "string") {
    return comparator(type, given, env)(stored, original);
  }
  const moment = { kind: "datetime", fsp: 6 } as const;
  const whole = storeInto({ name: "", type: moment }, given, env)(original);
  return whole === null ? null : comparator(type, moment, env)(stored, whole);
}

/** What is stored counts for what was written, also with the rows. */
function isRounded({ kind }: ColumnType): boolean {
  return kind === "datetime" || kind === "timestamp" || kind === "year";
}

/** Is what was stored in the constant's place looked for all the same? */
function isLookedFor(type: ColumnType, isListed: boolean): boolean {
  const { kind } = type;
  if (isRounded(type)) return true;
  // A text too long is looked for cut off, 0.1 as the FLOAT nearest to it, 5.5 as the BIT value 6.
  if ("collation" in type || kind === "float" || kind === "bit") return true;
  return isListed && LOOKED_FOR.has(kind);
}

/** Known only when conditions have been folded: from a row that was read while planning, or by a subquery. */
function isKnownLate(item: Item): boolean {
  let isFound = false;
  visitItem(item, ({ shape }) => {
    isFound ||= shape.kind === "literal" && shape.wasColumn === true;
    isFound ||= shape.kind === "other" && shape.isSubquery === true;
  });
  return isFound;
}

const LOOKED_FOR: ReadonlySet<ColumnType["kind"]> = new Set(["int", "decimal", "time"]);

/** The end of the type's range that the constant lies beyond. */
function endPassed(type: ColumnType, stored: Datum, order: number): "below" | "above" | null {
  // The largest FLOAT as a whole number is taken for a negative one (MySQL: Field_float::val_int).
  if (type.kind === "float") return Math.abs(Number(stored)) === FLOAT_MAX ? "below" : null;
  if (type.kind === "int") {
    const ends: readonly unknown[] = integerRange(type.bytes, type.unsigned);
    if (!ends.includes(stored)) return null;
  } else if (type.kind !== "decimal" || !isLargest(String(stored), type.unsigned)) return null;
  return order > 0 ? "below" : "above";
}

function isLargest(digits: string, isUnsigned: boolean): boolean {
  return !/[0-8]/.test(digits) || (isUnsigned && !/[1-9]/.test(digits));
}

/**
 * BINARY(n) is filled up with zero bytes, which makes it larger than the constant: the index is searched for what is
 * stored, and the row is compared with what was written (MySQL: stored_field_cmp_to_item).
 */
function padded(op: CompareOp, column: number, stored: Datum): Predicate {
  if (op === "<>") return { kind: "isNotNull", column };
  return compare(op === ">" ? ">=" : op === "<=" ? "<" : op, column, stored);
}

export function compare(op: CompareOp, column: number, value: Datum): Predicate {
  return { kind: "compare", column, op, value: { kind: "const", value } };
}
