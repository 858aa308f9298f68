/**
 * The virtual clock as dates: the server starts at one moment that is always the same, and milliseconds are counted from it.
 *
 * Departure: there is one time zone, UTC.
 */

/** 2026-01-01 00:00:00 UTC in seconds since 1970: when every simulated server starts. */
const SERVER_START_S = 1_767_225_600;

/** No server starts on a whole millisecond: NOW(6) is later than NOW(). */
const SERVER_START_MICROS = 417;

const DAY_S = 86_400;

/** NOW(fsp) at `ms` milliseconds after the server's start: "2026-01-01 00:00:00[.ffffff]". */
export function nowText(ms: number, fsp = 0): string {
  const micros = Math.floor(((ms % 1000) + 1000) % 1000) * 1000 + SERVER_START_MICROS;
  return momentText(SERVER_START_S + Math.floor(ms / 1000), micros, fsp);
}

/** NOW(fsp) after SET timestamp = `unixTime`, seconds since 1970 with a fraction. */
export function setTimeText(unixTime: number, fsp: number): string {
  const seconds = Math.floor(unixTime);
  return momentText(seconds, Math.round((unixTime - seconds) * 1e6), fsp);
}

function momentText(seconds: number, micros: number, fsp: number): string {
  const days = Math.floor(seconds / DAY_S);
  const { year, month, day } = civilFromDays(days);
  const second = seconds % DAY_S;
  const date = `${year}-${two(month)}-${two(day)}`;
  const time = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
  if (fsp <= 0) return `${date} ${time}`;
  return `${date} ${time}.${String(micros).padStart(6, "0").slice(0, Math.min(fsp, 6))}`;
}

/** The Gregorian date of a day counted from 1970-01-01, by counting 400-year eras from 0000-03-01. */
function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
