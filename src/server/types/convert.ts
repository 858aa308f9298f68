/**
 * Implicit conversions: a value of one type read as a number, a text, a date or a truth value.
 *
 * Every function here takes the value's type once and gives back a function of values other than NULL.
 *
 * MySQL: Item::val_int, val_real, val_str, val_bool, get_date of the item that holds the value.
 */
import { unreachable } from "../../base/assert.ts";
import type { Datum } from "../../innodb/api.ts";
import type { Moment } from "./calendar.ts";
import { decimalText, decimalToDouble, doubleToDecimal, rescale } from "./decimal.ts";
import { doubleText, floatText, readNumber, roundHalfEven } from "./double.ts";
import { dataProblem, type EvalEnv } from "./eval_env.ts";
import { type Whole, wholeOf } from "./integer.ts";
import { SIGNED_MIN, type SqlType, UNSIGNED_MAX } from "./sql_type.ts";
import { momentOfText, readMoment, readMomentNumber, readTime, timeText } from "./temporal.ts";

/** A value that is not NULL. */
export type Present = Exclude<Datum, null>;

/** The text of a value as the client gets it. */
export function textOf(type: SqlType): (value: Present) => string {
  switch (type.kind) {
    case "null":
    case "int":
    case "rowId":
      return (value) => value.toString();
    case "year":
      return (value) => String(value).padStart(4, "0");
    case "decimal": {
      const { scale } = type;
      return (value) => decimalText(value as Whole, scale);
    }
    case "double":
      return (value) => doubleText(Number(value));
    case "float":
      return (value) => floatText(Number(value));
    case "char":
    case "varchar":
    case "text":
    case "blob":
    case "date":
    case "datetime":
    case "timestamp":
      return (value) => value as string;
    case "time": {
      const { fsp } = type;
      return (value) => timeText(Number(value), fsp);
    }
    case "enum": {
      const { members } = type;
      return (value) => (value === 0 ? "" : (members[Number(value) - 1] ?? ""));
    }
    default:
      return unreachable(type);
  }
}

/** As DOUBLE; a text's numeric beginning, with warning 1292 when there is more or nothing. */
export function doubleOf(type: SqlType, env: EvalEnv): (value: Present) => number {
  switch (type.kind) {
    case "char":
    case "varchar":
    case "text":
    case "blob":
      return (value) => textToDouble(value as string, env);
    case "decimal": {
      const { scale } = type;
      return (value) => decimalToDouble(value as Whole, scale);
    }
    case "date":
    case "datetime":
    case "timestamp":
      return (value) => temporalToDouble(value as string);
    case "time":
      return (value) => timeToDouble(Number(value));
    default:
      return Number;
  }
}

export function textToDouble(text: string, env: EvalEnv): number {
  const { value, isCut } = readNumber(text);
  if (isCut) dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "DOUBLE", text);
  return value;
}

/** As a whole number: numbers are rounded, texts read up to the first character that is no digit. */
export function integerOf(type: SqlType, env: EvalEnv): (value: Present) => Whole {
  switch (type.kind) {
    case "int":
    case "rowId":
    case "year":
    case "enum":
    case "null":
      return (value) => value as Whole;
    case "decimal": {
      const { scale } = type;
      return (value) => rescale(value as Whole, scale, 0);
    }
    case "double":
    case "float":
      return (value) => doubleToInteger(Number(value));
    case "char":
    case "varchar":
    case "text":
    case "blob":
      return (value) => textToInteger(value as string, env);
    case "date":
    case "datetime":
    case "timestamp":
      return (value) => Math.round(temporalToDouble(value as string));
    case "time":
      return (value) => roundHalfEven(timeToDouble(Number(value)));
    default:
      return unreachable(type);
  }
}

function doubleToInteger(value: number): Whole {
  const rounded = roundHalfEven(value);
  if (Number.isSafeInteger(rounded)) return rounded === 0 ? 0 : rounded;
  if (rounded >= Number(UNSIGNED_MAX)) return UNSIGNED_MAX;
  if (rounded <= Number(SIGNED_MIN)) return SIGNED_MIN;
  return wholeOf(BigInt(rounded));
}

function textToInteger(text: string, env: EvalEnv): Whole {
  const match = /^\s*([+-]?\d+)/.exec(text);
  const rest = match === null ? text : text.slice(match[0].length);
  if (match === null || rest.trim() !== "") {
    dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "INTEGER", text);
  }
  if (match === null) return 0;
  const value = BigInt(match[1] as string);
  if (value > UNSIGNED_MAX) return UNSIGNED_MAX;
  return wholeOf(value < SIGNED_MIN ? SIGNED_MIN : value);
}

/** As DECIMAL with `scale` digits after the point. */
export function decimalOf(type: SqlType, scale: number, env: EvalEnv): (value: Present) => Whole {
  switch (type.kind) {
    case "int":
    case "rowId":
    case "year":
    case "enum":
    case "null":
      return (value) => rescale(value as Whole, 0, scale);
    case "decimal": {
      const from = type.scale;
      return (value) => rescale(value as Whole, from, scale);
    }
    case "char":
    case "varchar":
    case "text":
    case "blob":
      return (value) => textToDecimal(value as string, scale, env);
    default: {
      const asDouble = doubleOf(type, env);
      return (value) => doubleToDecimal(asDouble(value), scale);
    }
  }
}

function textToDecimal(text: string, scale: number, env: EvalEnv): Whole {
  const match = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(text);
  if (match === null || text.slice(match[0].length).trim() !== "") {
    dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "DECIMAL", text);
  }
  if (match === null) return 0;
  const [digits = "0", exponent = "0"] = match[0]
    .trim()
    .replace(/^\+/, "")
    .toLowerCase()
    .split("e");
  const power = Number(exponent);
  const [whole = "", fraction = ""] = digits.replace("-", "").split(".");
  const unscaled = BigInt(`${whole}${fraction}`);
  const signed = digits.startsWith("-") ? -unscaled : unscaled;
  const from = fraction.length - power;
  if (from < 0) return rescale(wholeOf(signed * 10n ** BigInt(Math.min(-from, 80))), 0, scale);
  return rescale(wholeOf(signed), from, scale);
}

/** MySQL: Item::val_bool: not zero. */
export function truthOf(type: SqlType, env: EvalEnv): (value: Present) => boolean {
  switch (type.kind) {
    case "char":
    case "varchar":
    case "text":
    case "blob": {
      return (value) => textToDouble(value as string, env) !== 0;
    }
    case "date":
    case "datetime":
    case "timestamp":
      return (value) => temporalToDouble(value as string) !== 0;
    default:
      return (value) => Number(value) !== 0;
  }
}

/** As a date and time; null with warning 1292 when it is none. */
export function momentOf(type: SqlType, env: EvalEnv): (value: Present) => Moment | null {
  switch (type.kind) {
    case "date":
    case "datetime":
    case "timestamp":
      return (value) => momentOfText(value as string);
    case "time": {
      return (value) => timeAsMoment(Number(value), env);
    }
    case "char":
    case "varchar":
    case "text":
    case "blob":
    case "enum": {
      const asText = textOf(type);
      return (value) => textToMoment(asText(value), env);
    }
    default: {
      const asInteger = integerOf(type, env);
      return (value) => {
        const whole = asInteger(value);
        const read = readMomentNumber(whole);
        if (read === null) badMoment(String(whole), env);
        return read?.value ?? null;
      };
    }
  }
}

function textToMoment(text: string, env: EvalEnv): Moment | null {
  const read = readMoment(text);
  if (read === null) {
    badMoment(text, env);
    return null;
  }
  if (read.isCut) dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "datetime", text);
  return read.value;
}

function badMoment(text: string, env: EvalEnv): void {
  dataProblem(env, "INCORRECT_TEMPORAL_VALUE", "datetime", text);
}

/** TIME becomes a time on the current date. */
function timeAsMoment(micros: number, env: EvalEnv): Moment | null {
  const today = momentOfText(env.ctx.nowText(0));
  const clock = momentOfText(`0000-00-00 ${timeText(Math.abs(micros), 6).slice(-15)}`);
  return { ...clock, year: today.year, month: today.month, day: today.day };
}

/** As a time of day in microseconds; null with a warning when it is none. */
export function timeOf(type: SqlType, env: EvalEnv): (value: Present) => number | null {
  switch (type.kind) {
    case "time":
      return (value) => Number(value);
    case "date":
      return () => 0;
    case "datetime":
    case "timestamp":
      return (value) => readTime((value as string).slice(11))?.value ?? null;
    default: {
      const asText = textOf(type);
      return (value) => {
        const text = asText(value);
        const read = readTime(text);
        if (read === null || read.isCut) {
          dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "time", text);
        }
        return read?.value ?? null;
      };
    }
  }
}

/** 20261121 for a DATE, 20261121100000.5 for a DATETIME. */
function temporalToDouble(text: string): number {
  return Number(text.replace(/[- :]/g, ""));
}

function timeToDouble(micros: number): number {
  return Number(timeText(micros, 6).replace(/:/g, ""));
}
