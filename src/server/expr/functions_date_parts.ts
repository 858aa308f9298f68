/** Parts of dates: YEAR, MONTH, DAYNAME, WEEK, TO_DAYS and so on. MySQL: sql/item_timefunc.cc. */
import { dayNumber } from "../../base/calendar.ts";
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import { mysqlError } from "../errors.ts";
import { MICROS_PER_SECOND, type Moment, weekday, weekOf } from "../types/calendar.ts";
import type { Present } from "../types/convert.ts";
import { LOOSE, type MomentRules, WHOLE_DATES } from "../types/read_moment.ts";
import { BIGINT, COMPUTED_YEAR, varchar, whole } from "../types/sql_type.ts";
import { momentOf, timeOf } from "../types/temporal_of.ts";
import { DAY_NAMES, MONTH_NAMES } from "./date_format.ts";
import {
  type FunctionDef,
  type FunctionTable,
  integerArg,
  onlyOfNull,
  strict,
} from "./function_table.ts";
import type { Item } from "./item.ts";

/** A part that is written in the value: zeros and days beyond the month's end pass. */
const WRITTEN: MomentRules = { ...LOOSE, anyDayNumber: true, smallNumbers: true };

export const DATE_PART_FUNCTIONS: FunctionTable = {
  year: ofMoment(COMPUTED_YEAR, WRITTEN, (m) => m.year),
  month: ofMoment(whole(3), WRITTEN, (m) => m.month),
  day: ofMoment(whole(3), WRITTEN, (m) => m.day),
  dayofmonth: ofMoment(whole(3), WRITTEN, (m) => m.day),
  quarter: ofMoment(whole(2), WRITTEN, (m) => Math.floor((m.month + 2) / 3)),
  monthname: ofMoment(varchar(9), WRITTEN, (m) => MONTH_NAMES[m.month - 1] ?? null),
  dayofweek: ofMoment(whole(2), WHOLE_DATES, (m) => ((weekday(daysOf(m)) + 1) % 7) + 1),
  weekday: ofMoment(whole(2), WHOLE_DATES, (m) => weekday(daysOf(m))),
  dayofyear: ofMoment(whole(4), WHOLE_DATES, (m) => daysOf(m) - dayNumber(m.year, 1, 1) + 1),
  dayname: ofMoment(varchar(9), WHOLE_DATES, (m) => DAY_NAMES[weekday(daysOf(m))] ?? null),
  to_days: ofMoment(whole(8), { ...WHOLE_DATES, anyDayNumber: true }, daysOf),
  to_seconds: strict(1, 1, BIGINT, (call) => {
    const read = momentOf((call.args[0] as Item).type, call.env, WHOLE_DATES);
    return ([value]) => {
      const m = read(value as Present);
      return m === null ? null : daysOf(m) * 86_400 + (m.hour * 60 + m.minute) * 60 + m.second;
    };
  }),
  weekofyear: ofMoment(whole(3), WHOLE_DATES, (m) => weekOf(m, weekMode(3)).week),
  week: withMode(whole(3), null, (m, mode) => weekOf(m, weekMode(mode)).week),
  yearweek: withMode(whole(7), 0, (m, mode) => {
    const ofYear = mode < 0 ? weekMode(mode) : { ...weekMode(mode), weekYear: true };
    const { week, year } = weekOf(m, ofYear);
    return year * 100 + week;
  }),
  hour: ofTime(whole(4), (micros) => Math.floor(micros / (3600 * MICROS_PER_SECOND))),
  minute: ofTime(whole(3), (micros) => Math.floor(micros / (60 * MICROS_PER_SECOND)) % 60),
  second: ofTime(whole(3), (micros) => Math.floor(micros / MICROS_PER_SECOND) % 60),
  microsecond: ofTime(BIGINT, (micros) => micros % MICROS_PER_SECOND),
  time_to_sec: strict(1, 1, whole(10), (call) => {
    const read = timeOf((call.args[0] as Item).type, call.env);
    return ([value]) => {
      const micros = read(value as Present);
      return micros === null ? null : Math.trunc(micros / MICROS_PER_SECOND) + 0;
    };
  }),
  period_add: onlyOfNull(
    strict(2, 2, BIGINT, (call) => {
      const [period, months] = [integerArg(call, 0), integerArg(call, 1)];
      return (values) =>
        periodOf(monthsOf(checkedPeriod(period(values), call.name)) + months(values));
    }),
  ),
  period_diff: onlyOfNull(
    strict(2, 2, BIGINT, (call) => {
      const [a, b] = [integerArg(call, 0), integerArg(call, 1)];
      return (values) => {
        const [one, other] = [a(values), b(values)];
        return monthsOf(checkedPeriod(one, call.name)) - monthsOf(checkedPeriod(other, call.name));
      };
    }),
  ),
};

function daysOf(moment: Moment): number {
  return dayNumber(moment.year, moment.month, moment.day);
}

/** MySQL: valid_period. */
function checkedPeriod(period: number, name: string): number {
  const month = period % 100;
  if (period <= 0 || month < 1 || month > 12) throw mysqlError("ER_WRONG_ARGUMENTS", name);
  return period;
}

function ofMoment(
  type: ColumnType,
  rules: MomentRules,
  part: (moment: Moment) => Datum,
): FunctionDef {
  return strict(1, 1, type, (call) => {
    const read = momentOf((call.args[0] as Item).type, call.env, rules, "date");
    return ([value]) => {
      const moment = read(value as Present);
      return moment === null ? null : part(moment);
    };
  });
}

function ofTime(type: ColumnType, part: (micros: number) => number): FunctionDef {
  return strict(1, 1, type, (call) => {
    const read = timeOf((call.args[0] as Item).type, call.env);
    return ([value]) => {
      const micros = read(value as Present);
      return micros === null ? null : part(Math.abs(micros));
    };
  });
}

/** `given`: the mode of a call without one; null for default_week_format. */
function withMode(
  type: ColumnType,
  given: number | null,
  part: (moment: Moment, mode: number) => number,
): FunctionDef {
  return strict(1, 2, type, (call) => {
    const usualMode =
      given ?? Number(call.env.ctx.systemVariable("session", "default_week_format"));
    const read = momentOf((call.args[0] as Item).type, call.env, WHOLE_DATES, "date");
    const mode = call.args.length === 2 ? integerArg(call, 1) : () => usualMode;
    return (values) => {
      const moment = read(values[0] as Present);
      return moment === null ? null : part(moment, mode(values));
    };
  });
}

/** MySQL: week_mode; a negative mode counts as 0. */
function weekMode(mode: number): Parameters<typeof weekOf>[1] {
  const bits = mode < 0 ? 0 : mode & 7;
  const mondayFirst = (bits & 1) !== 0;
  return {
    mondayFirst,
    weekYear: (bits & 2) !== 0,
    firstWeekday: mondayFirst ? (bits & 4) !== 0 : (bits & 4) === 0,
  };
}

function monthsOf(period: number): number {
  const year = Math.floor(period / 100);
  const full = year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;
  return full * 12 + (period % 100) - 1;
}

function periodOf(months: number): number {
  return Math.floor(months / 12) * 100 + (months % 12) + 1;
}
