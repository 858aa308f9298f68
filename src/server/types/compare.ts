/**
 * How two values of given types compare: as numbers, decimals, texts in a collation, or points in time.
 *
 * MySQL: Arg_comparator::set_cmp_func, can_compare_as_dates, item_cmp_type, get_datetime_value, try_year_cmp_func,
 * inject_cast_nodes (sql/item_cmpfunc.cc).
 */

import { compareText } from "../../base/collation.ts";
import { dateText } from "../../base/temporal_text.ts";
import type { Collation } from "../../trace/values.ts";
import { binaryOf, decimalOf, doubleOf, type Present, textOf } from "./convert.ts";
import { dataProblem, type EvalEnv } from "./eval_env.ts";
import { compareJson } from "./json_document.ts";
import { jsonOf } from "./json_of.ts";
import { LOOSE, readMomentText, WHOLE_DATES } from "./read_moment.ts";
import { classOf, isJson, mergeCollations, type SqlType, scaleOf } from "./sql_type.ts";
import { momentText } from "./temporal.ts";
import { momentOf, timeOf, warnOfDelimiter } from "./temporal_of.ts";

/** Negative, zero or positive; null when one side is not comparable. */
export type Comparator = (a: Present, b: Present) => number | null;

/** In what way two types are compared. */
export type ComparisonKind =
  | "int"
  | "decimal"
  | "double"
  | "string"
  | "moment"
  | "time"
  | "yearAndMoment"
  | "json";

/**
 * How a text beside a date is read: both sides change, and the text is cast to the other's type; or one is a constant,
 * and a bad text is told with the name of the column that it is compared with.
 */
export type TextAsMoment = "cast" | { readonly column: string | null };

/** MySQL: Item_result, in which dates and times are strings. */
function resultOf(type: SqlType): "null" | "int" | "decimal" | "double" | "string" {
  const found = classOf(type);
  return found === "temporal" ? "string" : found;
}

export function hasDate(type: SqlType): boolean {
  return type.kind === "date" || type.kind === "datetime" || type.kind === "timestamp";
}

export function comparisonKind(a: SqlType, b: SqlType): ComparisonKind {
  const [resultA, resultB] = [resultOf(a), resultOf(b)];
  if (isJson(a) || isJson(b)) return "json";
  if (resultA === "null" || resultB === "null") return "string";
  if ((hasDate(a) && resultB === "string") || (hasDate(b) && resultA === "string")) return "moment";
  if (a.kind === "time" && b.kind === "time") return "time";
  if ((a.kind === "year" && hasDate(b)) || (b.kind === "year" && hasDate(a))) {
    return "yearAndMoment";
  }
  return commonKind([a, b]);
}

/** Of several, when nothing is special about dates. MySQL: agg_cmp_type. */
export function commonKind(types: readonly SqlType[]): ComparisonKind {
  const results = new Set(types.map(resultOf).filter((result) => result !== "null"));
  if (results.size === 1) return [...results][0] as ComparisonKind;
  if (results.size === 0) return "string";
  return results.has("string") || results.has("double") ? "double" : "decimal";
}

export function comparator(
  a: SqlType,
  b: SqlType,
  env: EvalEnv,
  collation: Collation = mergeCollations(a, b),
  asMoment: TextAsMoment = "cast",
): Comparator {
  return comparatorOf(comparisonKind(a, b), a, b, env, collation, asMoment);
}

export function comparatorOf(
  kind: ComparisonKind,
  a: SqlType,
  b: SqlType,
  env: EvalEnv,
  collation: Collation,
  asMoment: TextAsMoment,
): Comparator {
  switch (kind) {
    case "int":
      return order;
    case "decimal": {
      const scale = Math.max(scaleOf(a), scaleOf(b));
      return orderOf(decimalOf(a, scale, env), decimalOf(b, scale, env));
    }
    case "double":
      return orderOf(doubleOf(a, env), doubleOf(b, env));
    case "string": {
      const asText = collation === "binary" ? binaryOf : textOf;
      const [textA, textB] = [asText(a), asText(b)];
      return (x, y) => compareText(textA(x), textB(y), collation);
    }
    case "time":
      return orderOf(timeOf(a, env), timeOf(b, env));
    case "yearAndMoment":
      return orderOf(yearOrMoment(a, env), yearOrMoment(b, env));
    case "json": {
      const [jsonA, jsonB] = [jsonOf(a), jsonOf(b)];
      return (x, y) => compareJson(jsonA(x), jsonB(y));
    }
    case "moment":
      if (a.kind === b.kind && a.kind === "date") return order;
      return orderOf(momentKey(a, b, env, asMoment), momentKey(b, a, env, asMoment));
  }
}

const ZERO = "0000-00-00 00:00:00.000000";

/** A text that sorts as the point in time does; what is none counts as the zero date. */
export function momentKey(
  type: SqlType,
  other: SqlType,
  env: EvalEnv,
  asMoment: TextAsMoment,
): (value: Present) => string {
  if (type.kind === "date") return (value) => `${value} 00:00:00.000000`;
  if (type.kind === "datetime" || type.kind === "timestamp") {
    if (type.fsp === 6) return (value) => value as string;
    const tail = type.fsp === 0 ? ".000000" : "0".repeat(6 - type.fsp);
    return (value) => (value as string) + tail;
  }
  if (classOf(type) === "string" && asMoment !== "cast") {
    const asText = textOf(type);
    return (value) => namedMoment(asText(value), other, asMoment.column, env);
  }
  const isDate = other.kind === "date" && type.kind !== "time";
  const read = momentOf(type, env, WHOLE_DATES, isDate ? "date" : "datetime");
  return (value) => {
    const moment = read(value);
    if (moment === null) return ZERO;
    return isDate ? `${dateText(moment)} 00:00:00.000000` : momentText(moment, 6);
  };
}

/** MySQL: get_date_from_str. */
function namedMoment(text: string, other: SqlType, column: string | null, env: EvalEnv): string {
  const read = readMomentText(text, { ...LOOSE, noZeroIn: true });
  if (read.moment === null || read.trouble !== null) {
    badComparison(text, other.kind === "date" ? "date" : "datetime", column, env);
  }
  if (read.moment === null) return ZERO;
  warnOfDelimiter(text, read.delimiter, env);
  return momentText(read.moment, 6);
}

/** Warning 1292 for a text that is compared with a date and is none. */
export function badComparison(
  text: string,
  what: string,
  column: string | null,
  env: EvalEnv,
): void {
  if (column === null) dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", what, text);
  else dataProblem(env, "INCORRECT_VALUE_FOR_COLUMN", what, text, column, env.rowNumber);
}

/** A year is before all days of it. */
function yearOrMoment(type: SqlType, env: EvalEnv): (value: Present) => string {
  return type.kind === "year"
    ? (value) => `${String(value).padStart(4, "0")}-00-00 00:00:00.000000`
    : momentKey(type, type, env, "cast");
}

function order(a: Present, b: Present): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function orderOf<T extends number | bigint | string>(
  keyA: (value: Present) => T | null,
  keyB: (value: Present) => T | null,
): Comparator {
  return (a, b) => {
    const x = keyA(a);
    const y = keyB(b);
    if (x === null || y === null) return null;
    return x < y ? -1 : x > y ? 1 : 0;
  };
}

/** A key that is equal exactly for values that compare equal: for DISTINCT, GROUP BY, UNION and hash joins. */
export function equalityKey(
  type: SqlType,
  keyOfText: (text: string, collation: string) => string,
): (value: Present) => string | number | bigint {
  if ("collation" in type && type.kind !== "enum") {
    const { collation } = type;
    return (value) => keyOfText(value as string, collation);
  }
  return (value) => value;
}
