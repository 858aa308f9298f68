/**
 * DATE, DATETIME and TIME values as text, and back.
 *
 * MySQL: my_date_to_str, my_datetime_to_str, my_time_to_str, my_datetime_adjust_frac (mysys/my_time.cc).
 * Departure: TIMESTAMP is DATETIME by another name.
 */
import { MICROS_PER_SECOND, type Moment } from "./calendar.ts";

export function dateText(moment: Moment): string {
  return `${String(moment.year).padStart(4, "0")}-${two(moment.month)}-${two(moment.day)}`;
}

/** With exactly `fsp` digits of a second's fraction, cut off. */
export function momentText(moment: Moment, fsp: number): string {
  const clock = `${two(moment.hour)}:${two(moment.minute)}:${two(moment.second)}`;
  return `${dateText(moment)} ${clock}${fractionText(moment.micro, fsp)}`;
}

/** "-10:20:30.45"; the hours may have three digits. */
export function timeText(micros: number, fsp: number): string {
  const total = Math.abs(micros);
  const seconds = Math.floor(total / MICROS_PER_SECOND);
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${micros < 0 ? "-" : ""}${clock}${fractionText(total % MICROS_PER_SECOND, fsp)}`;
}

function fractionText(micro: number, fsp: number): string {
  return fsp > 0 ? `.${String(micro).padStart(6, "0").slice(0, fsp)}` : "";
}

/** Reads back what `dateText` or `momentText` wrote. */
export function momentOfText(text: string): Moment {
  return {
    year: Number(text.slice(0, 4)),
    month: Number(text.slice(5, 7)),
    day: Number(text.slice(8, 10)),
    hour: Number(text.slice(11, 13)),
    minute: Number(text.slice(14, 16)),
    second: Number(text.slice(17, 19)),
    micro: microsOf(text.slice(20)),
  };
}

/** Rounds the fraction half up to `fsp` digits; the carry may reach the date. MySQL: my_datetime_adjust_frac. */
export function roundMicros(micros: number, fsp: number): number {
  const unit = 10 ** (6 - fsp);
  const rounded = Math.floor(Math.abs(micros) / unit + 0.5) * unit;
  return micros < 0 ? -rounded : rounded;
}

/** "5" is half a second; a seventh digit rounds. */
function microsOf(fraction: string | undefined): number {
  if (fraction === undefined || fraction === "") return 0;
  const micros = Number(fraction.slice(0, 6).padEnd(6, "0"));
  return Number(fraction[6] ?? 0) >= 5 ? Math.min(micros + 1, 999_999) : micros;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
