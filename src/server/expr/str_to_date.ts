/**
 * STR_TO_DATE: a text read by a format.
 *
 * MySQL: extract_date_time, Item_func_str_to_date (sql/item_timefunc.cc).
 */
import { dateOfDay, dayNumber } from "../../base/calendar.ts";
import { clockMicros, type Moment, weekday } from "../types/calendar.ts";
import { refusedDate, WHOLE_DATES } from "../types/read_moment.ts";
import { DAY_NAMES, MONTH_NAMES } from "./date_format.ts";

export interface Formatted {
  readonly moment: Moment | null;
  /** Something is left of the text. */
  readonly hasRest: boolean;
  /** The format's part that failed is a whole time (%T, %r). */
  readonly failedIn: "datetime" | "time";
}

interface State {
  readonly text: string;
  at: number;
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  micro: number;
  isHalfDay: boolean;
  afternoon: number;
  weekday: number;
  yearDay: number;
  week: WeekFound | null;
  weekYear: { readonly year: number; readonly code: string } | null;
  failedIn: "datetime" | "time";
}

interface WeekFound {
  readonly number: number;
  readonly code: string;
}

/** `isTime`: no date is wanted, and a zero one is none the worse. */
export function readFormatted(text: string, format: string, isTime: boolean): Formatted {
  const state: State = {
    text,
    at: 0,
    year: 0,
    month: 0,
    day: 0,
    hour: 0,
    minute: 0,
    second: 0,
    micro: 0,
    isHalfDay: false,
    afternoon: 0,
    weekday: 0,
    yearDay: 0,
    week: null,
    weekYear: null,
    failedIn: "datetime",
  };
  const isRead = readAll(state, format) && settleHalf(state) && settleDay(state);
  const moment = isRead ? momentFound(state, isTime) : null;
  return { moment, hasRest: text.slice(state.at).trim() !== "", failedIn: state.failedIn };
}

function readAll(state: State, format: string): boolean {
  for (const token of format.match(/%.|./gsu) ?? []) {
    skipSpace(state);
    if (state.at >= state.text.length) return true;
    const isSpecifier = token.length > 1 && token.startsWith("%");
    if (isSpecifier ? !readPart(state, token.slice(1)) : !readLiteral(state, token)) return false;
  }
  return true;
}

function skipSpace(state: State): void {
  while (/\s/.test(state.text[state.at] ?? "")) state.at += 1;
}

function readLiteral(state: State, char: string): boolean {
  if (/\s/.test(char)) return true;
  if (!state.text.startsWith(char, state.at)) return false;
  state.at += char.length;
  return true;
}

/** As many as `most` digits; null when there is none. */
function digits(state: State, most: number): string | null {
  const found = new RegExp(`^\\d{1,${most}}`).exec(state.text.slice(state.at))?.[0];
  if (found === undefined) return null;
  state.at += found.length;
  return found;
}

type NumberField = "month" | "day" | "hour" | "minute" | "second" | "yearDay";

const NUMBERS: Readonly<Record<string, readonly [NumberField, number]>> = {
  m: ["month", 2],
  c: ["month", 2],
  d: ["day", 2],
  e: ["day", 2],
  D: ["day", 2],
  h: ["hour", 2],
  I: ["hour", 2],
  l: ["hour", 2],
  k: ["hour", 2],
  H: ["hour", 2],
  i: ["minute", 2],
  s: ["second", 2],
  S: ["second", 2],
  j: ["yearDay", 3],
};

function readPart(state: State, code: string): boolean {
  const plain = NUMBERS[code];
  if (plain !== undefined) {
    const [field, most] = plain;
    const found = digits(state, most);
    if (found === null) return false;
    state[field] = Number(found);
    if (code === "D") state.at = Math.min(state.at + 2, state.text.length);
    if (/[hIl]/.test(code)) state.isHalfDay = true;
    return true;
  }
  switch (code) {
    case "Y":
    case "y":
      return readYear(state, code === "Y" ? 4 : 2);
    case "M":
    case "b":
      state.month = nameAt(state, MONTH_NAMES, code === "b");
      return state.month > 0;
    case "W":
    case "a":
      state.weekday = nameAt(state, DAY_NAMES, code === "a");
      return state.weekday > 0;
    case "f": {
      const found = digits(state, 6);
      state.micro = Number((found ?? "").padEnd(6, "0"));
      return found !== null;
    }
    case "p":
      return readHalf(state);
    case "T":
      return readNested(state, "%H:%i:%S");
    case "r":
      return readNested(state, "%I:%i:%S %p");
    default:
      return readWeekPart(state, code) ?? readClass(state, code);
  }
}

function readYear(state: State, most: number): boolean {
  const found = digits(state, most);
  if (found === null) return false;
  const year = Number(found);
  state.year = found.length <= 2 ? year + (year < 70 ? 2000 : 1900) : year;
  return true;
}

/** The place of the name in the list, from 1; 0 when it is none. */
function nameAt(state: State, names: readonly string[], isShort: boolean): number {
  const word = /^[a-z]*/i.exec(state.text.slice(state.at))?.[0] ?? "";
  const wanted = word.toLowerCase();
  const found = names.findIndex(
    (name) => (isShort ? name.slice(0, 3) : name).toLowerCase() === wanted,
  );
  if (found >= 0) state.at += word.length;
  return found + 1;
}

function readHalf(state: State): boolean {
  const half = state.text.slice(state.at, state.at + 2).toUpperCase();
  if (!state.isHalfDay || (half !== "AM" && half !== "PM")) return false;
  state.afternoon = half === "PM" ? 12 : 0;
  state.at += 2;
  return true;
}

function readNested(state: State, format: string): boolean {
  const isHalfDay = state.isHalfDay;
  state.isHalfDay = false;
  const isRead = readAll(state, format) && settleHalf(state);
  state.isHalfDay = isHalfDay;
  if (!isRead) state.failedIn = "time";
  return isRead;
}

/** Null when the code is no part of a week. */
function readWeekPart(state: State, code: string): boolean | null {
  if (code === "w") {
    const found = digits(state, 1);
    if (found === null || Number(found) > 6) return false;
    state.weekday = Number(found) === 0 ? 7 : Number(found);
    return true;
  }
  if (/[VUvu]/.test(code)) {
    const found = digits(state, 2);
    const number = Number(found);
    if (found === null || number > 53 || (/v/i.test(code) && number === 0)) return false;
    state.week = { number, code };
    return true;
  }
  if (!/[Xx]/.test(code)) return null;
  const found = digits(state, 4);
  if (found !== null) state.weekYear = { year: Number(found), code };
  return found !== null;
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  ".": /^[!-/:-@[-`{-~]*/,
  "@": /^[a-z]*/i,
  "#": /^\d*/,
};

function readClass(state: State, code: string): boolean {
  const pattern = CLASSES[code];
  if (pattern === undefined) return false;
  state.at += pattern.exec(state.text.slice(state.at))?.[0].length ?? 0;
  return true;
}

function settleHalf(state: State): boolean {
  if (!state.isHalfDay) return true;
  if (state.hour > 12 || state.hour < 1) return false;
  state.hour = (state.hour % 12) + state.afternoon;
  return true;
}

/** A day of the year, or a week and a day of it, as a date. */
function settleDay(state: State): boolean {
  const { yearDay, week } = state;
  if (yearDay > 0 && !setDay(state, dayNumber(state.year, 1, 1) + yearDay - 1)) return false;
  if (week === null || state.weekday === 0) return true;
  const isStrict = /v/i.test(week.code);
  const sundayFirst = /[UV]/.test(week.code);
  const { weekYear } = state;
  if (isStrict !== (weekYear !== null)) return false;
  if (weekYear !== null && (weekYear.code === "X") !== sundayFirst) return false;
  const first = dayNumber(weekYear?.year ?? state.year, 1, 1);
  const firstWeekday = sundayFirst ? (weekday(first) + 1) % 7 : weekday(first);
  const startsHere = sundayFirst ? firstWeekday === 0 : firstWeekday <= 3;
  const dayOfWeek = sundayFirst ? state.weekday % 7 : state.weekday - 1;
  const days = (startsHere ? 0 : 7) - firstWeekday + (week.number - 1) * 7 + dayOfWeek;
  return setDay(state, first + days);
}

function setDay(state: State, days: number): boolean {
  const date = dateOfDay(days);
  if (date !== null) Object.assign(state, date);
  return date !== null;
}

function momentFound(state: State, isTime: boolean): Moment | null {
  const { year, month, day, hour, minute, second, micro } = state;
  const moment: Moment = { year, month, day, hour, minute, second, micro };
  const isOut = month > 12 || hour > 23 || minute > 59 || second > 59;
  const isZero = year === 0 && month === 0 && day === 0;
  const isKnownZero = isTime && isZero;
  return isOut || (!isKnownZero && refusedDate(moment, isZero, WHOLE_DATES) !== null)
    ? null
    : moment;
}

/** Of a TIME: days count as hours. */
export function timeOfFormatted(moment: Moment): number {
  return clockMicros({ ...moment, hour: moment.hour + moment.day * 24 });
}
