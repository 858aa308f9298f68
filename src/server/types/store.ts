/**
 * Storing a value into a column: conversion to the column's type, with MySQL's errors under strict mode and its warnings
 * and nearest values otherwise.
 *
 * MySQL: Field_*::store, set_warning, Field::check_overflow (sql/field.cc).
 */
import { unreachable } from "../../base/assert.ts";
import { compareText } from "../../base/collation.ts";
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import { clockMicros, dayNumber, type Moment, momentOf as momentAt } from "./calendar.ts";
import { decimalOf, doubleOf, integerOf, type Present, textOf } from "./convert.ts";
import { compareDecimal, doubleToDecimal, parseDecimal, rescale } from "./decimal.ts";
import { readNumber, roundHalfEven } from "./double.ts";
import { dataProblem, type EvalEnv, sqlMode } from "./eval_env.ts";
import { powerOfTen, type Whole, wholeOf } from "./integer.ts";
import { rounded } from "./moment_rounding.ts";
import { classOf, integerRange, type SqlType, scaleOf } from "./sql_type.ts";
import {
  dateText,
  momentOfText,
  momentText,
  readMoment,
  readMomentNumber,
  readTime,
  roundMicros,
  TIME_MICROS_MAX,
} from "./temporal.ts";

export interface StoreTarget {
  readonly name: string;
  readonly type: ColumnType;
}

export type Store = (value: Present) => Datum;

/** Converts values of `from` to the column's stored form. NULL is the caller's business. */
export function storeInto(target: StoreTarget, from: SqlType, env: EvalEnv): Store {
  const { type } = target;
  switch (type.kind) {
    case "int":
      return storeInteger(target, type, from, env);
    case "year":
      return storeYear(target, from, env);
    case "rowId":
      return (value) => value;
    case "decimal":
      return storeDecimal(target, type, from, env);
    case "double":
    case "float":
      return storeDouble(target, type, from, env);
    case "char":
    case "varchar":
    case "text":
    case "blob":
      return storeText(target, type, from, env);
    case "date":
      return storeMoment(target, from, env, null);
    case "datetime":
    case "timestamp":
      return storeMoment(target, from, env, type.fsp);
    case "time":
      return storeTime(target, type.fsp, from, env);
    case "enum":
      return storeEnum(target, type.members, type.collation, from, env);
    default:
      return unreachable(type);
  }
}

function outOfRange(target: StoreTarget, env: EvalEnv): void {
  dataProblem(env, "ER_WARN_DATA_OUT_OF_RANGE", target.name, env.rowNumber);
}

function storeInteger(
  target: StoreTarget,
  type: ColumnType & { kind: "int" },
  from: SqlType,
  env: EvalEnv,
): Store {
  const [low, high] = integerRange(type.bytes, type.unsigned);
  const clamp = (value: Whole): Datum => {
    if (value >= low && value <= high) return value;
    outOfRange(target, env);
    return value < low ? low : high;
  };
  if (classOf(from) !== "string" || from.kind === "enum") {
    const asInteger = integerOf(from, env);
    return (value) => clamp(asInteger(value));
  }
  return (value) => clamp(textAsInteger(value as string, "integer", target, env));
}

/** MySQL: Field_num::get_int: rounds '12.7'; 1366 for no number at all, 1265 for something after it. */
function textAsInteger(text: string, what: string, target: StoreTarget, env: EvalEnv): Whole {
  const match = /^\s*([+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?|[+-]?\.\d+)/i.exec(text);
  if (match === null) {
    const name = "ER_TRUNCATED_WRONG_VALUE_FOR_FIELD";
    dataProblem(env, name, what, text, target.name, env.rowNumber);
    return 0;
  }
  if (text.slice(match[0].length).trim() !== "") {
    dataProblem(env, "WARN_DATA_TRUNCATED", target.name, env.rowNumber);
  }
  const digits = match[1] as string;
  if (/e/i.test(digits)) return wholeOf(BigInt(Math.round(Number(digits))));
  const { value, scale } = parseDecimal(digits);
  return rescale(value, scale, 0);
}

function storeYear(target: StoreTarget, from: SqlType, env: EvalEnv): Store {
  const isText = classOf(from) === "string";
  const asInteger = integerOf(from, env);
  return (value) => {
    let year = isText ? textAsInteger(value as string, "integer", target, env) : asInteger(value);
    const isZero = year === 0 && !(isText && (value as string).length < 4);
    if (!isZero && year >= 0 && year < 100) year = Number(year) + (year < 70 ? 2000 : 1900);
    if (isZero || (year >= 1901 && year <= 2155)) return year;
    outOfRange(target, env);
    return 0;
  };
}

function storeDecimal(
  target: StoreTarget,
  type: ColumnType & { kind: "decimal" },
  from: SqlType,
  env: EvalEnv,
): Store {
  const high = powerOfTen(type.precision) - 1n;
  const low = type.unsigned ? 0n : -high;
  const isText = classOf(from) === "string";
  const fromScale = scaleOf(from);
  const isExact = classOf(from) === "decimal" || classOf(from) === "int";
  const exact = decimalOf(from, Math.max(type.scale, fromScale), env);
  return (value) => {
    let scaled: Whole;
    if (isText) {
      const text = value as string;
      const { value: number, isCut } = readNumber(text);
      const digits = /^\s*([+-]?(?:\d+\.?\d*|\.\d+))(?!\S*e)/i.exec(text)?.[1];
      if (/^\s*[+-]?\.?\d/.test(text)) {
        if (isCut) dataProblem(env, "WARN_DATA_TRUNCATED", target.name, env.rowNumber);
      } else {
        const name = "ER_TRUNCATED_WRONG_VALUE_FOR_FIELD";
        dataProblem(env, name, "decimal", text, target.name, env.rowNumber);
      }
      const parsed = digits === undefined ? null : parseDecimal(digits);
      scaled =
        parsed === null ? doubleToDecimal(number, type.scale) : noteCut(parsed.value, parsed.scale);
    } else if (isExact) {
      scaled = noteCut(exact(value), Math.max(type.scale, fromScale));
    } else {
      scaled = exact(value);
    }
    if (scaled >= low && scaled <= high) return scaled;
    outOfRange(target, env);
    return wholeOf(scaled < low ? low : high);
  };

  /** Rounding away digits is a note only, in strict mode too. */
  function noteCut(value: Whole, scale: number): Whole {
    const rounded = rescale(value, scale, type.scale);
    if (compareDecimal(rounded, type.scale, value, scale) !== 0) {
      const message = `Data truncated for column '${target.name}' at row ${env.rowNumber}`;
      env.ctx.warn({ level: "Note", errno: 1265, message });
    }
    return rounded;
  }
}

function storeDouble(
  target: StoreTarget,
  type: ColumnType & { kind: "double" | "float" },
  from: SqlType,
  env: EvalEnv,
): Store {
  const isText = classOf(from) === "string";
  const asDouble = isText ? null : doubleOf(from, env);
  return (value) => {
    let number: number;
    if (asDouble !== null) number = asDouble(value);
    else {
      const read = readNumber(value as string);
      number = read.value;
      if (read.isCut) dataProblem(env, "WARN_DATA_TRUNCATED", target.name, env.rowNumber);
    }
    if (type.kind === "float") number = Math.fround(number);
    if (type.unsigned && number < 0) {
      outOfRange(target, env);
      return 0;
    }
    return number === 0 ? 0 : number;
  };
}

function storeText(
  target: StoreTarget,
  type: ColumnType & { kind: "char" | "varchar" | "text" | "blob" },
  from: SqlType,
  env: EvalEnv,
): Store {
  const asText = textOf(from);
  const isFixed = type.kind === "char";
  return (value) => {
    let text = asText(value);
    // CHAR gives its trailing blanks back to nobody; BINARY(n) is filled up with zero bytes.
    if (isFixed && type.collation !== "binary") text = text.replace(/ +$/, "");
    if (text.length > type.length) text = cut(text);
    return isFixed && type.collation === "binary" ? text.padEnd(type.length, "\0") : text;
  };

  function cut(text: string): string {
    const characters = [...text];
    if (characters.length <= type.length) return text;
    const kept = characters.slice(0, type.length).join("");
    const isOnlyBlanks = text.slice(kept.length).trimEnd() === "" && type.collation !== "binary";
    if (!isOnlyBlanks) {
      const name = env.strict ? "ER_DATA_TOO_LONG" : "WARN_DATA_TRUNCATED";
      dataProblem(env, name, target.name, env.rowNumber);
    } else if (!isFixed) {
      const message = `Data truncated for column '${target.name}' at row ${env.rowNumber}`;
      env.ctx.warn({ level: "Note", errno: 1265, message });
    }
    return kept;
  }
}

/** `fsp` null is DATE. */
function storeMoment(target: StoreTarget, from: SqlType, env: EvalEnv, fsp: number | null): Store {
  const kind = fsp === null ? "date" : "datetime";
  const zero = fsp === null ? "0000-00-00" : momentText(momentOfText("0000-00-00 00:00:00"), fsp);
  const refused = (text: string): Datum => {
    if (env.strict) {
      const name = "INCORRECT_VALUE_FOR_COLUMN";
      throw mysqlError(name, kind, text, target.name, env.rowNumber);
    }
    if (isNoSuchDay(text)) outOfRange(target, env);
    else dataProblem(env, "WARN_DATA_TRUNCATED", target.name, env.rowNumber);
    return zero;
  };
  return (value) => {
    if (from.kind === "date") return fsp === null ? value : `${value} 00:00:00${tail(fsp)}`;
    const read = readFor(value, from, env);
    if (read === null) return refused(textOf(from)(value));
    if (!isAllowed(read.moment, env)) return refused(textOf(from)(value));
    if (read.isCut) refused(textOf(from)(value));
    if (fsp === null) {
      if (read.moment.hour + read.moment.minute + read.moment.second + read.moment.micro > 0) {
        const written = textOf(from)(value);
        const name = "INCORRECT_VALUE_FOR_COLUMN";
        env.ctx.warn(mysqlWarning("Note", name, kind, written, target.name, env.rowNumber));
      }
      return dateText(read.moment);
    }
    return momentText(rounded(read.moment, fsp), fsp);
  };
}

/** 2026-02-31: every part is in its range, but the month is not so long. */
function isNoSuchDay(text: string): boolean {
  const match = /^\s*\d{1,4}-(\d{1,2})-(\d{1,2})\b/.exec(text);
  return match !== null && Number(match[1]) <= 12 && Number(match[2]) <= 31;
}

function tail(fsp: number): string {
  return fsp > 0 ? `.${"0".repeat(fsp)}` : "";
}

/** 0000-00-00 and 2026-00-10 as sql_mode has it (NO_ZERO_DATE, NO_ZERO_IN_DATE). */
function isAllowed(moment: Moment, env: EvalEnv): boolean {
  if (moment.month !== 0 && moment.day !== 0) return true;
  const mode = sqlMode(env.ctx);
  const isZero = moment.year === 0 && moment.month === 0 && moment.day === 0;
  return isZero ? !/NO_ZERO_DATE/i.test(mode) : !/NO_ZERO_IN_DATE/i.test(mode);
}

function readFor(
  value: Present,
  from: SqlType,
  env: EvalEnv,
): { readonly moment: Moment; readonly isCut: boolean } | null {
  if (from.kind === "datetime" || from.kind === "timestamp") {
    return { moment: momentOfText(value as string), isCut: false };
  }
  if (from.kind === "time") {
    const today = momentOfText(env.ctx.nowText(0));
    const days = dayNumber(today.year, today.month, today.day);
    const moment = momentAt(days, Number(value));
    return moment === null ? null : { moment, isCut: false };
  }
  const isText = classOf(from) === "string";
  const read = isText
    ? readMoment(textOf(from)(value))
    : readMomentNumber(integerOf(from, env)(value));
  return read === null ? null : { moment: read.value, isCut: read.isCut };
}

function storeTime(target: StoreTarget, fsp: number, from: SqlType, env: EvalEnv): Store {
  const asText = textOf(from);
  const refused = (text: string): Datum => {
    if (env.strict) {
      const name = "INCORRECT_VALUE_FOR_COLUMN";
      throw mysqlError(name, "time", text, target.name, env.rowNumber);
    }
    dataProblem(env, "WARN_DATA_TRUNCATED", target.name, env.rowNumber);
    return 0;
  };
  return (value) => {
    let micros: number;
    if (from.kind === "time") micros = Number(value);
    else if (from.kind === "datetime" || from.kind === "timestamp") {
      micros = clockMicros(momentOfText(value as string));
    } else if (from.kind === "date") micros = 0;
    else {
      const text = asText(value);
      const read = readTime(text);
      if (read === null) return refused(text);
      if (read.isCut && env.strict) return refused(text);
      if (Math.abs(read.value) >= TIME_MICROS_MAX && read.isCut) outOfRange(target, env);
      else if (read.isCut) dataProblem(env, "WARN_DATA_TRUNCATED", target.name, env.rowNumber);
      micros = read.value;
    }
    const kept = roundMicros(micros, fsp);
    return Math.abs(kept) > TIME_MICROS_MAX ? Math.sign(kept) * TIME_MICROS_MAX : kept;
  };
}

function storeEnum(
  target: StoreTarget,
  members: readonly string[],
  collation: string,
  from: SqlType,
  env: EvalEnv,
): Store {
  const byText = classOf(from) === "string" || classOf(from) === "temporal";
  const asText = textOf(from);
  const asInteger = byText ? null : integerOf(from, env);
  const truncated = (): Datum => {
    dataProblem(env, "WARN_DATA_TRUNCATED", target.name, env.rowNumber);
    return 0;
  };
  return (value) => {
    if (asInteger !== null) {
      const number = roundHalfEven(Number(asInteger(value)));
      return number >= 1 && number <= members.length ? number : truncated();
    }
    const text = asText(value).trimEnd();
    const at = members.findIndex((member) => compareText(member, text, collation) === 0);
    if (at >= 0) return at + 1;
    const number = /^\d+$/.test(text) ? Number(text) : 0;
    return number >= 1 && number <= members.length ? number : truncated();
  };
}
