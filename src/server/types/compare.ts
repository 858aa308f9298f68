/**
 * How two values of given types compare: as numbers, decimals, texts in a collation, or points in time.
 *
 * MySQL: Arg_comparator::set_cmp_func, item_cmp_type, get_datetime_value (sql/item_cmpfunc.cc).
 */
import { compareText } from "../../base/collation.ts";
import type { Collation } from "../../trace/values.ts";
import { decimalOf, doubleOf, momentOf, type Present, textOf, timeOf } from "./convert.ts";
import type { EvalEnv } from "./eval_env.ts";
import { classOf, mergeCollations, type SqlType, scaleOf } from "./sql_type.ts";
import { momentText } from "./temporal.ts";

/** Negative, zero or positive; null when one side turns out not to be comparable (a bad date). */
export type Comparator = (a: Present, b: Present) => number | null;

/** In what way two types are compared. */
export type ComparisonKind = "int" | "decimal" | "double" | "string" | "moment" | "time";

/** `isConstant` tells for each side whether it is a constant: a temporal column meets a constant text as a date. */
export function comparisonKind(a: SqlType, b: SqlType): ComparisonKind {
  const [classA, classB] = [classOf(a), classOf(b)];
  if (classA === "null" || classB === "null") return "string";
  if (classA === "temporal" || classB === "temporal") return temporalKind(a, b);
  if (classA === "string" && classB === "string") return "string";
  if (classA === "int" && classB === "int") return "int";
  if (classA === "string" || classB === "string") return "double";
  if (classA === "double" || classB === "double") return "double";
  return "decimal";
}

function temporalKind(a: SqlType, b: SqlType): ComparisonKind {
  const isNumeric = [a, b].some((type) => ["int", "decimal", "double"].includes(classOf(type)));
  const isTime = a.kind === "time" || b.kind === "time";
  const isBothTime = a.kind === "time" && b.kind === "time";
  if (isBothTime) return "time";
  if (isNumeric) return isTime ? "double" : "moment";
  if (isTime && (classOf(a) === "string" || classOf(b) === "string")) return "time";
  return "moment";
}

export function comparator(
  a: SqlType,
  b: SqlType,
  env: EvalEnv,
  collation: Collation = mergeCollations(a, b),
): Comparator {
  const kind = comparisonKind(a, b);
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
      const [textA, textB] = [textOf(a), textOf(b)];
      return (x, y) => compareText(textA(x), textB(y), collation);
    }
    case "time":
      return orderOf(timeOf(a, env), timeOf(b, env));
    case "moment":
      if (a.kind === b.kind && a.kind === "date") return order;
      return orderOf(momentKey(a, env), momentKey(b, env));
  }
}

function momentKey(type: SqlType, env: EvalEnv): (value: Present) => string | null {
  if (type.kind === "date") return (value) => `${value} 00:00:00.000000`;
  if (type.kind === "datetime" || type.kind === "timestamp") {
    if (type.fsp === 6) return (value) => value as string;
    const tail = type.fsp === 0 ? ".000000" : "0".repeat(6 - type.fsp);
    return (value) => (value as string) + tail;
  }
  const read = momentOf(type, env);
  return (value) => {
    const moment = read(value);
    return moment === null ? null : momentText(moment, 6);
  };
}

function order(a: Present, b: Present): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function orderOf<T extends number | bigint | string>(
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
