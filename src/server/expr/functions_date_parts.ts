/** Parts of dates: YEAR, MONTH, DAYNAME, WEEK, TO_DAYS and so on. MySQL: sql/item_timefunc.cc. */
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import { dayNumber, MICROS_PER_SECOND, type Moment, weekday, weekOf } from "../types/calendar.ts";
import { momentOf, type Present, timeOf } from "../types/convert.ts";
import { BIGINT, INT, varchar } from "../types/sql_type.ts";
import { DAY_NAMES, MONTH_NAMES } from "./date_format.ts";
import { type FunctionDef, type FunctionTable, integerArg, strict } from "./function_table.ts";
import type { Item } from "./item.ts";

export const DATE_PART_FUNCTIONS: FunctionTable = {
  year: ofMoment(INT, (m) => m.year),
  month: ofMoment(INT, (m) => m.month),
  day: ofMoment(INT, (m) => m.day),
  dayofmonth: ofMoment(INT, (m) => m.day),
  quarter: ofMoment(INT, (m) => Math.floor((m.month + 2) / 3)),
  dayofweek: ofMoment(INT, (m) => ((weekday(daysOf(m)) + 1) % 7) + 1),
  weekday: ofMoment(INT, (m) => weekday(daysOf(m))),
  dayofyear: ofMoment(INT, (m) => daysOf(m) - dayNumber(m.year, 1, 1) + 1),
  dayname: ofMoment(varchar(9), (m) => DAY_NAMES[weekday(daysOf(m))] ?? null),
  monthname: ofMoment(varchar(9), (m) => MONTH_NAMES[m.month - 1] ?? null),
  to_days: ofMoment(BIGINT, daysOf),
  to_seconds: ofMoment(
    BIGINT,
    (m) => daysOf(m) * 86_400 + (m.hour * 60 + m.minute) * 60 + m.second,
  ),
  weekofyear: ofMoment(INT, (m) => weekOf(m, weekMode(3)).week),
  week: withMode((m, mode) => weekOf(m, weekMode(mode)).week),
  yearweek: withMode((m, mode) => {
    const { week, year } = weekOf(m, { ...weekMode(mode), weekYear: true });
    return year * 100 + week;
  }),
  hour: ofTime((micros) => Math.floor(micros / (3600 * MICROS_PER_SECOND))),
  minute: ofTime((micros) => Math.floor(micros / (60 * MICROS_PER_SECOND)) % 60),
  second: ofTime((micros) => Math.floor(micros / MICROS_PER_SECOND) % 60),
  microsecond: ofTime((micros) => micros % MICROS_PER_SECOND),
  time_to_sec: strict(1, 1, BIGINT, (call) => {
    const read = timeOf((call.args[0] as Item).type, call.env);
    return ([value]) => {
      const micros = read(value as Present);
      return micros === null ? null : Math.trunc(micros / MICROS_PER_SECOND) + 0;
    };
  }),
  period_add: strict(2, 2, BIGINT, (call) => {
    const [period, months] = [integerArg(call, 0), integerArg(call, 1)];
    return (values) => periodOf(monthsOf(period(values)) + months(values));
  }),
  period_diff: strict(2, 2, BIGINT, (call) => {
    const [a, b] = [integerArg(call, 0), integerArg(call, 1)];
    return (values) => monthsOf(a(values)) - monthsOf(b(values));
  }),
};

function daysOf(moment: Moment): number {
  return dayNumber(moment.year, moment.month, moment.day);
}

function ofMoment(type: ColumnType, part: (moment: Moment) => Datum): FunctionDef {
  return strict(1, 1, type, (call) => {
    const read = momentOf((call.args[0] as Item).type, call.env);
    return ([value]) => {
      const moment = read(value as Present);
      return moment === null ? null : part(moment);
    };
  });
}

function ofTime(part: (micros: number) => number): FunctionDef {
  return strict(1, 1, INT, (call) => {
    const read = timeOf((call.args[0] as Item).type, call.env);
    return ([value]) => {
      const micros = read(value as Present);
      return micros === null ? null : part(Math.abs(micros));
    };
  });
}

function withMode(part: (moment: Moment, mode: number) => number): FunctionDef {
  return strict(1, 2, INT, (call) => {
    const read = momentOf((call.args[0] as Item).type, call.env);
    const mode = call.args.length === 2 ? integerArg(call, 1) : () => 0;
    return (values) => {
      const moment = read(values[0] as Present);
      return moment === null ? null : part(moment, mode(values));
    };
  });
}

/** MySQL: week_mode. */
function weekMode(mode: number): Parameters<typeof weekOf>[1] {
  const bits = mode & 7;
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
