/**
 * What may be a time of day or a date and time, as ADDTIME and TIMEDIFF take it.
 *
 * A text with a colon is tried as a time first, then as a date, then as digits of a time: '10:11:12' and '102030' are
 * times, '240115' and '10.11.12' are dates.
 *
 * MySQL: Item::val_datetime and val_time of a text; str_to_time with TIME_STRICT_COLON (mysys/my_time.cc).
 */
import type { Moment } from "../types/calendar.ts";
import { type Present, textOf } from "../types/convert.ts";
import { dataProblem, type EvalEnv } from "../types/eval_env.ts";
import { type Whole, wholeOf } from "../types/integer.ts";
import { readMomentNumber, readMomentText } from "../types/read_moment.ts";
import { readTimeNumber, readTimeText } from "../types/read_time.ts";
import { classOf, fractionDigits, isTemporal, scaleOf } from "../types/sql_type.ts";
import { momentOfText } from "../types/temporal.ts";
import { splitNumber, warnOfDelimiter } from "../types/temporal_of.ts";
import type { Item } from "./item.ts";

export type Either =
  | { readonly kind: "time"; readonly micros: number }
  | { readonly kind: "moment"; readonly moment: Moment };

const TIME_NUMBER_MAX = 8_385_959;

export function eitherOf(item: Item, env: EvalEnv): (value: Present) => Either | null {
  const { type } = item;
  if (type.kind === "time") return (value) => ({ kind: "time", micros: Number(value) });
  if (isTemporal(type)) return (value) => ofMoment(momentOfText(value as string));
  switch (classOf(type)) {
    case "string": {
      const asText = textOf(type);
      return (value) => ofText(asText(value), env);
    }
    case "decimal":
    case "double": {
      const split = splitNumber(type);
      return (value) => {
        const { whole, nanos, text } = split(value);
        return ofNumber(whole, nanos, text, env);
      };
    }
    default:
      return (value) => ofNumber(wholeOf(BigInt(value)), 0, () => value.toString(), env);
  }
}

function ofMoment(moment: Moment): Either {
  return { kind: "moment", moment };
}

const ANYTHING = { noZeroIn: false, noZeroDate: false, anyDay: true };

function ofText(text: string, env: EvalEnv): Either | null {
  const isClock = /^\s*-?\d*(\s+\d+)?:\d/.test(text) && !/^\s*\d+-/.test(text);
  const read = isClock ? null : readMomentText(text, ANYTHING);
  if (read !== null && read.moment !== null) {
    if (read.trouble !== null) dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", read.kind, text);
    warnOfDelimiter(text, read.delimiter, env);
    return ofMoment(read.moment);
  }
  const time = readTimeText(text);
  if (time.micros === null) {
    if (isClock) dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "time", text);
    else dataProblem(env, "INCORRECT_TEMPORAL_VALUE", "datetime", text);
    return null;
  }
  if (time.trouble !== null) dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "time", text);
  warnOfDelimiter(text, time.delimiter, env);
  return { kind: "time", micros: time.micros };
}

function ofNumber(whole: Whole, nanos: number, text: () => string, env: EvalEnv): Either | null {
  if (Math.abs(Number(whole)) > TIME_NUMBER_MAX) {
    const { moment } = readMomentNumber(whole, nanos, ANYTHING);
    if (moment !== null) return ofMoment(moment);
  }
  const { micros, trouble } = readTimeNumber(whole, nanos);
  if (trouble !== null) dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "time", text());
  return micros === null || trouble !== null ? null : { kind: "time", micros };
}

/** Digits of a second's fraction: a constant text shows them, another may have all six. */
export function momentDigits(item: Item): number {
  return digitsOf(item, (text) => {
    const read = readMomentText(text, ANYTHING);
    return read.moment === null ? 6 : read.digits;
  });
}

export function timeDigits(item: Item): number {
  return digitsOf(item, (text) => {
    const read = readTimeText(text);
    return read.micros === null ? 6 : read.digits;
  });
}

function digitsOf(item: Item, ofConstant: (text: string) => number): number {
  const { type } = item;
  if (isTemporal(type)) return scaleOf(type);
  if (classOf(type) !== "string" || !item.isConst || item.eval === null) {
    return Math.min(fractionDigits(type), 6);
  }
  const value = item.eval();
  return value === null ? 6 : ofConstant(textOf(type)(value));
}
