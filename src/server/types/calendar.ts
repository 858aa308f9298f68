/**
 * Points in time as numbers, and back.
 *
 * MySQL: sql-common/my_time.cc (calc_week, date_add_interval).
 */
import {
  type CalendarDate,
  dateOfDay,
  dayNumber,
  daysInMonth,
  isLeapYear,
} from "../../base/calendar.ts";

/** A point in time; DATE has zeros in the clock fields. */
export interface Moment extends CalendarDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micro: number;
}

export const MICROS_PER_SECOND = 1_000_000;
export const MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

/** 0 is Monday. MySQL: calc_weekday. */
export function weekday(days: number): number {
  return (days + 5) % 7;
}

/** Microseconds since the start of the day. */
export function clockMicros(moment: Moment): number {
  const seconds = moment.hour * 3600 + moment.minute * 60 + moment.second;
  return seconds * MICROS_PER_SECOND + moment.micro;
}

/** Days and microseconds as a moment; null outside the calendar. The microseconds may be negative or beyond a day. */
export function momentOf(days: number, micros: number): Moment | null {
  const carried = Math.floor(micros / MICROS_PER_DAY);
  const date = dateOfDay(days + carried);
  if (date === null) return null;
  return { ...date, ...clockOf(micros - carried * MICROS_PER_DAY) };
}

function clockOf(micros: number): Pick<Moment, "hour" | "minute" | "second" | "micro"> {
  const seconds = Math.floor(micros / MICROS_PER_SECOND);
  return {
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    micro: micros % MICROS_PER_SECOND,
  };
}

/** Months added, the day cut to the month's last; null outside the calendar. */
export function addMonths(moment: Moment, months: number): Moment | null {
  const total = moment.year * 12 + moment.month - 1 + months;
  const year = Math.floor(total / 12);
  const month = (((total % 12) + 12) % 12) + 1;
  if (total < 0 || year > 9999) return null;
  return { ...moment, year, month, day: Math.min(moment.day, daysInMonth(year, month)) };
}

/**
 * WEEK() and YEARWEEK(). Flags as in MySQL's calc_week: the week starts on Monday; weeks run 1..53; the year's first
 * week is the one with its first such day.
 */
export function weekOf(
  moment: Moment,
  mode: {
    readonly mondayFirst: boolean;
    readonly weekYear: boolean;
    readonly firstWeekday: boolean;
  },
): { week: number; year: number } {
  const today = dayNumber(moment.year, moment.month, moment.day);
  let year = moment.year;
  let weekYear = mode.weekYear;
  let firstDay = dayNumber(year, 1, 1);
  let firstWeekday = weekdayFrom(firstDay, mode.mondayFirst);
  if (moment.month === 1 && moment.day <= 7 - firstWeekday) {
    const isOldYear = mode.firstWeekday ? firstWeekday !== 0 : firstWeekday >= 4;
    if (!weekYear && isOldYear) return { week: 0, year };
    weekYear = true;
    year -= 1;
    const yearDays = isLeapYear(year) ? 366 : 365;
    firstDay -= yearDays;
    firstWeekday = (firstWeekday + 53 * 7 - yearDays) % 7;
  }
  const startsLater = mode.firstWeekday ? firstWeekday !== 0 : firstWeekday >= 4;
  const days = startsLater
    ? today - (firstDay + (7 - firstWeekday))
    : today - (firstDay - firstWeekday);
  if (weekYear && days >= 52 * 7) {
    const nextFirst = (firstWeekday + (isLeapYear(year) ? 366 : 365)) % 7;
    const isNewYear = mode.firstWeekday ? nextFirst === 0 : nextFirst < 4;
    if (isNewYear) return { week: 1, year: year + 1 };
  }
  return { week: Math.floor(days / 7) + 1, year };
}

function weekdayFrom(days: number, mondayFirst: boolean): number {
  return (days + (mondayFirst ? 5 : 6)) % 7;
}
