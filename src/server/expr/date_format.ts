/**
 * DATE_FORMAT and TIME_FORMAT.
 *
 * MySQL: make_date_time (sql/item_timefunc.cc).
 */
import { dayNumber } from "../../base/calendar.ts";
import { clockText, two } from "../../base/temporal_text.ts";
import { type Moment, weekday, weekOf } from "../types/calendar.ts";

export const MONTH_NAMES = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
export const DAY_NAMES = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

/** What a time of day has no answer for: names, the day's number and the week's. */
const OF_DATES = /%[DUVWXMabjuvwx]/;

/** TIME_FORMAT(): of years, months and days it shows the zeros only. */
export function formatTime(time: Moment, format: string): string | null {
  return OF_DATES.test(format.replaceAll("%%", "")) ? null : formatMoment(time, format);
}

/** Null when a name is wanted of a month or day that is zero. */
export function formatMoment(moment: Moment, format: string): string | null {
  let hasNone = false;
  const text = format.replace(/%(.)/gsu, (_all, code: string) => {
    const found = part(moment, code);
    hasNone ||= found === null;
    return found ?? "";
  });
  return hasNone ? null : text;
}

type WeekMode = Parameters<typeof weekOf>[1];

const WEEK_MODES: Readonly<Record<string, WeekMode>> = {
  U: { mondayFirst: false, weekYear: false, firstWeekday: true },
  u: { mondayFirst: true, weekYear: false, firstWeekday: false },
  V: { mondayFirst: false, weekYear: true, firstWeekday: true },
  v: { mondayFirst: true, weekYear: true, firstWeekday: false },
  X: { mondayFirst: false, weekYear: true, firstWeekday: true },
  x: { mondayFirst: true, weekYear: true, firstWeekday: false },
};

function part(m: Moment, code: string): string | null {
  const mode = WEEK_MODES[code];
  if (mode !== undefined) {
    const { week, year } = weekOf(m, mode);
    return /x/i.test(code) ? String(year).padStart(4, "0") : two(week);
  }
  return datePart(m, code) ?? clockPart(m, code) ?? named(m, code);
}

/** MySQL: the default branch: the character itself; undefined where a name is missing. */
function named(m: Moment, code: string): string | null {
  const days = dayNumber(m.year, m.month, m.day);
  const isNone = m.month === 0 && m.year === 0;
  switch (code) {
    case "M":
      return MONTH_NAMES[m.month - 1] ?? null;
    case "b":
      return MONTH_NAMES[m.month - 1]?.slice(0, 3) ?? null;
    case "W":
      return isNone ? null : (DAY_NAMES[weekday(days)] ?? null);
    case "a":
      return isNone ? null : (DAY_NAMES[weekday(days)]?.slice(0, 3) ?? null);
    case "w":
      return isNone ? null : String((weekday(days) + 1) % 7);
    default:
      return code;
  }
}

function datePart(m: Moment, code: string): string | null {
  switch (code) {
    case "Y":
      return String(m.year).padStart(4, "0");
    case "y":
      return two(m.year % 100);
    case "m":
      return two(m.month);
    case "c":
      return String(m.month);
    case "d":
      return two(m.day);
    case "e":
      return String(m.day);
    case "D":
      return `${m.day}${ordinal(m.day)}`;
    case "j": {
      const days = dayNumber(m.year, m.month, m.day) - dayNumber(m.year, 1, 1) + 1;
      return String(days).padStart(3, "0");
    }
    default:
      return null;
  }
}

function clockPart(m: Moment, code: string): string | null {
  const hour12 = (((m.hour % 24) + 11) % 12) + 1;
  const half = m.hour % 24 < 12 ? "AM" : "PM";
  switch (code) {
    case "H":
      return two(m.hour);
    case "k":
      return String(m.hour);
    case "h":
    case "I":
      return two(hour12);
    case "l":
      return String(hour12);
    case "i":
      return two(m.minute);
    case "s":
    case "S":
      return two(m.second);
    case "f":
      return String(m.micro).padStart(6, "0");
    case "p":
      return half;
    case "r":
      return `${clockText(hour12, m.minute, m.second)} ${half}`;
    case "T":
      return clockText(m.hour, m.minute, m.second);
    default:
      return null;
  }
}

function ordinal(day: number): string {
  if (day >= 10 && day <= 19) return "th";
  return ["th", "st", "nd", "rd"][day % 10] ?? "th";
}
