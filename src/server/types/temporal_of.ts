/**
 * Values of any type read as dates, as dates with a time of day, or as times of day; warnings for what does not fit.
 *
 * Text, and numbers of the kinds DECIMAL and DOUBLE, complain in the words of what was asked for: "Truncated incorrect
 * date value" where a DATE is wanted; where a DATETIME is, "Incorrect datetime value" for what is none, "Truncated
 * incorrect ..." for what is one and something more.
 *
 * MySQL: Item::val_date, val_datetime, val_time and their get_*_from_* helpers; str_to_datetime_with_warn,
 * my_longlong_to_datetime_with_warn, check_deprecated_datetime_format (sql/sql_time.cc).
 */
import { dayNumber } from "../../base/calendar.ts";
import { decimalText } from "../../base/decimal_text.ts";
import { mysqlWarning } from "../errors.ts";
import { clockMicros, type Moment, momentOf as momentAt } from "./calendar.ts";
import { type Present, textOf } from "./convert.ts";
import { parseDecimal, truncateScale } from "./decimal.ts";
import { doubleText, plainDigits } from "./double.ts";
import { dataProblem, type EvalEnv } from "./eval_env.ts";
import { type Whole, wholeOf } from "./integer.ts";
import {
  LOOSE,
  type MomentRead,
  type MomentRules,
  type OldDelimiter,
  readMomentNumber,
  readMomentText,
  refusedDate,
} from "./read_moment.ts";
import { readTimeNumber, readTimeText, type TimeRead } from "./read_time.ts";
import { classOf, SIGNED_MAX, SIGNED_MIN, type SqlType } from "./sql_type.ts";
import { momentOfText } from "./temporal.ts";

/** What the value is wanted as; it shows in the words of warnings. */
export type WantedMoment = "date" | "datetime";

/** As a date and time; null with a warning when it is none. */
export function momentOf(
  type: SqlType,
  env: EvalEnv,
  rules: MomentRules = LOOSE,
  wanted: WantedMoment = "datetime",
): (value: Present) => Moment | null {
  const read = momentReadOf(type, env, rules, wanted);
  return (value) => read(value).moment;
}

/** The same, with what was seen of it. */
export function momentReadOf(
  type: SqlType,
  env: EvalEnv,
  rules: MomentRules,
  wanted: WantedMoment,
): (value: Present) => MomentRead {
  switch (type.kind) {
    case "date":
      return (value) => stored(momentOfText(value as string), "date", rules);
    case "datetime":
    case "timestamp":
      return (value) => stored(momentOfText(value as string), "datetime", rules);
    case "time":
      return (value) => stored(onCurrentDate(Number(value), env), "datetime", rules);
    case "year":
      if (type.isComputed) return (value) => fromWhole(value as Whole, env, rules);
      return (value) => stored(firstDayOf(Number(value)), "datetime", rules);
    default:
  }
  switch (classOf(type)) {
    case "string": {
      const asText = textOf(type);
      return (value) => fromText(asText(value), env, rules, wanted);
    }
    case "decimal":
    case "double": {
      const split = splitNumber(type);
      return (value) => {
        const number = split(value);
        const isWhole = type.kind !== "decimal" && wanted === "date" && isSmall(number.whole);
        return isWhole
          ? fromWhole(number.whole, env, rules)
          : fromNumber(number, env, rules, wanted);
      };
    }
    default:
      return (value) => fromWhole(value as Whole, env, rules);
  }
}

function stored(moment: Moment | null, kind: "date" | "datetime", rules: MomentRules): MomentRead {
  const isZero = moment !== null && moment.month === 0 && moment.year === 0 && moment.day === 0;
  const isRefused =
    moment !== null && (isZero ? rules.noZeroIn : refusedDate(moment, false, rules) !== null);
  return {
    moment: isRefused ? null : moment,
    kind,
    trouble: null,
    digits: 6,
    delimiter: null,
  };
}

/** The year 0 is no date. */
function firstDayOf(year: number): Moment | null {
  const day = year === 0 ? 0 : 1;
  return { year, month: day, day, hour: 0, minute: 0, second: 0, micro: 0 };
}

/** TIME becomes a time on the current date, or as many days before or after it. */
export function onCurrentDate(micros: number, env: EvalEnv): Moment | null {
  const today = momentOfText(env.ctx.nowText(0));
  return momentAt(dayNumber(today.year, today.month, today.day), micros);
}

function fromText(
  text: string,
  env: EvalEnv,
  rules: MomentRules,
  wanted: WantedMoment,
): MomentRead {
  const read = readMomentText(text, rules);
  if (read.moment === null) badMoment(text, env, wanted);
  else {
    if (read.trouble !== null) {
      const what = wanted === "date" ? "date" : read.kind;
      dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", what, text);
    }
    warnOfDelimiter(text, read.delimiter, env);
  }
  return read;
}

/** Messages know no unsigned numbers. */
function signedText(value: Whole): string {
  return value > SIGNED_MAX ? BigInt.asIntN(64, BigInt(value)).toString() : value.toString();
}

function isSmall(whole: Whole): boolean {
  return whole >= SIGNED_MIN && whole <= SIGNED_MAX;
}

function fromWhole(value: Whole, env: EvalEnv, rules: MomentRules): MomentRead {
  const read = readMomentNumber(value, 0, rules);
  if (read.moment === null) badMoment(signedText(value), env, "datetime");
  return read;
}

function fromNumber(
  { whole, nanos, text }: SplitNumber,
  env: EvalEnv,
  rules: MomentRules,
  wanted: WantedMoment,
): MomentRead {
  const read = readMomentNumber(whole, nanos, rules);
  if (read.moment === null) badMoment(text(), env, wanted);
  else if (read.trouble !== null && wanted === "datetime") {
    dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "date", text());
  }
  return read;
}

function badMoment(text: string, env: EvalEnv, wanted: WantedMoment): void {
  if (wanted === "date") dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "date", text);
  else dataProblem(env, "INCORRECT_TEMPORAL_VALUE", "datetime", text);
}

/** Warnings 4095 and 4096; never errors. */
export function warnOfDelimiter(text: string, old: OldDelimiter | null, env: EvalEnv): void {
  if (old === null) return;
  const { char, position, wanted } = old;
  const row = env.rowNumber;
  env.ctx.warn(
    wanted === null
      ? mysqlWarning("Warning", "ER_WARN_DEPRECATED_DATETIME_SPACE", char, position, text, row)
      : mysqlWarning(
          "Warning",
          "ER_WARN_DEPRECATED_DATETIME_DELIMITER",
          char,
          position,
          text,
          row,
          wanted,
        ),
  );
}

interface SplitNumber {
  /** Towards zero. */
  readonly whole: Whole;
  readonly nanos: number;
  readonly text: () => string;
}

/** A DECIMAL or DOUBLE as a whole number and nanoseconds. MySQL: my_decimal2lldiv_t, double2lldiv_t. */
export function splitNumber(type: SqlType): (value: Present) => SplitNumber {
  if (type.kind === "decimal") {
    const { scale } = type;
    return (value) => splitDecimal(value as Whole, scale, () => decimalText(value as Whole, scale));
  }
  return (value) => {
    const { value: unscaled, scale } = parseDecimal(plainDigits(Number(value)));
    return splitDecimal(unscaled, scale, () => doubleText(Number(value)));
  };
}

function splitDecimal(value: Whole, scale: number, text: () => string): SplitNumber {
  const whole = truncateScale(value, scale, 0);
  const nanos =
    scale === 0
      ? 0
      : Number(truncateScale(value, scale, 9)) === 0
        ? 0
        : Number(BigInt(truncateScale(value, scale, 9)) - BigInt(whole) * 1_000_000_000n);
  return { whole: wholeOf(BigInt(whole)), nanos, text };
}

/** As a time of day in microseconds; null with a warning when it is none. */
export function timeOf(type: SqlType, env: EvalEnv): (value: Present) => number | null {
  const read = timeReadOf(type, env);
  return (value) => read(value).micros;
}

export function timeReadOf(type: SqlType, env: EvalEnv): (value: Present) => TimeRead {
  switch (type.kind) {
    case "time":
      return (value) => known(Number(value), false);
    case "date":
      return () => known(0, false);
    case "year":
      if (!type.isComputed) return () => known(0, false);
      break;
    case "datetime":
    case "timestamp":
      return (value) => known(clockMicros(momentOfText(value as string)), true);
    default:
  }
  const asText = textOf(type);
  switch (classOf(type)) {
    case "string":
      return (value) => {
        const text = asText(value);
        const read = readTimeText(text);
        warnOfTime(text, read, env);
        if (read.micros !== null) warnOfDelimiter(text, read.delimiter, env);
        return read;
      };
    case "decimal":
    case "double": {
      const split = splitNumber(type);
      return (value) => {
        const { whole, nanos, text } = split(value);
        return numberRead(readTimeNumber(whole, nanos), text, env);
      };
    }
    default:
      return (value) => numberRead(readTimeNumber(value as Whole, 0), () => asText(value), env);
  }
}

function known(micros: number, isMoment: boolean): TimeRead {
  return { micros, isMoment, trouble: null, digits: 6, delimiter: null };
}

/** A number that is too large is none at all here, though storing it gives the longest time. */
function numberRead(read: TimeRead, text: () => string, env: EvalEnv): TimeRead {
  if (read.trouble === null) return read;
  warnOfTime(text(), read, env);
  return { ...read, micros: null };
}

function warnOfTime(text: string, read: TimeRead, env: EvalEnv): void {
  if (read.trouble !== null || read.micros === null) {
    dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "time", text);
  }
}
