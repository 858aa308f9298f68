/**
 * The virtual clock as dates: the server starts at one moment that is always the same, and milliseconds are counted from it.
 *
 * Departure: there is one time zone, UTC.
 */
import { type CalendarDate, dateOfDay, EPOCH_DAY } from "../base/calendar.ts";
import { dateText, timeText } from "../base/temporal_text.ts";

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
  const second = seconds % DAY_S;
  const date = dateOfDay(Math.floor(seconds / DAY_S) + EPOCH_DAY) as CalendarDate;
  const clock = timeText(second * 1_000_000 + micros, Math.min(fsp, 6));
  return `${dateText(date)} ${clock}`;
}
