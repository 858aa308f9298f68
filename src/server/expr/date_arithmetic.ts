/**
 * Dates plus and minus intervals, EXTRACT and TIMESTAMPDIFF.
 *
 * MySQL: Item_date_add_interval, get_interval_value, date_add_interval, Item_extract, Item_func_timestamp_diff.
 */
import type { Datum } from "../../innodb/api.ts";
import type { DateArithmetic, IntervalUnit } from "../../sql/ast_expression.ts";
import type { ColumnType } from "../../trace/values.ts";
import { mysqlWarning } from "../errors.ts";
import {
  addMonths,
  clockMicros,
  dayNumber,
  MICROS_PER_DAY,
  MICROS_PER_SECOND,
  type Moment,
  momentOf as momentAt,
  weekOf,
} from "../types/calendar.ts";
import { momentOf, type Present, textOf } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { BIGINT, DATE, isTemporal, scaleOf, varchar } from "../types/sql_type.ts";
import { dateText, momentText, readMoment } from "../types/temporal.ts";
import { type Item, makeItem, onPair, onValue } from "./item.ts";

interface Interval {
  readonly months: number;
  readonly micros: number;
}

/** Units of two parts name them in order; a value '1:30' of minute_second is read by its runs of digits. */
const UNIT_MICROS: Readonly<Record<string, number>> = {
  microsecond: 1,
  second: MICROS_PER_SECOND,
  minute: 60 * MICROS_PER_SECOND,
  hour: 3600 * MICROS_PER_SECOND,
  day: MICROS_PER_DAY,
  week: 7 * MICROS_PER_DAY,
};
const UNIT_MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };
const COMPOUND: Readonly<Record<string, readonly string[]>> = {
  second_microsecond: ["second", "microsecond"],
  minute_microsecond: ["minute", "second", "microsecond"],
  minute_second: ["minute", "second"],
  hour_microsecond: ["hour", "minute", "second", "microsecond"],
  hour_second: ["hour", "minute", "second"],
  hour_minute: ["hour", "minute"],
  day_microsecond: ["day", "hour", "minute", "second", "microsecond"],
  day_second: ["day", "hour", "minute", "second"],
  day_minute: ["day", "hour", "minute"],
  day_hour: ["day", "hour"],
  year_month: ["year", "month"],
};

export function dateArithmeticItem(
  node: DateArithmetic,
  operand: Item,
  amount: Item,
  env: EvalEnv,
): Item {
  const { unit } = node;
  const sign = node.operator === "-" ? -1 : 1;
  const keepsDate = !/microsecond|second|minute|hour/.test(unit);
  const fsp = Math.max(scaleOf(operand.type), unit.includes("microsecond") ? 6 : 0);
  const isText = !isTemporal(operand.type);
  const type: ColumnType = isText
    ? varchar(29)
    : operand.type.kind === "date" && keepsDate
      ? DATE
      : { kind: "datetime", fsp };
  const read = momentOf(operand.type, env);
  const asText = textOf(operand.type);
  const amountText = textOf(amount.type);
  const isFraction = unit === "second" && scaleOf(amount.type) > 0;
  const compute = (value: Present, by: Present): Datum => {
    const moment = read(value);
    if (moment === null) return null;
    const result = shifted(moment, intervalOf(unit, amountText(by), sign));
    if (result === null) {
      env.ctx.warn(mysqlWarning("Warning", "ER_DATETIME_FUNCTION_OVERFLOW", "datetime"));
      return null;
    }
    if (type.kind === "date") return dateText(result);
    if (!isText) return momentText(result, fsp);
    const hasClock = readMoment(asText(value))?.hasClock ?? false;
    if (keepsDate && !hasClock) return dateText(result);
    return momentText(result, result.micro !== 0 || isFraction ? 6 : 0);
  };
  return makeItem([operand, amount], onPair(operand, amount, compute), {
    type,
    nullable: true,
    text: () => `(${operand.text()} ${node.operator} interval ${amount.text()} ${unit})`,
  });
}

/** MySQL: get_interval_value. */
function intervalOf(unit: IntervalUnit, amount: string, sign: number): Interval {
  const parts = COMPOUND[unit];
  if (parts === undefined) {
    const isWhole = unit !== "second";
    const number = isWhole
      ? Math.round(Number.parseFloat(amount) || 0)
      : Number.parseFloat(amount) || 0;
    const months = UNIT_MONTHS[unit];
    if (months !== undefined) return { months: sign * number * months, micros: 0 };
    return { months: 0, micros: Math.round(sign * number * (UNIT_MICROS[unit] ?? 1)) };
  }
  const isNegative = amount.trim().startsWith("-");
  const numbers = (amount.match(/\d+/g) ?? []).map(Number);
  const used = parts.slice(-numbers.length || parts.length);
  const direction = isNegative ? -sign : sign;
  let [months, micros] = [0, 0];
  for (const [at, part] of used.entries()) {
    const number = direction * (numbers[at] ?? 0);
    const perUnit = UNIT_MONTHS[part];
    if (perUnit !== undefined) months += number * perUnit;
    else micros += number * (UNIT_MICROS[part] ?? 0);
  }
  return { months, micros };
}

function shifted(moment: Moment, interval: Interval): Moment | null {
  if (moment.month === 0 || moment.day === 0) return null;
  const later = interval.months === 0 ? moment : addMonths(moment, interval.months);
  if (later === null || interval.micros === 0) return later;
  const days = dayNumber(later.year, later.month, later.day);
  return momentAt(days, clockMicros(later) + interval.micros);
}

export function extractItem(unit: IntervalUnit, operand: Item, env: EvalEnv): Item {
  const read = momentOf(operand.type, env);
  const isTime = operand.type.kind === "time";
  const compute = (value: Present): Datum => {
    if (isTime) return extracted(unit, timeAsMoment(Number(value)), Number(value) < 0);
    const moment = read(value);
    return moment === null ? null : extracted(unit, moment, false);
  };
  return makeItem([operand], onValue(operand, compute), {
    type: BIGINT,
    nullable: true,
    text: () => `extract(${unit} from ${operand.text()})`,
  });
}

function timeAsMoment(micros: number): Moment {
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

function extracted(unit: IntervalUnit, m: Moment, isNegative: boolean): number {
  const parts: Readonly<Record<string, () => number>> = {
    microsecond: () => m.micro,
    second: () => m.second,
    minute: () => m.minute,
    hour: () => m.hour,
    day: () => m.day,
    month: () => m.month,
    year: () => m.year,
    quarter: () => Math.floor((m.month + 2) / 3),
    week: () => weekOf(m, { mondayFirst: false, weekYear: false, firstWeekday: true }).week,
    year_month: () => m.year * 100 + m.month,
    day_hour: () => m.day * 100 + m.hour,
    day_minute: () => (m.day * 100 + m.hour) * 100 + m.minute,
    day_second: () => ((m.day * 100 + m.hour) * 100 + m.minute) * 100 + m.second,
    hour_minute: () => m.hour * 100 + m.minute,
    hour_second: () => (m.hour * 100 + m.minute) * 100 + m.second,
    minute_second: () => m.minute * 100 + m.second,
    second_microsecond: () => m.second * 1e6 + m.micro,
    minute_microsecond: () => (m.minute * 100 + m.second) * 1e6 + m.micro,
    hour_microsecond: () => ((m.hour * 100 + m.minute) * 100 + m.second) * 1e6 + m.micro,
    day_microsecond: () =>
      (((m.day * 100 + m.hour) * 100 + m.minute) * 100 + m.second) * 1e6 + m.micro,
  };
  const value = parts[unit]?.() ?? 0;
  return isNegative && value !== 0 ? -value : value;
}

export function timestampDiffItem(unit: IntervalUnit, from: Item, to: Item, env: EvalEnv): Item {
  const [readFrom, readTo] = [momentOf(from.type, env), momentOf(to.type, env)];
  const compute = (a: Present, b: Present): Datum => {
    const [start, end] = [readFrom(a), readTo(b)];
    return start === null || end === null ? null : difference(unit, start, end);
  };
  return makeItem([from, to], onPair(from, to, compute), {
    type: BIGINT,
    nullable: true,
    text: () => `timestampdiff(${unit},${from.text()},${to.text()})`,
  });
}

/** Days first: microseconds since year 0 would not fit a double. */
function microsBetween(start: Moment, end: Moment): number {
  const days =
    dayNumber(end.year, end.month, end.day) - dayNumber(start.year, start.month, start.day);
  return days * MICROS_PER_DAY + clockMicros(end) - clockMicros(start);
}

function difference(unit: IntervalUnit, start: Moment, end: Moment): number {
  const perUnit = UNIT_MONTHS[unit];
  const micros = microsBetween(start, end);
  if (perUnit === undefined) return Math.trunc(micros / (UNIT_MICROS[unit] ?? 1)) + 0;
  const [early, late] = micros < 0 ? [end, start] : [start, end];
  let months = (late.year - early.year) * 12 + late.month - early.month;
  const isShort =
    late.day < early.day || (late.day === early.day && clockMicros(late) < clockMicros(early));
  if (isShort && months > 0) months -= 1;
  const whole = Math.trunc(months / perUnit);
  return micros < 0 && whole !== 0 ? -whole : whole;
}
