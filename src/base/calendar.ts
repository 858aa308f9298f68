/**
 * The proleptic Gregorian calendar from year 0 to 9999 as numbers of days.
 *
 * MySQL: sql-common/my_time.cc (calc_daynr, get_date_from_daynr).
 */

export interface CalendarDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** TO_DAYS('1970-01-01'). */
export const EPOCH_DAY = 719_528;

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** The year 0 is none, as in MySQL: calc_days_in_year. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || (year % 400 === 0 && year !== 0));
}

/** `month` from 1. */
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
export function dateOfDay(days: number): CalendarDate | null {
  if (days < 1 || days > DAYS_MAX) return null;
  let year = Math.floor((days * 100) / 36525);
  const correction = Math.trunc(((Math.trunc((year - 1) / 100) + 1) * 3) / 4);
  let dayOfYear = days - year * 365 - Math.trunc((year - 1) / 4) + correction;
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
