/**
 * Dates and times plus and minus intervals.
 *
 * DATE stays DATE with units of whole days, TIME stays TIME with units of less than a day, all else becomes DATETIME; a
 * text or number is read as a date, and the result is a text that shows a time of day where there is one.
 *
 * MySQL: Item_date_add_interval (sql/item_timefunc.cc), date_add_interval (mysys/my_time.cc).
 */
import { DAYS_MAX, dayNumber } from "../../base/calendar.ts";
import { dateText } from "../../base/temporal_text.ts";
import type { Datum } from "../../innodb/api.ts";
import type { DateArithmetic, IntervalUnit } from "../../sql/ast_expression.ts";
import {
  addMonths,
  clockMicros,
  MICROS_PER_SECOND,
  type Moment,
  momentOf as momentAt,
} from "../types/calendar.ts";
import type { Present } from "../types/convert.ts";
import { dataProblem, type EvalEnv } from "../types/eval_env.ts";
import { type MomentRead, WHOLE_DATES } from "../types/read_moment.ts";
import { TIME_MICROS_MAX } from "../types/read_time.ts";
import { DATE, isTemporal, type SqlType, scaleOf, varchar } from "../types/sql_type.ts";
import { momentText } from "../types/temporal.ts";
import { momentReadOf, timeOf } from "../types/temporal_of.ts";
import { type Interval, intervalDigits, intervalReader } from "./interval.ts";
import { type Item, makeItem, onConverted } from "./item.ts";

const DATE_UNITS: readonly IntervalUnit[] = [
  "day",
  "week",
  "month",
  "quarter",
  "year",
  "year_month",
];
/** A TIME with one of these counts from the current date. */
const NOT_OF_A_TIME: readonly IntervalUnit[] = [
  ...DATE_UNITS,
  "day_hour",
  "day_minute",
  "day_second",
];

export function dateArithmeticItem(
  node: DateArithmetic,
  operand: Item,
  amount: Item,
  env: EvalEnv,
): Item {
  const { unit, operator } = node;
  const type = resultType(operand.type, unit, amount.type);
  const text = (): string => `(${operand.text()} ${operator} interval ${amount.text()} ${unit})`;
  const sum: Sum = { unit, sign: operator === "-" ? -1 : 1, type, text, env };
  const interval = intervalReader(unit, amount.type, env);
  const compiled =
    type.kind === "time"
      ? onConverted(operand, amount, timeOf(operand.type, env), interval, timeSum(sum), true)
      : onConverted(
          operand,
          amount,
          startReader(operand, env),
          interval,
          momentSum(sum, operand),
          true,
        );
  return makeItem([operand, amount], compiled, {
    type,
    nullable: true,
    text,
    isMomentText: !isTemporal(type),
  });
}

interface Sum {
  readonly unit: IntervalUnit;
  readonly sign: 1 | -1;
  readonly type: SqlType;
  readonly text: () => string;
  readonly env: EvalEnv;
}

function resultType(operand: SqlType, unit: IntervalUnit, amount: SqlType): SqlType {
  const digits = intervalDigits(unit, amount);
  const fsp = Math.max(scaleOf(operand), digits);
  switch (operand.kind) {
    case "datetime":
    case "timestamp":
      return { kind: "datetime", fsp };
    case "date":
      return DATE_UNITS.includes(unit) ? DATE : { kind: "datetime", fsp };
    case "time":
      return { kind: NOT_OF_A_TIME.includes(unit) ? "datetime" : "time", fsp };
    default:
      return varchar(29);
  }
}

function outOfRange(what: string, { text, env }: Sum): null {
  dataProblem(env, "ER_TEMPORAL_OUT_OF_RANGE", what, text());
  return null;
}

function timeSum(sum: Sum): (start: number, interval: Interval | null) => Datum {
  return (start, interval) => {
    if (interval === null) return null;
    const result = start + sum.sign * microsOf(interval);
    return Math.abs(result) > TIME_MICROS_MAX ? outOfRange("TIME", sum) : result;
  };
}

/** Of the parts below a month. */
function microsOf({ sign, days, hours, minutes, seconds, micros }: Interval): number {
  const whole = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  return sign * (whole * MICROS_PER_SECOND + micros);
}

/** What was read of the date; null when it is none. */
function startReader(operand: Item, env: EvalEnv): (value: Present) => Start | null {
  const read = momentReadOf(operand.type, env, WHOLE_DATES, "datetime");
  return (value) => {
    const { moment, kind } = read(value);
    return moment === null ? null : { moment, kind };
  };
}

interface Start {
  readonly moment: Moment;
  readonly kind: MomentRead["kind"];
}

function momentSum(sum: Sum, operand: Item): (start: Start, interval: Interval | null) => Datum {
  const { env, type, unit } = sum;
  const isDate = type.kind === "date";
  return (start, interval) => {
    if (interval === null) return isDate ? null : outOfRange("DATETIME", sum);
    const result = shifted(start.moment, unit, interval, sum.sign);
    if (result === null) {
      if (isDate) return outOfRange("DATE", sum);
      dataProblem(env, "ER_DATETIME_FUNCTION_OVERFLOW", "datetime");
      return null;
    }
    if (isDate) return dateText(result);
    if (isTemporal(type)) return momentText(result, scaleOf(type));
    return shownMoment(result, start, operand, unit);
  };
}

function shownMoment(result: Moment, start: Start, operand: Item, unit: IntervalUnit): string {
  const hasClock = start.kind === "datetime" || operand.isMomentText === true;
  if (!hasClock && DATE_UNITS.includes(unit)) return dateText(result);
  return momentText(result, result.micro !== 0 ? 6 : 0);
}

/** Null outside the calendar. */
function shifted(
  moment: Moment,
  unit: IntervalUnit,
  interval: Interval,
  direction: 1 | -1,
): Moment | null {
  const sign = direction * interval.sign;
  if (unit === "year") return yearsLater(moment, sign * interval.years);
  if (unit === "month" || unit === "quarter" || unit === "year_month") {
    return addMonths(moment, sign * (interval.years * 12 + interval.months));
  }
  const { days, hours, minutes, seconds } = interval;
  const isHuge =
    days > DAYS_MAX ||
    hours > DAYS_MAX * 24 ||
    minutes > DAYS_MAX * 1440 ||
    seconds > DAYS_MAX * SECONDS_PER_DAY;
  if (isHuge) return null;
  const start = dayNumber(moment.year, moment.month, moment.day);
  const all = (hours * 60 + minutes) * 60 + seconds + Math.floor(interval.micros / 1e6);
  const wholeDays = days + Math.floor(all / SECONDS_PER_DAY);
  const rest = (all % SECONDS_PER_DAY) * MICROS_PER_SECOND + (interval.micros % 1e6);
  return momentAt(start + sign * wholeDays, clockMicros(moment) + sign * rest);
}

const SECONDS_PER_DAY = 86_400;

function yearsLater(moment: Moment, years: number): Moment | null {
  const year = moment.year + years;
  return year < 0 || year > 9999 ? null : addMonths(moment, years * 12);
}
