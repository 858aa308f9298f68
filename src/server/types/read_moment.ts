/**
 * Dates, and dates with a time of day, out of texts and numbers.
 *
 *     '2026-11-21 10:00:00.5'  '26-1-5'  '2026-11-21T10:00'  '20261121'  '20261121100000.5'      20261121  261121
 *
 * Text with delimiters is read field by field; digits alone are cut into fields of fixed width. What was odd about it
 * comes back as `trouble` (something is left over, a part is out of range, a zero) and `delimiter` (deprecated, 4095
 * and 4096); what to do about it is the reader's business.
 *
 * MySQL: str_to_datetime, number_to_datetime, check_date, time_zone_displacement_to_seconds (mysys/my_time.cc).
 * Departure: a displacement ('+05:30') is applied as if the session's time zone were UTC.
 */
import { dayNumber, daysInMonth } from "../../base/calendar.ts";
import { clockMicros, MICROS_PER_SECOND, type Moment, momentOf } from "./calendar.ts";
import type { Whole } from "./integer.ts";

/** What keeps a value from being, or from being exactly, a date. */
export type Trouble = "truncated" | "outOfRange" | "zeroDate" | "zeroInDate";

/** Which zeros and which days are refused. */
export interface MomentRules {
  /** 2026-00-10 is refused. */
  readonly noZeroIn: boolean;
  readonly noZeroDate: boolean;
  /** 2026-02-30 passes. */
  readonly anyDay?: boolean;
  /** 20260230 passes, as a number. */
  readonly anyDayNumber?: boolean;
  /** Numbers below 101 are read too: 5 is 2000-00-05. */
  readonly smallNumbers?: boolean;
}

/** As most functions read. */
export const LOOSE: MomentRules = { noZeroIn: false, noZeroDate: true };
/** As CAST and functions that count days read. */
export const WHOLE_DATES: MomentRules = { noZeroIn: true, noZeroDate: true };
/** As constants beside columns are read: every zero passes. */
export const ANY_ZERO: MomentRules = { noZeroIn: false, noZeroDate: false };

/** A delimiter that another version may refuse: `wanted` stands for it, or nothing does (superfluous). */
export interface OldDelimiter {
  readonly char: string;
  readonly position: number;
  readonly wanted: string | null;
}

export interface MomentRead {
  readonly moment: Moment | null;
  /** What it was taken for; "none" is nothing like a date, "error" one with bad parts. */
  readonly kind: "none" | "error" | "date" | "datetime";
  readonly trouble: Trouble | null;
  /** Digits of the second's fraction that were written. */
  readonly digits: number;
  readonly delimiter: OldDelimiter | null;
}

const SPACE = /[ \t\n\v\f\r]/;
const DIGIT = /[0-9]/;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const PARTS_MAX = 7;
const PART_MAX = 999_999;
const DAY = 2;
const SECOND = 5;
const FRACTION = 6;

/** The fields of a text, as far as they could be told apart. */
interface Fields {
  readonly values: number[];
  readonly lengths: number[];
  readonly isCompact: boolean;
  /** Where the last field, with the delimiters after it, ends. */
  end: number;
  hasDelimiter: boolean;
  hasSpace: boolean;
  displacement: number | null;
  delimiter: OldDelimiter | null;
}

/** `needsClock`: digits with delimiters but without a space are no date and time. */
export function readMomentText(text: string, rules: MomentRules, needsClock = false): MomentRead {
  const fields = splitFields(text);
  if (fields === null) return nothing("none", "truncated");
  if (fields.hasDelimiter && !fields.hasSpace && needsClock) return nothing("none", "truncated");
  if (!fields.isCompact && (fields.lengths[0] ?? 0) === 0) return nothing("none", "truncated");
  return checkedFields(text, fields, rules);
}

function nothing(kind: "none" | "error", trouble: Trouble): MomentRead {
  return { moment: null, kind, trouble, digits: 0, delimiter: null };
}

function splitFields(text: string): Fields | null {
  let at = 0;
  while (at < text.length && SPACE.test(text[at] as string)) at += 1;
  if (at === text.length || !DIGIT.test(text[at] as string)) return null;
  const run = /^[0-9T]*/.exec(text.slice(at))?.[0].length ?? 0;
  const isCompact = at + run === text.length || text[at + run] === ".";
  const fields: Fields = {
    values: [],
    lengths: [],
    isCompact,
    end: at,
    hasDelimiter: false,
    hasSpace: false,
    displacement: null,
    delimiter: at > 0 ? { char: text[0] as string, position: 0, wanted: null } : null,
  };
  return scanFields(text, at, isCompact && (run === 4 || run === 8 || run >= 14) ? 4 : 2, fields);
}

function scanFields(text: string, from: number, yearWidth: number, fields: Fields): Fields | null {
  const { values, lengths, isCompact } = fields;
  let at = from;
  let width = isCompact ? yearWidth : 4;
  for (let part = 0; part < PARTS_MAX && DIGIT.test(text[at] ?? ""); part += 1) {
    const isFixed = isCompact || part === FRACTION;
    const start = at;
    while (DIGIT.test(text[at] ?? "") && (!isFixed || at - start < width)) at += 1;
    const value = Number(text.slice(start, at));
    if (value > PART_MAX) return null;
    values.push(value);
    lengths.push(at - start);
    fields.end = at;
    width = 2;
    if (at === text.length) break;
    if (part === DAY && text[at] === "T") at += 1;
    else if (part === SECOND) {
      if (text[at] === ".") {
        at += 1;
        fields.end = at;
        width = 6;
      } else if (DIGIT.test(text[at] as string)) break;
      else if (/[+-]/.test(text[at] as string)) return displaced(text, at, fields);
    } else {
      if (part === FRACTION && /[+-]/.test(text[at] as string)) return displaced(text, at, fields);
      const next = skipDelimiters(text, at, part, fields);
      if (next === null) return null;
      at = next;
      fields.end = at;
    }
  }
  const isDateOnly = values.length === DAY + 1 && at === text.length;
  if (fields.hasSpace && isDateOnly) note(fields, text, at - 1, null);
  return fields;
}

/** Null when a space stands where none may. */
function skipDelimiters(text: string, from: number, part: number, fields: Fields): number | null {
  let at = from;
  for (; at < text.length; at += 1) {
    const char = text[at] as string;
    const isSpace = SPACE.test(char);
    if (!isSpace && !PUNCTUATION.test(char)) break;
    if (at > from) note(fields, text, at, null);
    if (isSpace) {
      if (part !== DAY && part !== FRACTION) return null;
      if (part === FRACTION) note(fields, text, at, null);
      fields.hasSpace = true;
      if (char !== " ") note(fields, text, at, " ");
    } else noteDelimiter(text, at, part, fields);
    fields.hasDelimiter = true;
  }
  return at;
}

function noteDelimiter(text: string, at: number, part: number, fields: Fields): void {
  const char = text[at];
  if (part === DAY) {
    if (char !== "." || !fields.isCompact) note(fields, text, at, " ");
    return;
  }
  const isUsual = (part < DAY && char === "-") || ((part === 3 || part === 4) && char === ":");
  if (!isUsual) note(fields, text, at, part > 1 ? ":" : "-");
}

/** Only the first one is told of. */
function note(fields: Fields, text: string, position: number, wanted: string | null): void {
  fields.delimiter ??= { char: text[position] as string, position, wanted };
}

function displaced(text: string, at: number, fields: Fields): Fields | null {
  const match = /^([+-])(\d\d):([0-5]\d)[ \t\n\v\f\r]*$/.exec(text.slice(at));
  if (match === null) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (minutes > 14 * 60 || (match[1] === "-" && minutes === 0)) return null;
  fields.displacement = match[1] === "-" ? -minutes : minutes;
  fields.end = text.length;
  return fields;
}

function checkedFields(text: string, fields: Fields, rules: MomentRules): MomentRead {
  const { values, lengths } = fields;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, fraction = 0] = values;
  const isZero = values.every((value) => value === 0);
  const digits = lengths[FRACTION] ?? 0;
  const moment: Moment = {
    year: lengths[0] === 2 && !isZero ? fullYear(year) : year,
    month,
    day,
    hour,
    minute,
    second,
    micro: fraction * 10 ** (6 - digits),
  };
  const rest = text.slice(fields.end);
  if (values.length < 3 || !isInRange(moment)) {
    return nothing("error", isZero && rest.trim() === "" ? "zeroDate" : "truncated");
  }
  const refusal = refusedDate(moment, isZero, rules);
  if (refusal !== null) return nothing("error", refusal);
  const extra = digits === 6 ? (/^\d+/.exec(rest)?.[0] ?? "") : "";
  const after = rest.slice(extra.length);
  if (after.trim() === "" && after !== "") note(fields, text, text.length - after.length, null);
  const exact = Number(extra[0] ?? 0) >= 5 ? nextMicro(moment) : moment;
  return {
    moment: fields.displacement === null ? exact : momentShifted(exact, -fields.displacement * 60),
    kind: values.length <= 3 ? "date" : "datetime",
    trouble: after.trim() === "" ? null : "truncated",
    digits,
    delimiter: fields.delimiter,
  };
}

function isInRange({ year, month, day, hour, minute, second }: Moment): boolean {
  return year <= 9999 && month <= 12 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59;
}

/** MySQL: check_date. */
export function refusedDate(moment: Moment, isZero: boolean, rules: MomentRules): Trouble | null {
  const { year, month, day } = moment;
  if (isZero) return rules.noZeroDate ? "zeroDate" : null;
  if (rules.noZeroIn && (month === 0 || day === 0)) return "zeroInDate";
  const isTooLate = month > 0 && day > daysInMonth(year, month);
  return isTooLate && rules.anyDay !== true ? "outOfRange" : null;
}

/** A number's whole part, and its fraction in nanoseconds. */
export function readMomentNumber(value: Whole, nanos: number, rules: MomentRules): MomentRead {
  const spelled = spelledOut(value, rules);
  if (spelled === null || nanos < 0) return nothing("error", "truncated");
  const { digits, isDate } = spelled;
  if (digits.length > 14) return nothing("error", "outOfRange");
  const two = (at: number): number => Number(digits.slice(at, at + 2));
  const moment: Moment = {
    year: Number(digits.slice(0, 4)),
    month: two(4),
    day: two(6),
    hour: two(8),
    minute: two(10),
    second: two(12),
    micro: isDate ? 0 : Math.floor(nanos / 1000),
  };
  if (!isInRange(moment)) return nothing("error", "truncated");
  const anyDay = rules.anyDay === true || rules.anyDayNumber === true;
  const refusal = refusedDate(moment, value === 0, { ...rules, anyDay });
  if (refusal !== null) return nothing("error", refusal === "zeroDate" ? "zeroDate" : "truncated");
  const isUp = !isDate && nanos % 1000 >= 500;
  return {
    moment: isUp ? nextMicro(moment) : moment,
    kind: isDate ? "date" : "datetime",
    trouble: isDate && nanos > 0 ? "truncated" : null,
    digits: 0,
    delimiter: null,
  };
}

/** YYMMDD, YYYYMMDD, YYMMDDhhmmss and YYYYMMDDhhmmss as fourteen digits; null for what lies between these ranges. */
function spelledOut(
  value: Whole,
  rules: MomentRules,
): { readonly digits: string; readonly isDate: boolean } | null {
  const nr = Number(value);
  const date = (number: number): { digits: string; isDate: boolean } => ({
    digits: `${String(number).padStart(8, "0")}000000`,
    isDate: true,
  });
  const clock = (number: number): { digits: string; isDate: boolean } => ({
    digits: String(number).padStart(14, "0"),
    isDate: false,
  });
  if (nr === 0 || nr >= 10_000_101_000_000) return clock(nr);
  if (nr < (rules.smallNumbers === true ? 1 : 101)) return null;
  if (nr <= 691_231) return date(nr + 20_000_000);
  if (nr < 700_101) return null;
  if (nr <= 991_231) return date(nr + 19_000_000);
  if (nr <= 99_991_231) return date(nr);
  if (nr < 101_000_000) return null;
  if (nr <= 691_231_235_959) return clock(nr + 20_000_000_000_000);
  if (nr < 700_101_000_000) return null;
  return clock(nr <= 991_231_235_959 ? nr + 19_000_000_000_000 : nr);
}

export function fullYear(twoDigits: number): number {
  return twoDigits < 70 ? 2000 + twoDigits : 1900 + twoDigits;
}

/** A microsecond later; the carry may reach the date. */
function nextMicro(moment: Moment): Moment {
  return moment.micro + 1 < MICROS_PER_SECOND
    ? { ...moment, micro: moment.micro + 1 }
    : (momentShifted({ ...moment, micro: 0 }, 1) ?? moment);
}

function momentShifted(moment: Moment, seconds: number): Moment | null {
  const days = dayNumber(moment.year, moment.month, moment.day);
  return momentOf(days, clockMicros(moment) + seconds * MICROS_PER_SECOND);
}
