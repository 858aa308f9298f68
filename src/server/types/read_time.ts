/**
 * Times of day and durations out of texts and numbers, in microseconds.
 *
 *     '10:20:30.5'  '1 10:20'  '102030'  '-5:00'  '2026-11-21 10:20:30' (its clock)      102030  20261121102030
 *
 * MySQL: str_to_time, number_to_time, adjust_time_range (mysys/my_time.cc).
 */
import { clockMicros, MICROS_PER_SECOND } from "./calendar.ts";
import type { Whole } from "./integer.ts";
import {
  type OldDelimiter,
  readMomentNumber,
  readMomentText,
  type Trouble,
} from "./read_moment.ts";

export const TIME_MICROS_MAX = (838 * 3600 + 59 * 60 + 59) * MICROS_PER_SECOND;

export interface TimeRead {
  readonly micros: number | null;
  /** A whole date and time was written, and its clock taken. */
  readonly isMoment: boolean;
  readonly trouble: Trouble | null;
  readonly digits: number;
  readonly delimiter: OldDelimiter | null;
}

const FUZZY = { noZeroIn: false, noZeroDate: false };
const UINT_MAX = 4_294_967_295;
const FULL_TEXT_LENGTH = 12;
const TIME_NUMBER_MAX = 8_385_959;

export function readTimeText(text: string): TimeRead {
  const lead = /^[ \t\n\v\f\r]*/.exec(text)?.[0].length ?? 0;
  const before: OldDelimiter | null =
    lead > 0 ? { char: text[0] as string, position: 0, wanted: null } : null;
  const isNegative = text[lead] === "-";
  const body = text.slice(isNegative ? lead + 1 : lead);
  if (body === "") return refused("truncated");
  if (body.length >= FULL_TEXT_LENGTH) {
    const read = readMomentText(body, FUZZY, true);
    if (read.kind === "error") return refused(read.trouble);
    if (read.moment !== null) {
      const micros = signed(isNegative, clockMicros(read.moment));
      return { ...read, micros, isMoment: true };
    }
  }
  return readClock(body, isNegative, before, text.length - body.length);
}

function refused(trouble: Trouble | null): TimeRead {
  return { micros: null, isMoment: false, trouble, digits: 0, delimiter: null };
}

function signed(isNegative: boolean, micros: number): number {
  return isNegative && micros !== 0 ? -micros : micros;
}

const DAYS_AND_CLOCK = /^(\d+)\s+(\d+)(?::(\d+)(?::(\d+))?)?/;
const CLOCK = /^(\d*):(\d+)(?::(\d+))?/;

function readClock(
  body: string,
  isNegative: boolean,
  before: OldDelimiter | null,
  offset: number,
): TimeRead {
  const { hour, minute, second, length } = clockParts(body);
  if ([hour, minute, second].some((part) => part > UINT_MAX)) return refused("truncated");
  const afterSeconds = body.slice(length);
  const fraction = /^\.(\d*)/.exec(afterSeconds)?.[1] ?? "";
  const isPoint = afterSeconds === "." || fraction !== "";
  const rest = isPoint ? afterSeconds.slice(1 + fraction.length) : afterSeconds;
  if (/^e[+-]?\d/i.test(rest)) return refused("truncated");
  if (minute > 59 || second > 59) return refused("outOfRange");
  const isRubbish = rest.trim() !== "";
  if (isRubbish && rest === body) return refused("truncated");
  const seconds = (hour * 60 + minute) * 60 + second;
  const micros = seconds * MICROS_PER_SECOND + microsOf(fraction);
  const capped = Math.min(micros, TIME_MICROS_MAX);
  const isLong = micros > TIME_MICROS_MAX;
  const position = offset + body.length - rest.length;
  const after =
    rest !== "" && !isRubbish ? { char: rest[0] as string, position, wanted: null } : null;
  return {
    micros: signed(isNegative, capped),
    isMoment: false,
    trouble: isLong ? "outOfRange" : isRubbish ? "truncated" : null,
    digits: Math.min(fraction.length, 6),
    delimiter: before ?? after,
  };
}

interface ClockParts {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Characters that they take. */
  readonly length: number;
}

function clockParts(body: string): ClockParts {
  const withDays = DAYS_AND_CLOCK.exec(body);
  if (
    withDays !== null &&
    body.length - withDays[0].length >= 0 &&
    hasMoreThanOne(body, withDays)
  ) {
    const [all, days, hour, minute, second] = withDays;
    return {
      hour: Number(days) * 24 + Number(hour),
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
      length: all.length,
    };
  }
  const clock = CLOCK.exec(body);
  if (clock !== null) {
    const [all, hour, minute, second] = clock;
    return {
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second ?? 0),
      length: all.length,
    };
  }
  const digits = /^\d*/.exec(body)?.[0] ?? "";
  const value = Number(digits);
  return {
    hour: value > UINT_MAX ? value : Math.floor(value / 10_000),
    minute: Math.floor(value / 100) % 100,
    second: value % 100,
    length: digits.length,
  };
}

/** '5 1' is five and something after it: days want at least two characters behind them. */
function hasMoreThanOne(body: string, withDays: RegExpExecArray): boolean {
  const start = (/^\d+\s+/.exec(body) ?? withDays)[0].length;
  return body.length - start > 1;
}

/** Six digits, the seventh rounds. */
function microsOf(fraction: string): number {
  const micros = Number(fraction.slice(0, 6).padEnd(6, "0"));
  return Number(fraction[6] ?? 0) >= 5 ? micros + 1 : micros;
}

/** A number's whole part, and its fraction in nanoseconds with the number's sign. */
export function readTimeNumber(value: Whole, nanos: number): TimeRead {
  const isNegative = value < 0 || nanos < 0;
  const nr = Math.abs(Number(value));
  const fraction = Math.round(Math.abs(nanos) / 1000);
  if (nr > TIME_NUMBER_MAX) {
    const read = value >= 10_000_000_000 ? readMomentNumber(value, 0, FUZZY) : null;
    if (read !== null && read.moment !== null) {
      return { ...read, micros: clockMicros(read.moment) + fraction, isMoment: true };
    }
    const micros = isNegative ? -TIME_MICROS_MAX : TIME_MICROS_MAX;
    return { ...refused("outOfRange"), micros };
  }
  const [minute, second] = [Math.floor(nr / 100) % 100, nr % 100];
  if (minute > 59 || second > 59) return refused("outOfRange");
  const seconds = (Math.floor(nr / 10_000) * 60 + minute) * 60 + second;
  const micros = Math.min(seconds * MICROS_PER_SECOND + fraction, TIME_MICROS_MAX);
  return { ...refused(null), micros: signed(isNegative, micros) };
}
