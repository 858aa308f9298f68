/**
 * Dates and times as MySQL writes them.
 *
 * MySQL: my_date_to_str, my_time_to_str (mysys/my_time.cc).
 */
import type { CalendarDate } from "./calendar.ts";

/** "2024-02-29" */
export function dateText({ year, month, day }: CalendarDate): string {
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** "12:34:56"; the hours may have three digits. */
export function clockText(hour: number, minute: number, second: number): string {
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

/** A TIME of so many microseconds: "-10:20:30.45". */
export function timeText(micros: number, fsp: number): string {
  const total = Math.abs(micros);
  const seconds = Math.floor(total / 1_000_000);
  const clock = clockText(Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60);
  return `${micros < 0 ? "-" : ""}${clock}${fractionText(total % 1_000_000, fsp)}`;
}

/** ".45": exactly `fsp` digits of a second's fraction, cut off. */
export function fractionText(micro: number, fsp: number): string {
  return fsp > 0 ? `.${String(micro).padStart(6, "0").slice(0, fsp)}` : "";
}

/** A part of a date or time in at least two digits. */
export function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
