/**
 * Dates and times of day as numbers, and back: the proleptic Gregorian calendar from year 0 to 9999.
 *
 * MySQL: sql-common/my_time.cc (calc_daynr, get_date_from_daynr, calc_week, date_add_interval).
 */

/** A point in time; DATE has zeros in the clock fields. */
export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micro: number;
}

export const MICROS_PER_SECOND = 1_000_000;
export const MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || (year % 400 === 0 && year !== 0));
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (MONTH_DAYS[month - 1] ?? 31);
}

/** TO_DAYS(): 0 for 0000-00-00, 1 for 0000-01-01. MySQL: calc_daynr. */
export function dayNumber(year: number, month: number, day: number): number {
  if (year === 0 && month === 0) return 0;
  let days = 365 * year + 31 * (month - 1) + day;
  let leapBase = year;
  if (month <= 2) leapBase -= 1;
  else days -= Math.floor((month * 4 + 23) / 10);
  return days + Math.trunc(leapBase / 4) - Math.trunc((Math.trunc(leapBase / 100) + 1) * 0.75);
}

/** TO_DAYS('9999-12-31'). */
export const DAYS_MAX = 3_652_424;

/** The date of a day number; null outside the years 0 to 9999. MySQL: get_date_from_daynr. */
export function dateOfDay(days: number): { year: number; month: number; day: number } | null {
  if (days < 1 || days > DAYS_MAX) return null;
  let year = Math.floor((days * 100) / 36525);
  const correction = Math.floor((Math.floor((year - 1) / 100 + 1) * 3) / 4);
  let dayOfYear = days - year * 365 - Math.floor((year - 1) / 4) + correction;
  const length = (): number => (isLeapYear(year) ? 366 : 365);
  while (dayOfYear > length()) {
    dayOfYear -= length();
    year += 1;
  }
  while (dayOfYear < 1) {
    year -= 1;
    dayOfYear += length();
  }
  let month = 1;
  while (dayOfYear > daysInMonth(year, month)) {
    dayOfYear -= daysInMonth(year, month);
    month += 1;
  }
  return { year, month, day: dayOfYear };
}

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
