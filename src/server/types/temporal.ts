/**
 * DATE, DATETIME and TIME values: reading them from text and numbers, and writing them.
 *
 * MySQL: sql-common/my_time.cc (str_to_datetime, str_to_time, number_to_datetime, my_datetime_to_str).
 * Departure: time zones and offsets in literals are not known; TIMESTAMP is DATETIME by another name.
 */
import { daysInMonth, MICROS_PER_SECOND, type Moment } from "./calendar.ts";

/** What was read, and whether something after it was left over. */
export interface Read<T> {
  readonly value: T;
  /** Text after the value that does not belong to it. */
  readonly isCut: boolean;
  /** A time of day was written. */
  readonly hasClock: boolean;
}

export const TIME_MICROS_MAX = (838 * 3600 + 59 * 60 + 59) * MICROS_PER_SECOND;

/** Reads '2026-11-21 10:00:00.5', '20261121', '26-1-5', '2026-11-21T10:00'. Null when it is no date at all. */
export function readMoment(text: string): Read<Moment> | null {
  const trimmed = text.trim();
  const compact = /^(\d{14}|\d{12}|\d{8}|\d{6})(\.\d+)?(.*)$/s.exec(trimmed);
  if (compact !== null) return readCompact(compact[1] ?? "", compact[2] ?? "", compact[3] ?? "");
  const match =
    /^(\d{1,4})[^\w\s](\d{1,2})[^\w\s](\d{1,2})(?:[T\s]+(\d{1,2})(?:[^\w\s](\d{1,2})(?:[^\w\s](\d{1,2})(?:\.(\d*))?)?)?)?(.*)$/s.exec(
      trimmed,
    );
  if (match === null) return null;
  const [, year = "", month, day, hour, minute, second, fraction, rest = ""] = match;
  return checked(
    {
      year: year.length <= 2 ? fullYear(Number(year)) : Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour ?? 0),
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
      micro: microsOf(fraction),
    },
    rest.trim() !== "",
    hour !== undefined,
  );
}

/** Reads 20261121, 261121 and 20261121100000. MySQL: number_to_datetime. */
export function readMomentNumber(value: number | bigint): Read<Moment> | null {
  if (value === 0) {
    return {
      value: { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, micro: 0 },
      isCut: false,
      hasClock: false,
    };
  }
  if (value < 101) return null;
  const digits = value.toString();
  const width = [6, 8, 12, 14].find((n) => digits.length <= n);
  if (width === undefined || !/^\d+$/.test(digits)) return null;
  return readCompact(digits.padStart(width, "0"), "", "");
}

/** Reads '10:20:30.5', '1 10:20', '102030', '-5:00', or the clock of a date and time, as microseconds. */
export function readTime(text: string): Read<number> | null {
  const trimmed = text.trim();
  if (/^\d{1,4}[^\w\s:.]\d/.test(trimmed) || /^\d{12,}/.test(trimmed)) {
    const moment = readMoment(trimmed);
    if (moment !== null) {
      const { hour, minute, second, micro } = moment.value;
      const seconds = hour * 3600 + minute * 60 + second;
      return { ...moment, value: seconds * MICROS_PER_SECOND + micro };
    }
  }
  const parts =
    /^([+-]?)(?:(\d+) )?(\d+):(\d{1,2})(?::(\d{1,2}))?(?:\.(\d*))?(.*)$/s.exec(trimmed) ?? null;
  if (parts !== null) {
    const [, sign, days, hours, minutes, seconds, fraction, rest = ""] = parts;
    if (Number(minutes) > 59 || Number(seconds ?? 0) > 59) return null;
    const whole = (Number(days ?? 0) * 24 + Number(hours)) * 3600 + Number(minutes) * 60;
    return timeRead(sign, whole + Number(seconds ?? 0), fraction, rest);
  }
  const digits = /^([+-]?)(?:(\d+) )?(\d+)(?:\.(\d*))?(.*)$/s.exec(trimmed);
  if (digits === null) return null;
  const [, sign, days, number = "0", fraction, rest = ""] = digits;
  if (days !== undefined) {
    return timeRead(sign, (Number(days) * 24 + Number(number)) * 3600, fraction, rest);
  }
  const value = Number(number);
  const [hour, minute, second] = [
    Math.floor(value / 10_000),
    Math.floor(value / 100) % 100,
    value % 100,
  ];
  if (minute > 59 || second > 59) return null;
  return timeRead(sign, hour * 3600 + minute * 60 + second, fraction, rest);
}

function timeRead(
  sign: string | undefined,
  seconds: number,
  fraction: string | undefined,
  rest: string,
): Read<number> {
  const micros = seconds * MICROS_PER_SECOND + microsOf(fraction);
  const cut = Math.min(micros, TIME_MICROS_MAX);
  const isCut = rest.trim() !== "" || cut !== micros;
  return { value: sign === "-" ? -cut : cut, isCut, hasClock: true };
}

export function dateText(moment: Moment): string {
  return `${String(moment.year).padStart(4, "0")}-${two(moment.month)}-${two(moment.day)}`;
}

/** With exactly `fsp` digits of a second's fraction, cut off. */
export function momentText(moment: Moment, fsp: number): string {
  const clock = `${two(moment.hour)}:${two(moment.minute)}:${two(moment.second)}`;
  return `${dateText(moment)} ${clock}${fractionText(moment.micro, fsp)}`;
}

/** "-10:20:30.45"; the hours may have three digits. */
export function timeText(micros: number, fsp: number): string {
  const total = Math.abs(micros);
  const seconds = Math.floor(total / MICROS_PER_SECOND);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${micros < 0 ? "-" : ""}${clock}${fractionText(total % MICROS_PER_SECOND, fsp)}`;
}

function fractionText(micro: number, fsp: number): string {
  return fsp > 0 ? `.${String(micro).padStart(6, "0").slice(0, fsp)}` : "";
}

/** Reads back what `dateText` or `momentText` wrote. */
export function momentOfText(text: string): Moment {
  return {
    year: Number(text.slice(0, 4)),
    month: Number(text.slice(5, 7)),
    day: Number(text.slice(8, 10)),
    hour: Number(text.slice(11, 13)),
    minute: Number(text.slice(14, 16)),
    second: Number(text.slice(17, 19)),
    micro: microsOf(text.slice(20)),
  };
}

/** Rounds the fraction half up to `fsp` digits; the carry may reach the date. MySQL: my_datetime_adjust_frac. */
export function roundMicros(micros: number, fsp: number): number {
  const unit = 10 ** (6 - fsp);
  const rounded = Math.floor(Math.abs(micros) / unit + 0.5) * unit;
  return micros < 0 ? -rounded : rounded;
}

function readCompact(digits: string, fraction: string, rest: string): Read<Moment> | null {
  const longYear = digits.length === 8 || digits.length === 14;
  const yearDigits = longYear ? 4 : 2;
  const year = Number(digits.slice(0, yearDigits));
  const pair = (n: number): number =>
    Number(digits.slice(yearDigits + 2 * n, yearDigits + 2 * n + 2));
  return checked(
    {
      year: longYear ? year : fullYear(year),
      month: pair(0),
      day: pair(1),
      hour: pair(2),
      minute: pair(3),
      second: pair(4),
      micro: microsOf(fraction.slice(1)),
    },
    rest.trim() !== "",
    digits.length > 8,
  );
}

/** Zero dates pass here; storing and casting refuse them as sql_mode says. */
function checked(value: Moment, isCut: boolean, hasClock: boolean): Read<Moment> | null {
  const { year, month, day, hour, minute, second } = value;
  if (month > 12 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
  if (month > 0 && day > daysInMonth(year, month)) return null;
  return { value, isCut, hasClock };
}

function fullYear(twoDigits: number): number {
  return twoDigits < 70 ? 2000 + twoDigits : 1900 + twoDigits;
}

/** "5" is half a second; a seventh digit rounds. */
function microsOf(fraction: string | undefined): number {
  if (fraction === undefined || fraction === "") return 0;
  const micros = Number(fraction.slice(0, 6).padEnd(6, "0"));
  return Number(fraction[6] ?? 0) >= 5 ? Math.min(micros + 1, 999_999) : micros;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
