/** The current time, and making dates out of parts and texts. MySQL: sql/item_timefunc.cc. */
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import {
  clockMicros,
  dateOfDay,
  dayNumber,
  MICROS_PER_DAY,
  MICROS_PER_SECOND,
  type Moment,
  momentOf as momentAt,
} from "../types/calendar.ts";
import { doubleOf, momentOf, type Present, textOf, timeOf } from "../types/convert.ts";
import { BIGINT, classOf, DATE, decimal, isTemporal, scaleOf, varchar } from "../types/sql_type.ts";
import {
  dateText,
  momentOfText,
  momentText,
  readMoment,
  readTime,
  timeText,
} from "../types/temporal.ts";
import { formatMoment, parseFormatted } from "./date_format.ts";
import {
  type Call,
  type FunctionDef,
  type FunctionTable,
  integerArg,
  strict,
  textArg,
} from "./function_table.ts";
import { type Item, literalItem } from "./item.ts";

export const DATE_FUNCTIONS: FunctionTable = {
  now: current((call, fsp) =>
    literalItem(call.env.ctx.nowText(fsp), { kind: "datetime", fsp }, call.text()),
  ),
  sysdate: current((call, fsp) =>
    literalItem(call.env.ctx.nowText(fsp), { kind: "datetime", fsp }, call.text()),
  ),
  utc_timestamp: current((call, fsp) =>
    literalItem(call.env.ctx.nowText(fsp), { kind: "datetime", fsp }, call.text()),
  ),
  curdate: current((call) => literalItem(call.env.ctx.nowText(0).slice(0, 10), DATE, call.text())),
  utc_date: current((call) => literalItem(call.env.ctx.nowText(0).slice(0, 10), DATE, call.text())),
  curtime: current((call, fsp) =>
    literalItem(
      clockMicros(momentOfText(call.env.ctx.nowText(fsp))),
      { kind: "time", fsp },
      call.text(),
    ),
  ),
  utc_time: current((call, fsp) =>
    literalItem(
      clockMicros(momentOfText(call.env.ctx.nowText(fsp))),
      { kind: "time", fsp },
      call.text(),
    ),
  ),
  unix_timestamp: { min: 0, max: 1, make: unixTimestamp },
  from_unixtime: strict(
    1,
    2,
    ({ args }) =>
      args.length === 2 ? varchar(64) : { kind: "datetime", fsp: scaleOf((args[0] as Item).type) },
    (call) => {
      const arg = call.args[0] as Item;
      const read = doubleOf(arg.type, call.env);
      const fsp = scaleOf(arg.type);
      const format = call.args.length === 2 ? textArg(call, 1) : null;
      return (values) => {
        const seconds = read(values[0] as Present);
        if (seconds < 0) return null;
        const moment = momentAt(UNIX_DAY, Math.round(seconds * MICROS_PER_SECOND));
        if (moment === null) return null;
        return format === null ? momentText(moment, fsp) : formatMoment(moment, format(values));
      };
    },
  ),
  date: strict(1, 1, DATE, (call) => {
    const read = momentOf((call.args[0] as Item).type, call.env);
    return ([value]) => {
      const moment = read(value as Present);
      return moment === null ? null : dateText(moment);
    };
  }),
  time: strict(
    1,
    1,
    ({ args }) => ({ kind: "time", fsp: fspOf(args[0] as Item) }),
    (call) => {
      const read = timeOf((call.args[0] as Item).type, call.env);
      return ([value]) => read(value as Present);
    },
  ),
  timestamp: strict(
    1,
    1,
    ({ args }) => ({ kind: "datetime", fsp: fspOf(args[0] as Item) }),
    (call) => {
      const arg = call.args[0] as Item;
      const read = momentOf(arg.type, call.env);
      return ([value]) => {
        const moment = read(value as Present);
        return moment === null ? null : momentText(moment, fspOf(arg));
      };
    },
  ),
  date_format: strict(2, 2, varchar(255), (call) => {
    const read = momentOf((call.args[0] as Item).type, call.env);
    const format = textArg(call, 1);
    return (values) => {
      const moment = read(values[0] as Present);
      return moment === null ? null : formatMoment(moment, format(values));
    };
  }),
  time_format: strict(2, 2, varchar(255), (call) => {
    const read = timeOf((call.args[0] as Item).type, call.env);
    const format = textArg(call, 1);
    return (values) => {
      const micros = read(values[0] as Present);
      const moment = micros === null ? null : timeMoment(micros);
      return moment === null ? null : formatMoment(moment, format(values));
    };
  }),
  str_to_date: strict(
    2,
    2,
    ({ args }) => strToDateType(args[1] as Item),
    (call) => {
      const [text, format] = [textArg(call, 0), textArg(call, 1)];
      const type = strToDateType(call.args[1] as Item);
      return (values) => {
        const moment = parseFormatted(text(values), format(values));
        if (moment === null) return null;
        if (type.kind === "time") return clockMicros(moment);
        if (type.kind === "date") return dateText(moment);
        return momentText(moment, scaleOf(type));
      };
    },
  ),
  makedate: strict(2, 2, DATE, (call) => {
    const [year, day] = [integerArg(call, 0), integerArg(call, 1)];
    return (values) => {
      const ofYear = day(values);
      const date = ofYear < 1 ? null : dateOfDay(dayNumber(year(values), 1, 1) + ofYear - 1);
      return date === null ? null : dateText({ ...MIDNIGHT, ...date });
    };
  }),
  maketime: strict(3, 3, { kind: "time", fsp: 0 }, (call) => {
    const [hour, minute, second] = [integerArg(call, 0), integerArg(call, 1), integerArg(call, 2)];
    return (values) => {
      const [h, m, s] = [hour(values), minute(values), second(values)];
      if (m < 0 || m > 59 || s < 0 || s > 59) return null;
      const seconds = (Math.abs(h) * 60 + m) * 60 + s;
      return (h < 0 ? -seconds : seconds) * MICROS_PER_SECOND;
    };
  }),
  from_days: strict(1, 1, DATE, (call) => {
    const days = integerArg(call, 0);
    return (values) => {
      const date = dateOfDay(days(values));
      return date === null ? "0000-00-00" : dateText({ ...MIDNIGHT, ...date });
    };
  }),
  sec_to_time: strict(
    1,
    1,
    ({ args }) => ({ kind: "time", fsp: scaleOf((args[0] as Item).type) }),
    (call) => {
      const read = doubleOf((call.args[0] as Item).type, call.env);
      return ([value]) => Math.round(read(value as Present) * MICROS_PER_SECOND);
    },
  ),
  last_day: strict(1, 1, DATE, (call) => {
    const read = momentOf((call.args[0] as Item).type, call.env);
    return ([value]) => {
      const m = read(value as Present);
      if (m === null || m.month === 0) return null;
      const next = m.month === 12 ? dayNumber(m.year + 1, 1, 1) : dayNumber(m.year, m.month + 1, 1);
      const date = dateOfDay(next - 1);
      return date === null ? null : dateText({ ...MIDNIGHT, ...date });
    };
  }),
  datediff: strict(2, 2, BIGINT, (call) => {
    const [a, b] = call.args.map((arg) => momentOf(arg.type, call.env));
    return ([x, y]) => {
      const [one, other] = [a?.(x as Present) ?? null, b?.(y as Present) ?? null];
      if (one === null || other === null) return null;
      return (
        dayNumber(one.year, one.month, one.day) - dayNumber(other.year, other.month, other.day)
      );
    };
  }),
  timediff: strict(2, 2, { kind: "time", fsp: 0 }, (call) => {
    const [first, second] = call.args as [Item, Item];
    const isMoment =
      [first, second].some((arg) => isTemporal(arg.type) && arg.type.kind !== "time") ||
      classOf(first.type) === "string";
    return ([x, y]) => timeDifference(call, x as Present, y as Present, isMoment);
  }),
  addtime: shiftedTime(1),
  subtime: shiftedTime(-1),
};

const UNIX_DAY = 719_528;
const MIDNIGHT: Moment = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, micro: 0 };

/** Digits of a second's fraction: a literal text shows them, another text may have all six. */
function fspOf(arg: Item): number {
  if (isTemporal(arg.type)) return scaleOf(arg.type);
  if (classOf(arg.type) !== "string") return 0;
  const value = arg.isConst && arg.eval !== null ? arg.eval() : null;
  if (typeof value !== "string") return 6;
  return Math.min(/\.(\d+)$/.exec(value)?.[1]?.length ?? 0, 6);
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

function unixTimestamp(call: Call): Item {
  const seconds = (moment: Moment): number =>
    (dayNumber(moment.year, moment.month, moment.day) - UNIX_DAY) * 86_400 +
    Math.floor(clockMicros(moment) / MICROS_PER_SECOND);
  const [arg] = call.args;
  if (arg === undefined) {
    return literalItem(seconds(momentOfText(call.env.ctx.nowText(0))), BIGINT, call.text());
  }
  const fsp = isTemporal(arg.type) ? scaleOf(arg.type) : 0;
  const read = momentOf(arg.type, call.env);
  const def = strict(1, 1, fsp > 0 ? decimal(20, fsp) : BIGINT, () => ([value]) => {
    const moment = read(value as Present);
    if (moment === null || moment.year < 1970) return 0;
    if (fsp === 0) return seconds(moment);
    return seconds(moment) * 10 ** fsp + Math.floor(moment.micro / 10 ** (6 - fsp));
  });
  return def.make(call);
}

function timeMoment(micros: number): Moment {
  const total = Math.abs(micros);
  const seconds = Math.floor(total / MICROS_PER_SECOND);
  return {
    ...MIDNIGHT,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    micro: total % MICROS_PER_SECOND,
  };
}

/** A constant format tells the type: only date parts, only clock parts, or both. */
function strToDateType(format: Item): ColumnType {
  const value = format.isConst && format.eval !== null ? format.eval() : null;
  if (typeof value !== "string") return { kind: "datetime", fsp: 6 };
  const hasClock = /%[HhIiklprSsTf]/.test(value);
  const hasDate = /%[abcDdejMmUuVvWwXxYy]/.test(value);
  if (!hasClock) return DATE;
  const fsp = value.includes("%f") ? 6 : 0;
  return hasDate ? { kind: "datetime", fsp } : { kind: "time", fsp };
}

/** '2026-01-01 10:00' is one; '10:00:00' could be read as a date, but is a time of day here. */
function isMomentText(text: string): boolean {
  return /^\s*\d+-/.test(text) && readMoment(text) !== null;
}

function timeDifference(call: Call, x: Present, y: Present, isMoment: boolean): Datum {
  const [first, second] = call.args as [Item, Item];
  const asMoments =
    isMoment &&
    [first, second].every(
      (arg, at) =>
        arg.type.kind !== "time" && isMomentText(textOf(arg.type)([x, y][at] as Present)),
    );
  if (asMoments) {
    const [a, b] = [momentOf(first.type, call.env)(x), momentOf(second.type, call.env)(y)];
    if (a === null || b === null) return null;
    const days = dayNumber(a.year, a.month, a.day) - dayNumber(b.year, b.month, b.day);
    return days * MICROS_PER_DAY + clockMicros(a) - clockMicros(b);
  }
  const [a, b] = [timeOf(first.type, call.env)(x), timeOf(second.type, call.env)(y)];
  return a === null || b === null ? null : a - b;
}

/** A time of day given as text. */
function shiftedText(text: string, micros: number): string | null {
  const read = readTime(text);
  if (read === null) return null;
  const shifted = read.value + micros;
  return timeText(shifted, shifted % MICROS_PER_SECOND === 0 ? 0 : 6);
}

function shiftedTime(sign: 1 | -1): FunctionDef {
  const typeOf = ({ args }: Call): ColumnType => {
    const { type } = args[0] as Item;
    if (type.kind === "time") return type;
    return isTemporal(type) ? { kind: "datetime", fsp: scaleOf(type) } : varchar(29);
  };
  return strict(2, 2, typeOf, (call) => {
    const [base, by] = call.args as [Item, Item];
    const result = typeOf(call);
    const amount = timeOf(by.type, call.env);
    return ([x, y]) => {
      const micros = amount(y as Present);
      if (micros === null) return null;
      if (result.kind === "time")
        return (timeOf(base.type, call.env)(x as Present) ?? 0) + sign * micros;
      const text = isTemporal(base.type) ? null : textOf(base.type)(x as Present);
      if (text !== null && !/^\s*\d{1,4}-/.test(text)) return shiftedText(text, sign * micros);
      const moment = momentOf(base.type, call.env)(x as Present);
      if (moment === null) return null;
      const days = dayNumber(moment.year, moment.month, moment.day);
      const shifted = momentAt(days, clockMicros(moment) + sign * micros);
      return shifted === null
        ? null
        : momentText(shifted, result.kind === "datetime" ? result.fsp : 0);
    };
  });
}
