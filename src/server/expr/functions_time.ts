/** Times of day: making them, adding and subtracting them. MySQL: sql/item_timefunc.cc. */
import { dayNumber } from "../../base/calendar.ts";
import { decimalText } from "../../base/decimal_text.ts";
import { maxOf } from "../../base/lists.ts";
import { timeText, two } from "../../base/temporal_text.ts";
import type { Datum } from "../../innodb/api.ts";
import type { ColumnType } from "../../trace/values.ts";
import {
  clockMicros,
  MICROS_PER_SECOND,
  type Moment,
  momentOf as momentAt,
} from "../types/calendar.ts";
import { decimalOf, type Present } from "../types/convert.ts";

import { dataProblem, type EvalEnv } from "../types/eval_env.ts";
import { LOOSE, type MomentRules } from "../types/read_moment.ts";
import { TIME_MICROS_MAX } from "../types/read_time.ts";
import { fractionDigits, isTemporal, type SqlType, scaleOf, varchar } from "../types/sql_type.ts";
import { momentText, roundMicros } from "../types/temporal.ts";
import { momentOf, timeOf } from "../types/temporal_of.ts";
import { microsBetween, timeAsMoment } from "./date_difference.ts";
import { formatTime } from "./date_format.ts";
import {
  type Call,
  castNamed,
  type FunctionDef,
  type FunctionTable,
  integerArg,
  ofPair,
  type Pair,
  strict,
  textArg,
} from "./function_table.ts";
import type { Item } from "./item.ts";
import { formattedType } from "./text_types.ts";
import { type Either, eitherOf, momentDigits, timeDigits } from "./time_either.ts";

export const TIME_FUNCTIONS: FunctionTable = {
  time: castNamed(
    "time",
    strict(
      1,
      1,
      ({ args }) => ({ kind: "time", fsp: timeDigits(args[0] as Item) }),
      (call) => {
        const read = timeOf((call.args[0] as Item).type, call.env);
        return ([value]) => read(value as Present);
      },
    ),
  ),
  time_format: strict(2, 2, formattedType, (call) => {
    const read = timeOf((call.args[0] as Item).type, call.env);
    const format = textArg(call, 1);
    return (values) => {
      const micros = read(values[0] as Present);
      const wanted = format(values);
      if (micros === null || wanted === "") return null;
      const shown = formatTime(timeAsMoment(micros), wanted);
      return shown === null ? null : `${micros < 0 ? "-" : ""}${shown}`;
    };
  }),
  timestamp: {
    min: 1,
    max: 2,
    make: (call) => (call.args.length === 2 ? TIMESTAMP_SUM : TIMESTAMP_OF).make(call),
  },
  maketime: strict(
    3,
    3,
    ({ args }) => ({ kind: "time", fsp: Math.min(fractionDigits((args[2] as Item).type), 6) }),
    makeTime,
  ),
  sec_to_time: strict(
    1,
    1,
    ({ args }) => ({ kind: "time", fsp: Math.min(fractionDigits((args[0] as Item).type), 6) }),
    secToTime,
  ),
  timediff: ofPair(
    ({ args }) => ({ kind: "time", fsp: maxOf(args.map(timeDigits)) }),
    (call) => {
      const [first, second] = call.args as [Item, Item];
      return {
        first: eitherOf(first, call.env),
        second: eitherOf(second, call.env),
        combine: timeDifference(call),
      };
    },
  ),
  addtime: shiftedTime(1),
  subtime: shiftedTime(-1),
};

const TIMESTAMP_OF: FunctionDef = strict(
  1,
  1,
  ({ args }) => ({ kind: "datetime", fsp: momentDigits(args[0] as Item) }),
  (call) => {
    const arg = call.args[0] as Item;
    const read = momentOf(arg.type, call.env, { ...LOOSE, noZeroIn: true });
    return ([value]) => {
      const moment = read(value as Present);
      return moment === null ? null : momentText(moment, momentDigits(arg));
    };
  },
);

const TIMESTAMP_SUM: FunctionDef = ofPair(
  ({ args }) => ({
    kind: "datetime",
    fsp: Math.max(momentDigits(args[0] as Item), timeDigits(args[1] as Item)),
  }),
  (call) => momentSum(call, { ...LOOSE, noZeroIn: true }, 1),
);

function makeTime(call: Call): (values: readonly Present[]) => Datum {
  const [hour, minute] = [integerArg(call, 0), integerArg(call, 1)];
  const second = call.args[2] as Item;
  const fsp = Math.min(fractionDigits(second.type), 6);
  const asNanos = decimalOf(second.type, 9, call.env);
  return (values) => {
    const [h, m] = [hour(values), minute(values)];
    const nanos = Number(asNanos(values[2] as Present));
    const whole = Math.floor(nanos / 1e9);
    if (m < 0 || m > 59 || nanos < 0 || whole > 59) return null;
    const clock = ((Math.abs(h) * 60 + m) * 60 + whole) * MICROS_PER_SECOND;
    const micros = clock + roundMicros(Math.round((nanos % 1e9) / 1000), fsp);
    if (micros <= TIME_MICROS_MAX) return h < 0 && micros !== 0 ? -micros : micros;
    const digits = Math.min(fractionDigits(second.type), 9);
    const fraction =
      nanos % 1e9 === 0
        ? ""
        : `.${String(nanos % 1e9)
            .padStart(9, "0")
            .slice(0, digits)}`;
    const written = `${h}:${two(m)}:${two(whole)}${fraction}`;
    return tooLong(h < 0, written, call.env);
  };
}

/** The longest time, with a warning. */
function tooLong(isNegative: boolean, text: string, env: EvalEnv): number {
  dataProblem(env, "ER_TRUNCATED_WRONG_VALUE", "time", text);
  return isNegative ? -TIME_MICROS_MAX : TIME_MICROS_MAX;
}

function secToTime(call: Call): (values: readonly Present[]) => Datum {
  const { type } = call.args[0] as Item;
  const digits = Math.min(fractionDigits(type), 30);
  const scale = Math.max(digits, 9);
  const exact = decimalOf(type, scale, call.env);
  return ([value]) => {
    const unscaled = exact(value as Present);
    const isNegative = unscaled < 0;
    const nanos = (isNegative ? -BigInt(unscaled) : BigInt(unscaled)) / 10n ** BigInt(scale - 9);
    const micros = Number((nanos + 500n) / 1000n);
    if (micros <= TIME_MICROS_MAX) return isNegative && micros !== 0 ? -micros : micros;
    return tooLong(isNegative, shownNumber(decimalText(unscaled, scale), type), call.env);
  };
}

/** As a DECIMAL of the argument's own digits prints. */
function shownNumber(text: string, type: SqlType): string {
  if (type.kind !== "decimal") return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  const end = text.indexOf(".") + 1 + type.scale;
  return type.scale === 0 ? text.replace(/\..*$/, "") : text.slice(0, end);
}

/** Two dates, or two times; anything else is NULL. */
function timeDifference({ args, env }: Call): (a: Either, b: Either) => Datum {
  const fsp = maxOf(args.map(timeDigits));
  return (a, b) => {
    if (a.kind !== b.kind) return null;
    const micros =
      a.kind === "time" && b.kind === "time"
        ? a.micros - b.micros
        : a.kind === "moment" && b.kind === "moment"
          ? microsBetween(b.moment, a.moment)
          : 0;
    if (Math.abs(micros) <= TIME_MICROS_MAX) return micros;
    return tooLong(micros < 0, timeText(micros, fsp), env);
  };
}

function shiftedType({ args }: Call): ColumnType {
  const [base, by] = args as [Item, Item];
  const { type } = base;
  if (!isTemporal(type)) return varchar(29);
  const fsp = Math.max(scaleOf(type), timeDigits(by));
  return { kind: type.kind === "time" ? "time" : "datetime", fsp };
}

function shiftedTime(sign: 1 | -1): FunctionDef {
  return {
    min: 2,
    max: 2,
    make: (call) => {
      const type = shiftedType(call);
      const isMoment = type.kind === "datetime";
      const sum = isMoment
        ? ofPair(shiftedType, (one) => momentSum(one, LOOSE, sign))
        : ofPair(shiftedType, (one) => eitherSum(one, sign));
      return { ...sum.make(call), isMomentText: type.kind === "varchar" };
    },
  };
}

function momentSum(call: Call, rules: MomentRules, sign: 1 | -1): Pair<Moment, number> {
  const [base, by] = call.args as [Item, Item];
  const fsp = Math.max(momentDigits(base), timeDigits(by));
  return {
    first: momentOf(base.type, call.env, rules),
    second: timeOf(by.type, call.env),
    combine: (moment, micros) => {
      const result = later(moment, sign * micros);
      return result === null ? outOfRange("DATETIME", call) : momentText(result, fsp);
    },
  };
}

function later(moment: Moment, micros: number): Moment | null {
  const days = dayNumber(moment.year, moment.month, moment.day);
  return momentAt(days, clockMicros(moment) + micros);
}

function outOfRange(what: string, { env, text }: Call): null {
  dataProblem(env, "ER_TEMPORAL_OUT_OF_RANGE", what, text());
  return null;
}

/** TIME, or a text of either kind. */
function eitherSum(call: Call, sign: 1 | -1): Pair<Either, number> {
  const [base, by] = call.args as [Item, Item];
  const isTime = base.type.kind === "time";
  return {
    first: eitherOf(base, call.env),
    second: timeOf(by.type, call.env),
    combine: (start, micros) => {
      if (start.kind === "moment") {
        const result = later(start.moment, sign * micros);
        if (result === null) return outOfRange("DATETIME", call);
        return momentText(result, result.micro === 0 ? 0 : 6);
      }
      const sum = start.micros + sign * micros;
      const kept = Math.max(-TIME_MICROS_MAX, Math.min(TIME_MICROS_MAX, sum));
      if (kept !== sum) outOfRange("TIME", call);
      if (isTime) return kept === sum ? kept : null;
      return timeText(kept, kept % MICROS_PER_SECOND === 0 ? 0 : 6);
    },
  };
}
