/**
 * DATE_FORMAT and STR_TO_DATE.
 *
 * MySQL: make_date_time, extract_date_time (sql/item_timefunc.cc).
 */
import { dayNumber, daysInMonth, type Moment, weekday, weekOf } from "../types/calendar.ts";

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

export function formatMoment(moment: Moment, format: string): string {
  return format.replace(/%(.)/gs, (_all, code: string) => part(moment, code));
}

function part(m: Moment, code: string): string {
  const days = dayNumber(m.year, m.month, m.day);
  const hour12 = ((m.hour + 11) % 12) + 1;
  switch (code) {
    case "Y":
      return String(m.year).padStart(4, "0");
    case "y":
      return two(m.year % 100);
    case "m":
      return two(m.month);
    case "c":
      return String(m.month);
    case "M":
      return MONTH_NAMES[m.month - 1] ?? "";
    case "b":
      return (MONTH_NAMES[m.month - 1] ?? "").slice(0, 3);
    case "d":
      return two(m.day);
    case "e":
      return String(m.day);
    case "D":
      return `${m.day}${ordinal(m.day)}`;
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
      return m.hour % 24 < 12 ? "AM" : "PM";
    case "r":
      return `${two(hour12)}:${two(m.minute)}:${two(m.second)} ${m.hour % 24 < 12 ? "AM" : "PM"}`;
    case "T":
      return `${two(m.hour)}:${two(m.minute)}:${two(m.second)}`;
    case "W":
      return DAY_NAMES[weekday(days)] ?? "";
    case "a":
      return (DAY_NAMES[weekday(days)] ?? "").slice(0, 3);
    case "w":
      return String((weekday(days) + 1) % 7);
    case "j":
      return String(days - dayNumber(m.year, 1, 1) + 1).padStart(3, "0");
    case "U":
      return two(weekOf(m, { mondayFirst: false, weekYear: false, firstWeekday: true }).week);
    case "u":
      return two(weekOf(m, { mondayFirst: true, weekYear: false, firstWeekday: false }).week);
    case "V":
      return two(weekOf(m, { mondayFirst: false, weekYear: true, firstWeekday: true }).week);
    case "v":
      return two(weekOf(m, { mondayFirst: true, weekYear: true, firstWeekday: false }).week);
    case "X":
      return String(
        weekOf(m, { mondayFirst: false, weekYear: true, firstWeekday: true }).year,
      ).padStart(4, "0");
    case "x":
      return String(
        weekOf(m, { mondayFirst: true, weekYear: true, firstWeekday: false }).year,
      ).padStart(4, "0");
    default:
      return code;
  }
}

function ordinal(day: number): string {
  if (day >= 10 && day <= 19) return "th";
  return ["th", "st", "nd", "rd"][day % 10] ?? "th";
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Null when the text does not follow the format. */
export function parseFormatted(text: string, format: string): Moment | null {
  let rest = text.trimStart();
  const found: Partial<Record<keyof Moment | "pm" | "isHalf", number>> = {};
  const take = (pattern: RegExp): string | null => {
    const match = pattern.exec(rest);
    if (match === null) return null;
    rest = rest.slice(match[0].length);
    return match[0];
  };
  const spelled = format.replaceAll("%T", "%H:%i:%s").replaceAll("%r", "%h:%i:%s %p");
  for (const token of spelled.match(/%.|\s+|[^%\s]/gs) ?? []) {
    if (/^\s/.test(token)) {
      rest = rest.trimStart();
      continue;
    }
    const isRead = token.startsWith("%")
      ? readPart(token.slice(1), take, found)
      : take(literalPattern(token)) !== null;
    if (!isRead) return null;
  }
  return momentFound(found);
}

function literalPattern(char: string): RegExp {
  return new RegExp(`^${char.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
}

type Found = Partial<Record<keyof Moment | "pm" | "isHalf", number>>;

function readPart(code: string, take: (pattern: RegExp) => string | null, found: Found): boolean {
  const number = (field: keyof Found, pattern: RegExp): boolean => {
    const digits = take(pattern);
    if (digits === null) return false;
    found[field] = Number(digits);
    return true;
  };
  switch (code) {
    case "Y":
      return number("year", /^\d{1,4}/);
    case "y": {
      if (!number("year", /^\d{1,2}/)) return false;
      const year = found.year ?? 0;
      found.year = year + (year < 70 ? 2000 : 1900);
      return true;
    }
    case "m":
    case "c":
      return number("month", /^\d{1,2}/);
    case "d":
    case "e":
      return number("day", /^\d{1,2}/);
    case "D":
      return number("day", /^\d{1,2}/) && take(/^[a-z]{2}/i) !== null;
    case "M":
    case "b": {
      const name = take(code === "M" ? /^[a-z]+/i : /^[a-z]{3}/i);
      const at = MONTH_NAMES.findIndex(
        (month) => name !== null && month.toLowerCase().startsWith(name.toLowerCase()),
      );
      found.month = at + 1;
      return at >= 0;
    }
    case "H":
    case "k":
      return number("hour", /^\d{1,2}/);
    case "h":
    case "I":
    case "l":
      found.isHalf = 1;
      return number("hour", /^\d{1,2}/);
    case "i":
      return number("minute", /^\d{1,2}/);
    case "s":
    case "S":
      return number("second", /^\d{1,2}/);
    case "f": {
      const digits = take(/^\d{1,6}/);
      found.micro = Number((digits ?? "0").padEnd(6, "0"));
      return digits !== null;
    }
    case "p": {
      const half = take(/^[ap]m/i);
      found.pm = half?.toLowerCase() === "pm" ? 12 : 0;
      return half !== null;
    }
    case "W":
    case "a":
      return take(/^[a-z]+/i) !== null;
    default:
      return take(literalPattern(code)) !== null;
  }
}

function momentFound(found: Found): Moment | null {
  const hour = found.isHalf === 1 ? ((found.hour ?? 0) % 12) + (found.pm ?? 0) : (found.hour ?? 0);
  const moment: Moment = {
    year: found.year ?? 0,
    month: found.month ?? 0,
    day: found.day ?? 0,
    hour,
    minute: found.minute ?? 0,
    second: found.second ?? 0,
    micro: found.micro ?? 0,
  };
  const { month, day, minute, second } = moment;
  if (month > 12 || hour > 23 || minute > 59 || second > 59) return null;
  return month > 0 && day > daysInMonth(moment.year, month) ? null : moment;
}
