/**
 * Storing into DATE, DATETIME, TIMESTAMP and TIME columns.
 *
 * Under strict mode everything that does not fit is "Incorrect date value ... for column" (1292); otherwise the nearest
 * value is stored and the warning says what went wrong: 1265 for rubbish, 1264 for what is out of range or zero.
 *
 * MySQL: Field_temporal::store, store_lldiv_t, set_warnings, Field_temporal_with_date::store_time (sql/field.cc).
 */
import { dateText } from "../../base/temporal_text.ts";
import { mysqlWarning } from "../errors.ts";
import { clockMicros, type Moment } from "./calendar.ts";
import { type Present, textOf } from "./convert.ts";
import { dataProblem, type EvalEnv, sqlMode } from "./eval_env.ts";
import type { Whole } from "./integer.ts";
import { rounded } from "./moment_rounding.ts";
import {
  type MomentRead,
  type MomentRules,
  readMomentNumber,
  readMomentText,
  refusedDate,
  type Trouble,
} from "./read_moment.ts";
import { readTimeNumber, readTimeText, TIME_MICROS_MAX, type TimeRead } from "./read_time.ts";
import { classOf, type SqlType } from "./sql_type.ts";
import type { Store, StoreTarget } from "./store.ts";
import { momentOfText, momentText, roundMicros } from "./temporal.ts";
import { onCurrentDate, splitNumber, warnOfDelimiter } from "./temporal_of.ts";

/** `fsp` null is DATE. */
export function storeMoment(
  target: StoreTarget,
  from: SqlType,
  env: EvalEnv,
  fsp: number | null,
): Store {
  const what = fsp === null ? "date" : "datetime";
  const zero = fsp === null ? "0000-00-00" : momentText(momentOfText("0000-00-00 00:00:00"), fsp);
  const asText = textOf(from);
  const read = momentReader(from, env, asText);
  const isNumber = classOf(from) !== "string" && classOf(from) !== "temporal";
  return (value) => {
    const { moment, trouble } = read(value);
    if (trouble !== null) {
      const isBelow = isNumber && (Number(value) < 0 || Object.is(value, -0));
      complain(target, what, asText(value), isBelow ? "outOfRange" : trouble, env);
    }
    if (moment === null) return zero;
    if (fsp !== null) {
      const kept = momentText(rounded(moment, fsp), fsp);
      if (target.type.kind !== "timestamp" || isTimestamp(kept)) return kept;
      complain(target, what, asText(value), "outOfRange", env);
      return zero;
    }
    if (clockMicros(moment) > 0 && trouble !== "truncated") {
      const text = asText(value);
      noteCut(target, what, from.kind === "time" ? text.replace(/\.\d+$/, "") : text, env);
    }
    return dateText(moment);
  };
}

/** What seconds since 1970 count in 31 bits, or the zero date. MySQL: validate_timestamp_range. */
function isTimestamp(text: string): boolean {
  return text.startsWith("0000") || (text >= "1970-01-01 00:00:01" && text < "2038-01-19 03:14:08");
}

/** A DATE drops the time of day, a TIME the date; strict mode tells of it in other words. */
function noteCut(target: StoreTarget, what: string, text: string, env: EvalEnv): void {
  const { name } = target;
  env.ctx.warn(
    env.strict
      ? mysqlWarning("Note", "INCORRECT_VALUE_FOR_COLUMN", what, text, name, env.rowNumber)
      : mysqlWarning("Note", "WARN_DATA_TRUNCATED", name, env.rowNumber),
  );
}

function complain(
  target: StoreTarget,
  what: string,
  text: string,
  trouble: Trouble,
  env: EvalEnv,
): void {
  const { name } = target;
  if (env.strict) {
    dataProblem(env, "INCORRECT_VALUE_FOR_COLUMN", what, text, name, env.rowNumber);
  } else if (trouble === "truncated") {
    dataProblem(env, "WARN_DATA_TRUNCATED", name, env.rowNumber);
  } else dataProblem(env, "ER_WARN_DATA_OUT_OF_RANGE", name, env.rowNumber);
}

type Found = Pick<MomentRead, "moment" | "trouble">;

function momentReader(
  from: SqlType,
  env: EvalEnv,
  asText: (value: Present) => string,
): (value: Present) => Found {
  switch (from.kind) {
    case "date":
    case "datetime":
    case "timestamp":
      return (value) => checkedMoment(momentOfText(value as string), rulesOf(env));
    case "time":
      return (value) => ({ moment: onCurrentDate(Number(value), env), trouble: null });
    default:
  }
  if (classOf(from) === "string") {
    return (value) => {
      const text = asText(value);
      const read = readMomentText(text, rulesOf(env));
      if (read.moment !== null) warnOfDelimiter(text, read.delimiter, env);
      return read;
    };
  }
  return ofNumber(from, (whole, nanos) => readMomentNumber(whole, nanos, rulesOf(env)));
}

/** Reads a number by its whole part and the billionths behind the point. */
function ofNumber<Read>(
  from: SqlType,
  read: (whole: Whole, nanos: number) => Read,
): (value: Present) => Read {
  const kind = classOf(from);
  if (kind !== "decimal" && kind !== "double") return (value) => read(value as Whole, 0);
  const split = splitNumber(from);
  return (value) => {
    const { whole, nanos } = split(value);
    return read(whole, nanos);
  };
}

function checkedMoment(moment: Moment, rules: MomentRules): Found {
  const isZero = moment.year === 0 && moment.month === 0 && moment.day === 0;
  const trouble = refusedDate(moment, isZero, rules);
  return trouble === null ? { moment, trouble } : { moment: null, trouble };
}

/** Zeros and days as sql_mode has them. */
export function rulesOf(env: EvalEnv): MomentRules {
  const mode = sqlMode(env.ctx);
  return {
    noZeroDate: /NO_ZERO_DATE|TRADITIONAL/i.test(mode),
    noZeroIn: /NO_ZERO_IN_DATE|TRADITIONAL/i.test(mode),
    anyDay: /ALLOW_INVALID_DATES/i.test(mode),
  };
}

export function storeTime(target: StoreTarget, fsp: number, from: SqlType, env: EvalEnv): Store {
  const asText = textOf(from);
  const read = timeReader(from, env, asText);
  return (value) => {
    const { micros, trouble, isMoment } = read(value);
    const problem = trouble ?? (micros === null ? "truncated" : null);
    if (problem !== null) complain(target, "time", asText(value), problem, env);
    if (micros === null) return 0;
    if (isMoment && problem === null) noteCut(target, "time", asText(value), env);
    const kept = roundMicros(micros, fsp);
    return Math.abs(kept) > TIME_MICROS_MAX ? Math.sign(kept) * TIME_MICROS_MAX : kept;
  };
}

function timeReader(
  from: SqlType,
  env: EvalEnv,
  asText: (value: Present) => string,
): (value: Present) => Pick<TimeRead, "micros" | "trouble" | "isMoment"> {
  const plain = (micros: number) => ({ micros, trouble: null, isMoment: false });
  switch (from.kind) {
    case "time":
      return (value) => plain(Number(value));
    case "date":
      return () => plain(0);
    case "datetime":
    case "timestamp":
      return (value) => plain(clockMicros(momentOfText(value as string)));
    default:
  }
  if (classOf(from) === "string") {
    return (value) => {
      const text = asText(value);
      if (text === "") return plain(0);
      const read = readTimeText(text);
      if (read.micros !== null) warnOfDelimiter(text, read.delimiter, env);
      return read;
    };
  }
  return ofNumber(from, readTimeNumber);
}
