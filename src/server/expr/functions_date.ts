/** The current time, and making dates out of parts, numbers and texts. MySQL: sql/item_timefunc.cc. */
import { DAYS_MAX, dateOfDay, dayNumber, daysInMonth } from "../../base/calendar.ts";
import { dateText } from "../../base/temporal_text.ts";
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import {
  clockMicros,
  MICROS_PER_SECOND,
  type Moment,
  momentOf as momentAt,
} from "../types/calendar.ts";
import { decimalOf, type Present, textOf } from "../types/convert.ts";
import { dataProblem } from "../types/eval_env.ts";
import { fullYear, LOOSE, WHOLE_DATES } from "../types/read_moment.ts";
import {
  BIGINT,
  DATE,
  decimal,
  fractionDigits,
  scaleOf,
  varchar,
  whole,
} from "../types/sql_type.ts";
import { momentOfText, momentText } from "../types/temporal.ts";
import { momentOf } from "../types/temporal_of.ts";
import { formatMoment } from "./date_format.ts";
import {
  type Call,
  castNamed,
  type FunctionDef,
  type FunctionTable,
  integerArg,
  ofPair,
  onlyOfNull,
  strict,
  textArg,
} from "./function_table.ts";
import { type Item, literalItem } from "./item.ts";
import { readFormatted, timeOfFormatted } from "./str_to_date.ts";
import { formattedType } from "./text_types.ts";
import { momentDigits } from "./time_either.ts";

export const DATE_FUNCTIONS: FunctionTable = {
  now: current(momentNow),
  sysdate: current(momentNow),
  utc_timestamp: current(momentNow),
  curdate: current((call) => literalItem(call.env.ctx.nowText(0).slice(0, 10), DATE, call.text())),
  utc_date: current((call) => literalItem(call.env.ctx.nowText(0).slice(0, 10), DATE, call.text())),
  curtime: current(timeNow),
  utc_time: current(timeNow),
  unix_timestamp: { min: 0, max: 1, make: unixTimestamp },
  from_unixtime: strict(1, 2, fromUnixType, fromUnixTime),
  date: castNamed(
    "date",
    strict(1, 1, DATE, (call) => {
      const read = momentOf((call.args[0] as Item).type, call.env, WHOLE_DATES, "date");
      return ([value]) => {
        const moment = read(value as Present);
        return moment === null ? null : dateText(moment);
      };
    }),
  ),
  date_format: strict(2, 2, formattedType, (call) => {
    const read = momentOf((call.args[0] as Item).type, call.env);
    const format = textArg(call, 1);
    return (values) => {
      const moment = read(values[0] as Present);
      const wanted = format(values);
      return moment === null || wanted === "" ? null : formatMoment(moment, wanted);
    };
  }),
  str_to_date: strict(2, 2, ({ args }) => strToDateType(args[1] as Item), strToDate),
  makedate: strict(2, 2, DATE, (call) => {
    const [year, day] = [integerArg(call, 0), integerArg(call, 1)];
    return (values) => {
      const ofYear = day(values);
      const given = year(values);
      if (given < 0 || given > 9999 || ofYear < 1 || ofYear > DAYS_MAX) return null;
      const full = given < 100 ? fullYear(given) : given;
      return dayText(dayNumber(full, 1, 1) + ofYear - 1);
    };
  }),
  from_days: strict(1, 1, DATE, (call) => {
    const days = integerArg(call, 0);
    return (values) => {
      const found = dayText(days(values));
      if (found === null) dataProblem(call.env, "ER_TEMPORAL_OUT_OF_RANGE", "DATE", call.text());
      return found;
    };
  }),
  last_day: strict(1, 1, DATE, (call) => {
    const read = momentOf(
      (call.args[0] as Item).type,
      call.env,
      { ...LOOSE, anyDayNumber: true, smallNumbers: true },
      "date",
    );
    return ([value]) => {
      const m = read(value as Present);
      if (m === null) return null;
      if (m.month !== 0) return dateText({ ...m, day: daysInMonth(m.year, m.month) });
      dataProblem(call.env, "ER_TRUNCATED_WRONG_VALUE", "date", dateText(m));
      return null;
    };
  }),
  datediff: ofPair<Moment, Moment>(
    () => whole(9),
    ({ args, env }) => {
      const [a, b] = args as [Item, Item];
      return {
        first: momentOf(a.type, env, WHOLE_DATES, "date"),
        second: momentOf(b.type, env, WHOLE_DATES, "date"),
        combine: (one, other) => dayOf(one) - dayOf(other),
      };
    },
  ),
  convert_tz: strict(
    3,
    3,
    ({ args }) => ({ kind: "datetime", fsp: momentDigits(args[0] as Item) }),
    convertTimeZone,
  ),
  get_format: strict(2, 2, varchar(17), (call) => {
    const [type, standard] = [textArg(call, 0), textArg(call, 1)];
    return (values) => FORMATS[type(values)]?.[standard(values).toLowerCase()] ?? null;
  }),
};

const UNIX_DAY = 719_528;
/** 3001-01-18 23:59:59. */
const UNIX_SECONDS_MAX = 32_536_771_199;
const MIDNIGHT: Moment = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, micro: 0 };

/** What GET_FORMAT gives for each type and each standard. */
const FORMATS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  date: {
    usa: "%m.%d.%Y",
    jis: "%Y-%m-%d",
    iso: "%Y-%m-%d",
    eur: "%d.%m.%Y",
    internal: "%Y%m%d",
  },
  time: {
    usa: "%h:%i:%s %p",
    jis: "%H:%i:%s",
    iso: "%H:%i:%s",
    eur: "%H.%i.%s",
    internal: "%H%i%s",
  },
  datetime: {
    usa: "%Y-%m-%d %H.%i.%s",
    jis: "%Y-%m-%d %H:%i:%s",
    iso: "%Y-%m-%d %H:%i:%s",
    eur: "%Y-%m-%d %H.%i.%s",
    internal: "%Y%m%d%H%i%s",
  },
};

function dayOf(moment: Moment): number {
  return dayNumber(moment.year, moment.month, moment.day);
}

function dayText(days: number): string | null {
  const date = dateOfDay(days);
  return date === null ? null : dateText({ ...MIDNIGHT, ...date });
}

/** NOW(fsp) and its relatives: the same all through the statement. */
function current(make: (call: Call, fsp: number) => Item): FunctionDef {
  return {
    min: 0,
    max: 1,
    make: (call) => {
      const arg = call.args[0];
      const fsp = arg?.eval === undefined || arg.eval === null ? 0 : Number(arg.eval());
      return make(call, fsp);
    },
  };
}

function momentNow(call: Call, fsp: number): Item {
  return literalItem(call.env.ctx.nowText(fsp), { kind: "datetime", fsp }, call.text());
}

function timeNow(call: Call, fsp: number): Item {
  const micros = clockMicros(momentOfText(call.env.ctx.nowText(fsp)));
  return literalItem(micros, { kind: "time", fsp }, call.text());
}

function unixSeconds(moment: Moment): number {
  return (dayOf(moment) - UNIX_DAY) * 86_400 + Math.floor(clockMicros(moment) / MICROS_PER_SECOND);
}

/** 0 for what is no date, or none that it can count. */
function unixTimestamp(call: Call): Item {
  const [arg] = call.args;
  if (arg === undefined) {
    const now = momentOfText(call.env.ctx.nowText(0));
    return literalItem(unixSeconds(now), BIGINT, call.text());
  }
  const fsp = momentDigits(arg);
  const read = momentOf(arg.type, call.env, { ...LOOSE, anyDayNumber: true });
  const def = strict(1, 1, fsp > 0 ? decimal(11 + fsp, fsp) : BIGINT, () => ([value]) => {
    const moment = read(value as Present);
    if (moment === null || moment.year < 1970 || moment.month === 0 || moment.day === 0) return 0;
    const seconds = unixSeconds(moment);
    if (seconds > UNIX_SECONDS_MAX || seconds < 1) return 0;
    return seconds * 10 ** fsp + Math.floor(moment.micro / 10 ** (6 - fsp));
  });
  return onlyOfNull(def).make(call);
}

function fromUnixType(call: Call): ColumnType {
  const { args } = call;
  if (args.length === 2) return formattedType(call);
  return { kind: "datetime", fsp: Math.min(fractionDigits((args[0] as Item).type), 6) };
}

function fromUnixTime(call: Call): (values: readonly Present[]) => Datum {
  const arg = call.args[0] as Item;
  const fsp = Math.min(fractionDigits(arg.type), 6);
  const exact = fsp === 0 ? null : decimalOf(arg.type, 9, call.env);
  const whole = integerArg(call, 0);
  const format = call.args.length === 2 ? textArg(call, 1) : null;
  return (values) => {
    const nanos = exact === null ? 0n : BigInt(exact(values[0] as Present));
    const seconds = exact === null ? whole(values) : Number(nanos / 1_000_000_000n);
    if (seconds < 0 || nanos < 0n || seconds > UNIX_SECONDS_MAX) return null;
    const micros = exact === null ? 0 : Math.round(Number(nanos % 1_000_000_000n) / 1000);
    const moment = momentAt(UNIX_DAY, seconds * MICROS_PER_SECOND + micros);
    if (moment === null) return null;
    return format === null ? momentText(moment, fsp) : formatMoment(moment, format(values));
  };
}

/** A constant format tells the type: only date parts, only clock parts, or both. */
function strToDateType(format: Item) {
  const value = format.isConst && format.eval !== null ? format.eval() : null;
  if (value === null) return { kind: "datetime", fsp: 6 } as const;
  const text = textOf(format.type)(value);
  const codes = new Set([...text.matchAll(/%(.)/gsu)].map((match) => match[1] as string));
  const uses = (wanted: string): boolean => [...wanted].some((code) => codes.has(code));
  const fsp = codes.has("f") ? 6 : 0;
  if (!uses("HISThiklrsf")) return DATE;
  return uses("MVUXYWabcjmvuxyw")
    ? ({ kind: "datetime", fsp } as const)
    : ({ kind: "time", fsp } as const);
}

function strToDate(call: Call): (values: readonly Present[]) => Datum {
  const [text, format] = [textArg(call, 0), textArg(call, 1)];
  const type = strToDateType(call.args[1] as Item);
  const { env } = call;
  return (values) => {
    const given = text(values);
    const read = readFormatted(given, format(values), type.kind === "time");
    if (read.moment === null) {
      dataProblem(env, "ER_WRONG_VALUE_FOR_TYPE", read.failedIn, given, "str_to_date");
      return null;
    }
    if (read.hasRest) dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", type.kind, given);
    if (type.kind === "time") return timeOfFormatted(read.moment);
    return type.kind === "date" ? dateText(read.moment) : momentText(read.moment, scaleOf(type));
  };
}

/** Offsets, and SYSTEM, which is UTC here; other zones have no tables loaded. */
function zoneMinutes(name: string): number | null {
  if (name.toUpperCase() === "SYSTEM") return 0;
  const match = /^([+-])(\d{1,2}):(\d\d)$/.exec(name);
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  const signed = match[1] === "-" ? -minutes : minutes;
  return Number(match[3]) > 59 || signed > 14 * 60 || signed < -(13 * 60 + 59) ? null : signed;
}

function convertTimeZone(call: Call): (values: readonly Present[]) => Datum {
  const arg = call.args[0] as Item;
  const fsp = momentDigits(arg);
  const read = momentOf(arg.type, call.env, WHOLE_DATES);
  const [from, to] = [textArg(call, 1), textArg(call, 2)];
  return (values) => {
    const [before, after] = [zoneMinutes(from(values)), zoneMinutes(to(values))];
    if (before === null || after === null) return null;
    const moment = read(values[0] as Present);
    if (moment === null) return null;
    const seconds = unixSeconds(moment) - before * 60;
    const isCounted = seconds >= 1 && seconds <= UNIX_SECONDS_MAX;
    const micros = clockMicros(moment) + (after - before) * 60 * MICROS_PER_SECOND;
    const moved = isCounted ? momentAt(dayOf(moment), micros) : moment;
    return moved === null ? null : momentText(moved, fsp);
  };
}
