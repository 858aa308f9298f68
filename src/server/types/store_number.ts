/**
 * Storing into integer, YEAR, DECIMAL, DOUBLE and FLOAT columns.
 *
 * MySQL: Field_num::get_int, check_int, Field_year::store, Field_new_decimal::store, Field_real::truncate
 * (sql/field.cc).
 */
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import { mysqlWarning } from "../errors.ts";
import { decimalOf, doubleOf, integerOf, type Present } from "./convert.ts";
import { compareDecimal, parseDecimal, rescale } from "./decimal.ts";
import { FLOAT_MAX, plainDigits, readNumber, roundHalfEven } from "./double.ts";
import { dataProblem, type EvalEnv } from "./eval_env.ts";
import { powerOfTen, type Whole, wholeOf } from "./integer.ts";
import { classOf, integerRange, isJson, type SqlType, scaleOf } from "./sql_type.ts";
import type { Store, StoreTarget } from "./store.ts";
import { momentOfText } from "./temporal.ts";
import { onCurrentDate } from "./temporal_of.ts";

function outOfRange(target: StoreTarget, env: EvalEnv): void {
  dataProblem(env, "ER_WARN_DATA_OUT_OF_RANGE", target.name, env.rowNumber);
}

/** The first of two, of which the second is the error. */
function toldBefore({ name }: StoreTarget, env: EvalEnv): void {
  const level = env.strict ? "Error" : "Warning";
  env.ctx.warn(mysqlWarning(level, "ER_WARN_DATA_OUT_OF_RANGE", name, env.rowNumber));
}

function incorrect(target: StoreTarget, what: string, text: string, env: EvalEnv): void {
  const name = "ER_TRUNCATED_WRONG_VALUE_FOR_FIELD";
  dataProblem(env, name, what, text, target.name, env.rowNumber);
}

export function storeInteger(
  target: StoreTarget,
  type: ColumnType & { kind: "int" },
  from: SqlType,
  env: EvalEnv,
): Store {
  const [low, high] = integerRange(type.bytes, type.unsigned);
  if (isText(from)) {
    const asReal = isJson(from) ? doubleOf(from, env) : null;
    return (value) => {
      // The number in a document is cut off. MySQL: Json_wrapper::coerce_int.
      const text = asReal === null ? (value as string) : String(Math.trunc(asReal(value)));
      return checkedInteger(readInteger(text), low, high, text, target, env);
    };
  }
  const asInteger = unlimitedInteger(from, env);
  const isExact = from.kind === "decimal";
  const isToldTwice = type.bytes === 4 && type.unsigned && classOf(from) === "double";
  return (value) => {
    // A negative DECIMAL is out of range before it is rounded to 0.
    const whole = isExact && low === 0 && (value as Whole) < 0 ? -1 : asInteger(value);
    if (whole >= low && whole <= high) return whole;
    if (isToldTwice && whole > high) toldBefore(target, env);
    outOfRange(target, env);
    return whole < low ? low : high;
  };
}

function isText(type: SqlType): boolean {
  return classOf(type) === "string" && type.kind !== "enum";
}

/** DOUBLE and DECIMAL beyond BIGINT stay what they are until the column's range is looked at. */
function unlimitedInteger(from: SqlType, env: EvalEnv): (value: Present) => Whole {
  if (from.kind === "decimal") return (value) => rescale(value as Whole, scaleOf(from), 0);
  if (classOf(from) !== "double") return integerOf(from, env);
  const asInteger = integerOf(from, env);
  return (value) => {
    const number = Number(value);
    return Math.abs(number) < 2 ** 53 ? asInteger(value) : wholeOf(BigInt(Math.round(number)));
  };
}

interface IntegerRead {
  readonly value: Whole;
  /** No digits at all. */
  readonly isNone: boolean;
  readonly hasRest: boolean;
}

/** '12.7' is 13, '1e3' is 1000, '1e' is 1. MySQL: my_strntoull10rnd. */
function readInteger(text: string): IntegerRead {
  const match = /^\s*([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:e([+-]?\d*))?/i.exec(text);
  if (match === null) return { value: 0, isNone: true, hasRest: false };
  const [all, sign, digits = "", exponent = ""] = match;
  const power = Math.max(-400, Math.min(400, Number(exponent === "" ? 0 : exponent) || 0));
  const { value, scale } = parseDecimal(digits);
  const places = scale - power;
  const whole =
    places <= 0 ? wholeOf(BigInt(value) * powerOfTen(-places)) : rescale(value, places, 0);
  return {
    value: sign === "-" ? wholeOf(-BigInt(whole)) : whole,
    isNone: false,
    hasRest: text.slice(all.length).trim() !== "",
  };
}

/** Out of range is told instead of what else is wrong. */
function checkedInteger(
  { value, isNone, hasRest }: IntegerRead,
  low: Whole,
  high: Whole,
  text: string,
  target: StoreTarget,
  env: EvalEnv,
): Whole {
  if (value < low || value > high) {
    outOfRange(target, env);
    return value < low ? low : high;
  }
  if (isNone) incorrect(target, "integer", text, env);
  else if (hasRest) dataProblem(env, "WARN_DATA_TRUNCATED", target.name, env.rowNumber);
  return value;
}

export function storeYear(target: StoreTarget, from: SqlType, env: EvalEnv): Store {
  if (isText(from)) return storeYearText(target, env);
  const asInteger = yearOf(from, env);
  return (value) => fullYearOf(asInteger(value), false) ?? noYear(target, env);
}

function storeYearText(target: StoreTarget, env: EvalEnv): Store {
  return (value) => {
    const text = value as string;
    const read = readInteger(text);
    const year = fullYearOf(read.value, text.length !== 4);
    if (year === null) return noYear(target, env);
    if (read.isNone) {
      incorrect(target, "integer", text, env);
      return 0;
    }
    if (read.hasRest) dataProblem(env, "WARN_DATA_TRUNCATED", target.name, env.rowNumber);
    return year;
  };
}

/** Of a date, its year. */
function yearOf(from: SqlType, env: EvalEnv): (value: Present) => Whole {
  switch (from.kind) {
    case "date":
    case "datetime":
    case "timestamp":
      return (value) => momentOfText(value as string).year;
    case "time":
      return (value) => onCurrentDate(Number(value), env)?.year ?? 0;
    // Not rounded: MySQL casts it (Field_year::store).
    case "double":
    case "float":
      return (value) => (Number(value) < 0 ? -1 : Math.trunc(Number(value)));
    default: {
      const asInteger = unlimitedInteger(from, env);
      return (value) => (Number(value) < 0 ? -1 : asInteger(value));
    }
  }
}

function fullYearOf(value: Whole, zeroIsShort: boolean): number | null {
  const year = Number(value);
  if (year === 0) return zeroIsShort ? 2000 : 0;
  if (year > 0 && year < 100) return year + (year < 70 ? 2000 : 1900);
  return year >= 1901 && year <= 2155 ? year : null;
}

function noYear(target: StoreTarget, env: EvalEnv): number {
  outOfRange(target, env);
  return 0;
}

export function storeDecimal(
  target: StoreTarget,
  type: ColumnType & { kind: "decimal" },
  from: SqlType,
  env: EvalEnv,
): Store {
  const high = powerOfTen(type.precision) - 1n;
  const low = type.unsigned ? 0n : -high;
  const read = decimalReader(target, from, env);
  return (value) => {
    const { value: exact, scale } = read(value);
    const kept = rescale(exact, scale, type.scale);
    if (kept >= low && kept <= high) {
      if (compareDecimal(kept, type.scale, exact, scale) !== 0) noteRounded(target, env);
      return kept;
    }
    outOfRange(target, env);
    return wholeOf(kept < low ? low : high);
  };
}

interface Scaled {
  readonly value: Whole;
  readonly scale: number;
}

/** Rounding away digits is a note only, in strict mode too. */
function noteRounded(target: StoreTarget, env: EvalEnv): void {
  const message = `Data truncated for column '${target.name}' at row ${env.rowNumber}`;
  env.ctx.warn({ level: "Note", errno: 1265, message });
}

function decimalReader(
  target: StoreTarget,
  from: SqlType,
  env: EvalEnv,
): (value: Present) => Scaled {
  if (isText(from)) return (value) => readDecimal(value as string, target, env);
  if (classOf(from) === "double") return (value) => parseDecimal(plainDigits(Number(value)));
  const scale = scaleOf(from);
  const exact = decimalOf(from, scale, env);
  return (value) => ({ value: exact(value), scale });
}

const DECIMAL_DIGITS_MAX = 81;

function readDecimal(text: string, target: StoreTarget, env: EvalEnv): Scaled {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+))(?:e([+-]?\d+))?/i.exec(text);
  if (match === null) {
    incorrect(target, "decimal", text, env);
    return { value: 0, scale: 0 };
  }
  const [all, digits = "0", exponent = "0"] = match;
  const { value, scale } = parseDecimal(digits);
  const places = scale - Number(exponent);
  const isHuge = -places > DECIMAL_DIGITS_MAX;
  if (isHuge || text.slice(all.length).trim() !== "") {
    if (env.strict) incorrect(target, "decimal", text, env);
    else noteRounded(target, env);
  }
  if (places >= 0) return { value, scale: Math.min(places, DECIMAL_DIGITS_MAX) };
  return { value: wholeOf(BigInt(value) * powerOfTen(isHuge ? 81 : -places)), scale: 0 };
}

export function storeDouble(
  target: StoreTarget,
  type: ColumnType & { kind: "double" | "float" },
  from: SqlType,
  env: EvalEnv,
): Store {
  const isFloat = type.kind === "float";
  const most = isFloat ? FLOAT_MAX : Number.MAX_VALUE;
  const read = isText(from)
    ? (value: Present) => readDouble(value as string, isFloat, target, env)
    : doubleOf(from, env);
  return (value): Datum => {
    const number = read(value);
    if (Math.abs(number) > most || (type.unsigned && number < 0)) {
      outOfRange(target, env);
      return type.unsigned && number < 0 ? 0 : Math.sign(number) * most;
    }
    const { digits } = type;
    const cut = digits === undefined ? number : withinDigits(number, digits);
    const kept = isFloat ? Math.fround(cut) : cut;
    return kept === 0 ? 0 : kept;
  };

  /** FLOAT(M,D). MySQL: Field_real::truncate. */
  function withinDigits(number: number, [length, decimals]: readonly [number, number]): number {
    const scale = 10 ** decimals;
    const largest = 10 ** (length - decimals) - 1 / scale;
    const isSmall = Math.abs(number) < largest;
    const rounded = isSmall ? roundHalfEven(number * scale) / scale : number;
    if (Math.abs(rounded) <= largest) return rounded;
    outOfRange(target, env);
    return Math.sign(rounded) * largest;
  }
}

function readDouble(text: string, isFloat: boolean, target: StoreTarget, env: EvalEnv): number {
  const { value, isCut } = readNumber(text);
  const written = Number(/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i.exec(text)?.[0] ?? "0");
  if (!Number.isFinite(written)) return written;
  if (isCut) incorrect(target, isFloat ? "FLOAT" : "DOUBLE", text, env);
  return value;
}
