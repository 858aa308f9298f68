/**
 * The amount of an INTERVAL: a number of one unit, or a text whose runs of digits are several units.
 *
 *     INTERVAL '1:30' MINUTE_SECOND      1 minute, 30 seconds
 *     INTERVAL '30' MINUTE_SECOND        30 seconds: missing parts are the larger ones
 *     INTERVAL '1.5' SECOND_MICROSECOND  1 second, 500000 microseconds
 *
 * MySQL: get_interval_value, get_interval_info (sql/item_timefunc.cc).
 */
import type { IntervalUnit } from "../../sql/ast_expression.ts";
import { decimalOf, integerOf, type Present, textOf } from "../types/convert.ts";
import type { EvalEnv } from "../types/eval_env.ts";
import { fractionDigits, SIGNED_MIN, type SqlType } from "../types/sql_type.ts";

/** Parts that are not named are zero; `sign` is of all of them. */
export interface Interval {
  readonly sign: 1 | -1;
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly micros: number;
}

type Part = Exclude<keyof Interval, "sign">;

const SIMPLE: Readonly<Record<string, readonly [Part, number]>> = {
  year: ["years", 1],
  quarter: ["months", 3],
  month: ["months", 1],
  week: ["days", 7],
  day: ["days", 1],
  hour: ["hours", 1],
  minute: ["minutes", 1],
  second: ["seconds", 1],
  microsecond: ["micros", 1],
};

const COMPOUND: Readonly<Record<string, readonly Part[]>> = {
  second_microsecond: ["seconds", "micros"],
  minute_microsecond: ["minutes", "seconds", "micros"],
  minute_second: ["minutes", "seconds"],
  hour_microsecond: ["hours", "minutes", "seconds", "micros"],
  hour_second: ["hours", "minutes", "seconds"],
  hour_minute: ["hours", "minutes"],
  day_microsecond: ["days", "hours", "minutes", "seconds", "micros"],
  day_second: ["days", "hours", "minutes", "seconds"],
  day_minute: ["days", "hours", "minutes"],
  day_hour: ["days", "hours"],
  year_month: ["years", "months"],
};

const NOTHING = { years: 0, months: 0, days: 0, hours: 0, minutes: 0, seconds: 0, micros: 0 };
/** Digits of seconds that are looked at before they are cut. */
const EXACT_SCALE = 30;
const UINT_MAX = 4_294_967_295;
const PART_MAX = 9_223_372_036_854_775_000;

/** Digits of a second's fraction that an interval adds to its result. */
export function intervalDigits(unit: IntervalUnit, amount: SqlType): number {
  if (unit.includes("microsecond")) return 6;
  return unit === "second" ? Math.min(fractionDigits(amount), 6) : 0;
}

/** Null when the amount cannot be one. */
export function intervalReader(
  unit: IntervalUnit,
  amount: SqlType,
  env: EvalEnv,
): (value: Present) => Interval | null {
  const parts = COMPOUND[unit];
  if (parts !== undefined) {
    const asText = textOf(amount);
    return (value) => compound(parts, asText(value));
  }
  if (unit === "second" && fractionDigits(amount) > 0) {
    const exact = decimalOf(amount, EXACT_SCALE, env);
    return (value) => ofNanos(BigInt(exact(value)) / 10n ** BigInt(EXACT_SCALE - 9));
  }
  const asInteger = integerOf(amount, env);
  return (value) => {
    const whole = BigInt.asIntN(64, BigInt(asInteger(value)));
    return whole === SIGNED_MIN ? null : simple(unit, Number(whole));
  };
}

function simple(unit: IntervalUnit, value: number): Interval | null {
  const [part, factor] = SIMPLE[unit] as readonly [Part, number];
  const size = Math.abs(value);
  if (factor > 1 && size >= Math.floor(UINT_MAX / factor)) return null;
  return { ...NOTHING, sign: value < 0 ? -1 : 1, [part]: size * factor };
}

function ofNanos(nanos: bigint): Interval {
  const size = nanos < 0n ? -nanos : nanos;
  const seconds = Number(size / 1_000_000_000n);
  const micros = Number((size % 1_000_000_000n) / 1000n);
  return { ...NOTHING, sign: nanos < 0n ? -1 : 1, seconds, micros };
}

function compound(parts: readonly Part[], text: string): Interval | null {
  const trimmed = text.trimStart();
  const runs = trimmed.match(/\d+/g) ?? [];
  if (runs.length > parts.length) return null;
  const numbers = runs.map(Number);
  if (numbers.some((number) => number > PART_MAX)) return null;
  const last = runs.at(-1) ?? "";
  const used = parts.slice(parts.length - Math.max(runs.length, 1));
  const found: Partial<Record<Part, number>> = {};
  for (const [at, part] of used.entries()) {
    const isFraction = part === "micros" && at === used.length - 1 && last.length < 6;
    found[part] = (numbers[at] ?? 0) * (isFraction ? 10 ** (6 - last.length) : 1);
  }
  return { ...NOTHING, ...found, sign: trimmed.startsWith("-") ? -1 : 1 };
}
