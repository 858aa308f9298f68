/**
 * EXTRACT and TIMESTAMPDIFF.
 *
 * MySQL: Item_extract::val_int, Item_func_timestamp_diff::val_int (sql/item_timefunc.cc).
 */
import { dayNumber } from "../../base/calendar.ts";
import type { Datum } from "../../innodb/api.ts";
import type { IntervalUnit } from "../../sql/ast_expression.ts";
import {
  clockMicros,
  MICROS_PER_DAY,
  MICROS_PER_SECOND,
  type Moment,
  weekOf,
} from "../types/calendar.ts";
import { doubleOf, type Present, textOf } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { type Whole, wholeOf } from "../types/integer.ts";
import {
  LOOSE,
  type MomentRules,
  readMomentNumber,
  readMomentText,
  WHOLE_DATES,
} from "../types/read_moment.ts";
import { BIGINT, classOf, isTemporal, whole } from "../types/sql_type.ts";
import { momentOfText } from "../types/temporal.ts";
import { momentOf, momentReadOf, timeReadOf } from "../types/temporal_of.ts";
import { type Item, makeItem, onConverted, onValue } from "./item.ts";

const OF_DATES: readonly IntervalUnit[] = ["year", "year_month", "quarter", "month", "week", "day"];

/** MySQL: Item_extract::resolve_type. */
const EXTRACTED_CHARACTERS: Readonly<Record<IntervalUnit, number>> = {
  year: 5,
  year_month: 7,
  quarter: 2,
  month: 3,
  week: 3,
  day: 3,
  day_hour: 9,
  day_minute: 11,
  day_second: 13,
  day_microsecond: 20,
  hour: 4,
  hour_minute: 6,
  hour_second: 8,
  hour_microsecond: 14,
  minute: 3,
  minute_second: 5,
  minute_microsecond: 11,
  second: 3,
  second_microsecond: 9,
  microsecond: 7,
};

export function extractItem(unit: IntervalUnit, operand: Item, env: EvalEnv): Item {
  const compute = OF_DATES.includes(unit) ? ofDate(unit, operand, env) : ofTime(unit, operand, env);
  return makeItem([operand], onValue(operand, compute), {
    type: whole(EXTRACTED_CHARACTERS[unit]),
    nullable: true,
    text: () => `extract(${unit} from ${operand.text()})`,
  });
}

function ofDate(unit: IntervalUnit, operand: Item, env: EvalEnv): (value: Present) => Datum {
  const read = momentOf(operand.type, env);
  return (value) => {
    const moment = read(value);
    return moment === null ? null : extracted(unit, moment);
  };
}

/** What is written as a date is one, at midnight; all else is a time of day. */
function ofTime(unit: IntervalUnit, operand: Item, env: EvalEnv): (value: Present) => Datum {
  const asDate = writtenDate(operand, env);
  const asTime = ofTimeOfDay(unit, operand, env);
  return (value) => {
    const moment = asDate(value);
    return moment === "none" ? asTime(value) : moment === null ? null : extracted(unit, moment);
  };
}

const AS_DATE = /^(\d+-\d+-\d+([ T].*)?|\d{5,8}|\d{10}|\d{12}|\d{14}|\d{8}T\d+)(\.\d*)?$/s;
const FIRST_DATE_NUMBER = 10_101;

function writtenDate(operand: Item, env: EvalEnv): (value: Present) => Moment | null | "none" {
  const { type } = operand;
  const read = momentReadOf(type, env, LOOSE, "datetime");
  if (classOf(type) === "temporal" || type.kind === "enum") return () => "none";
  if (classOf(type) === "string") {
    const asText = textOf(type);
    return (value) => {
      const text = asText(value);
      if (!AS_DATE.test(text)) return "none";
      const { moment, trouble, delimiter } = readMomentText(text, ANY_DATE);
      return moment === null || trouble !== null || delimiter !== null
        ? "none"
        : read(value).moment;
    };
  }
  const asNumber = doubleOf(type, env);
  return (value) => {
    const number = asNumber(value);
    const isDate =
      number >= FIRST_DATE_NUMBER && readMomentNumber(Math.trunc(number), 0, LOOSE).moment !== null;
    return isDate ? read(value).moment : "none";
  };
}

const ANY_DATE: MomentRules = { noZeroIn: false, noZeroDate: false, anyDay: true };

/** A date and time keeps its day; a TIME counts hours beyond a day, and has a sign. */
function ofTimeOfDay(unit: IntervalUnit, operand: Item, env: EvalEnv): (value: Present) => Datum {
  const read = timeReadOf(operand.type, env);
  return (value) => {
    const { micros } = read(value);
    if (micros === null) return null;
    const day =
      isTemporal(operand.type) && operand.type.kind !== "time"
        ? momentOfText(value as string).day
        : 0;
    const found = extracted(unit, { ...timeAsMoment(micros), day });
    return micros < 0 && found !== 0 ? -found : found;
  };
}

export function timeAsMoment(micros: number): Moment {
  const total = Math.abs(micros);
  const seconds = Math.floor(total / MICROS_PER_SECOND);
  return {
    year: 0,
    month: 0,
    day: 0,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    micro: total % MICROS_PER_SECOND,
  };
}

function extracted(unit: IntervalUnit, m: Moment): number {
  const clock = (m.hour * 100 + m.minute) * 100 + m.second;
  switch (unit) {
    case "microsecond":
      return m.micro;
    case "second":
      return m.second;
    case "minute":
      return m.minute;
    case "hour":
      return m.hour;
    case "day":
      return m.day;
    case "week":
      return weekOf(m, { mondayFirst: false, weekYear: false, firstWeekday: true }).week;
    case "month":
      return m.month;
    case "quarter":
      return Math.floor((m.month + 2) / 3);
    case "year":
      return m.year;
    case "year_month":
      return m.year * 100 + m.month;
    case "day_hour":
      return m.day * 100 + m.hour;
    case "day_minute":
      return (m.day * 100 + m.hour) * 100 + m.minute;
    case "day_second":
      return m.day * 1e6 + clock;
    case "hour_minute":
      return m.hour * 100 + m.minute;
    case "hour_second":
      return clock;
    case "minute_second":
      return m.minute * 100 + m.second;
    case "second_microsecond":
      return m.second * 1e6 + m.micro;
    case "minute_microsecond":
      return (m.minute * 100 + m.second) * 1e6 + m.micro;
    case "hour_microsecond":
      return clock * 1e6 + m.micro;
    case "day_microsecond":
      return (m.day * 1e6 + clock) * 1e6 + m.micro;
  }
}

export function timestampDiffItem(unit: IntervalUnit, from: Item, to: Item, env: EvalEnv): Item {
  const [readFrom, readTo] = [
    momentOf(from.type, env, WHOLE_DATES),
    momentOf(to.type, env, WHOLE_DATES),
  ];
  const compute = (start: Moment, end: Moment | null): Datum =>
    end === null ? null : difference(unit, start, end);
  return makeItem([from, to], onConverted(from, to, readFrom, readTo, compute, true), {
    type: BIGINT,
    nullable: true,
    text: () => `timestampdiff(${unit.toUpperCase()},${from.text()},${to.text()})`,
  });
}

const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const MICROS: Readonly<Record<string, number>> = {
  microsecond: 1,
  second: MICROS_PER_SECOND,
  minute: 60 * MICROS_PER_SECOND,
  hour: 3600 * MICROS_PER_SECOND,
  day: MICROS_PER_DAY,
  week: 7 * MICROS_PER_DAY,
};

/** Days first: microseconds since year 0 would not fit a double. */
export function microsBetween(start: Moment, end: Moment): number {
  const days =
    dayNumber(end.year, end.month, end.day) - dayNumber(start.year, start.month, start.day);
  return days * MICROS_PER_DAY + clockMicros(end) - clockMicros(start);
}

function exactMicros(start: Moment, end: Moment): Whole {
  const days = (m: Moment): bigint => BigInt(dayNumber(m.year, m.month, m.day));
  const between = (days(end) - days(start)) * BigInt(MICROS_PER_DAY);
  return wholeOf(between + BigInt(clockMicros(end) - clockMicros(start)));
}

function difference(unit: IntervalUnit, start: Moment, end: Moment): Whole {
  const perUnit = MONTHS[unit];
  if (unit === "microsecond") return exactMicros(start, end);
  const micros = microsBetween(start, end);
  if (perUnit === undefined) return Math.trunc(micros / (MICROS[unit] ?? 1)) + 0;
  const [early, late] = micros < 0 ? [end, start] : [start, end];
  const months = (late.year - early.year) * 12 + late.month - early.month;
  const isShort =
    late.day < early.day || (late.day === early.day && clockMicros(late) < clockMicros(early));
  const whole = Math.trunc((isShort && months > 0 ? months - 1 : months) / perUnit);
  return micros < 0 && whole !== 0 ? -whole : whole;
}
