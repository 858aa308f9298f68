/**
 * Implicit conversions: a value of one type read as a number, a text, a date or a truth value.
 *
 * Every function here takes the value's type once and gives back a function of values other than NULL.
 *
 * MySQL: Item::val_int, val_real, val_str, val_bool, get_date of the item that holds the value.
 */

import { unreachable } from "../../base/assert.ts";
import { decimalText } from "../../base/decimal_text.ts";
import { timeText } from "../../base/temporal_text.ts";
import { binaryText } from "../../base/utf8.ts";
import type { Datum } from "../../innodb/api.ts";
import { bytesText, membersText } from "../../innodb/bits.ts";
import { decimalToDouble, doubleToDecimal, parseDecimal, rescale } from "./decimal.ts";
import {
  doubleText,
  fixedText,
  floatText,
  readNumber,
  roundHalfEven,
  shortDoubleText,
} from "./double.ts";
import { dataProblem, type EvalEnv } from "./eval_env.ts";
import { type Whole, wholeOf } from "./integer.ts";
import { rounded } from "./moment_rounding.ts";
import { isOfBytes, SIGNED_MAX, SIGNED_MIN, type SqlType, UNSIGNED_MAX } from "./sql_type.ts";
import { momentOfText, momentText, roundMicros } from "./temporal.ts";

/** A value that is not NULL. */
export type Present = Exclude<Datum, null>;

/** Of a whole number. */
export const wholeText = (value: Present): string => value.toString();

/** What is stored as the text that it is. */
export const sameText = (value: Present): string => value as string;

/** The text of a value, as functions of texts take it. */
/** As a binary string: a character for each byte. */
export function binaryOf(type: SqlType): (value: Present) => string {
  const asText = textOf(type);
  if (isOfBytes(type)) return asText;
  return (value) => binaryText(asText(value));
}

export function textOf(type: SqlType): (value: Present) => string {
  switch (type.kind) {
    case "int": {
      const { width = 0, zerofill = false } = type;
      if (zerofill) return (value) => value.toString().padStart(width, "0");
      return wholeText;
    }
    case "null":
    case "rowId":
      return wholeText;
    case "year":
      return (value) => (type.isComputed ? String(value) : String(value).padStart(4, "0"));
    case "decimal": {
      const { scale, precision, zerofill = false } = type;
      const width = precision + (scale > 0 ? 1 : 0);
      if (zerofill) return (value) => decimalText(value as Whole, scale).padStart(width, "0");
      return (value) => decimalText(value as Whole, scale);
    }
    case "double":
    case "float": {
      const decimals = type.digits?.[1] ?? type.decimals;
      if (decimals !== undefined) return (value) => fixedText(Number(value), decimals);
      const shortest = type.kind === "double" ? shortDoubleText : floatText;
      return (value) => shortest(Number(value));
    }
    case "char":
    case "varchar":
    case "text":
    case "blob":
    case "date":
    case "datetime":
    case "timestamp":
      return sameText;
    case "time": {
      const { fsp } = type;
      return (value) => timeText(Number(value), fsp);
    }
    case "bit": {
      const bytes = Math.ceil(type.length / 8);
      return (value) => bytesText(value as Whole, bytes);
    }
    case "enum": {
      const { members } = type;
      if (type.isSet) return (value) => membersText(value as Whole, members);
      return (value) => (value === 0 ? "" : (members[Number(value) - 1] ?? ""));
    }
    default:
      return unreachable(type);
  }
}

/** As the client gets it: a DOUBLE is not shortened. */
export function clientTextOf(type: SqlType): (value: Present) => string {
  const isPlain = type.kind === "double" && (type.digits ?? type.decimals) === undefined;
  return isPlain ? (value) => doubleText(Number(value)) : textOf(type);
}

/**
 * As DOUBLE; a text's numeric beginning, with warning 1292 when there is something else, but not for an empty text and
 * not for a TEXT or BLOB column.
 */
export function doubleOf(type: SqlType, env: EvalEnv): (value: Present) => number {
  switch (type.kind) {
    case "text":
    case "blob":
      if (type.isJson) return jsonNumber;
      return (value) => readNumber(value as string).value;
    case "char":
    case "varchar":
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
  if (isCut && text.trim() !== "") dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "DOUBLE", text);
  return value;
}

/** As a whole number: numbers are rounded, texts read up to the first character that is no digit. */
export function integerOf(type: SqlType, env: EvalEnv): (value: Present) => Whole {
  switch (type.kind) {
    case "int":
    case "rowId":
    case "year":
    case "enum":
    case "bit":
    case "null":
      return (value) => value as Whole;
    case "decimal": {
      const { scale } = type;
      return (value) => decimalToInteger(value as Whole, scale, env);
    }
    case "float":
      return (value) => floatToInteger(Number(value));
    case "double":
      return (value) => doubleToInteger(Number(value));
    case "char":
    case "varchar":
    case "text":
    case "blob":
      if (type.kind === "text" && type.isJson) return (value) => doubleToInteger(jsonNumber(value));
      return (value) => textToInteger(value as string, env);
    case "date":
      return (value) => Number(temporalDigits(value as string));
    case "datetime":
    case "timestamp":
      return (value) => Number(temporalDigits(secondsOf(value as string)));
    case "time":
      return (value) => timeToDouble(roundMicros(Number(value), 0));
    default:
      return unreachable(type);
  }
}

/** MySQL: Json_wrapper::coerce_real. */
function jsonNumber(value: Present): number {
  if (value === "true") return 1;
  return readNumber((value as string).replace(/^"/, "")).value;
}

/** Rounded to the second; the carry may reach the date. */
function secondsOf(text: string): string {
  return text.length <= 19 ? text : momentText(rounded(momentOfText(text), 0), 0);
}

function decimalToInteger(value: Whole, scale: number, env: EvalEnv): Whole {
  const whole = rescale(value, scale, 0);
  if (typeof whole === "number" || (whole <= SIGNED_MAX && whole >= SIGNED_MIN)) return whole;
  dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "DECIMAL", decimalText(value, scale));
  return whole < 0 ? SIGNED_MIN : SIGNED_MAX;
}

/** Beyond BIGINT a FLOAT column gives what the processor does. MySQL: Field_float::val_int (rint and a cast). */
function floatToInteger(value: number): Whole {
  return Math.abs(value) >= 2 ** 63 ? SIGNED_MIN : doubleToInteger(value);
}

function doubleToInteger(value: number): Whole {
  const rounded = roundHalfEven(value);
  if (Number.isSafeInteger(rounded)) return rounded === 0 ? 0 : rounded;
  if (rounded >= Number(SIGNED_MAX)) return SIGNED_MAX;
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
  if (value <= UNSIGNED_MAX && value >= SIGNED_MIN) return wholeOf(value);
  if (rest.trim() === "") dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "INTEGER", text);
  return value > 0 ? UNSIGNED_MAX : SIGNED_MIN;
}

/**
 * Where a text comes from that is read as a DECIMAL: of a literal everything that is odd is told, of a column a text that
 * is no number twice, of a function only that.
 */
export type TextSource = "literal" | "column" | "function";

/** As DECIMAL with `scale` digits after the point. */
export function decimalOf(
  type: SqlType,
  scale: number,
  env: EvalEnv,
  source: TextSource = "literal",
): (value: Present) => Whole {
  switch (type.kind) {
    case "int":
    case "rowId":
    case "year":
    case "enum":
    case "bit":
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
      if (type.kind === "text" && type.isJson)
        return (value) => doubleToDecimal(jsonNumber(value), scale);
      return (value) => textToDecimal(value as string, scale, env, source);
    case "date":
    case "datetime":
    case "timestamp":
      return (value) => digitsToDecimal(temporalDigits(value as string), scale);
    case "time":
      return (value) => digitsToDecimal(timeText(Number(value), 6).replace(/:/g, ""), scale);
    default: {
      const asDouble = doubleOf(type, env);
      return (value) => doubleToDecimal(asDouble(value), scale);
    }
  }
}

function digitsToDecimal(digits: string, scale: number): Whole {
  const { value, scale: from } = parseDecimal(digits);
  return rescale(value, from, scale);
}

function textToDecimal(text: string, scale: number, env: EvalEnv, source: TextSource): Whole {
  const match = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(text);
  if (match === null && source !== "literal") {
    dataProblem(env, "ER_TRUNCATED_WRONG_VALUE_FOR_FIELD", "DECIMAL", "0", "", -1);
  }
  const isOdd = match === null || text.slice(match[0].length).trim() !== "";
  if (isOdd && source !== "function") {
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
    case "blob": {
      return (value) => textToDouble(value as string, env) !== 0;
    }
    // MySQL: Field_blob::val_real, which has nothing to say.
    case "text":
      if (type.isJson) return (value) => jsonNumber(value) !== 0;
      return (value) => readNumber(value as string).value !== 0;
    case "date":
    case "datetime":
    case "timestamp":
      return (value) => temporalToDouble(value as string) !== 0;
    default:
      return (value) => Number(value) !== 0;
  }
}

/** 20261121 for a DATE, 20261121100000.5 for a DATETIME. */
function temporalToDouble(text: string): number {
  return Number(temporalDigits(text));
}

function temporalDigits(text: string): string {
  return text.replace(/[- :]/g, "");
}

function timeToDouble(micros: number): number {
  return Number(timeText(micros, 6).replace(/:/g, ""));
}
