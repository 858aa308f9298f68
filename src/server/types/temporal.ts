/**
 * DATE and DATETIME values as text, and back.
 *
 * MySQL: my_datetime_to_str, my_datetime_adjust_frac (mysys/my_time.cc).
 * Departure: TIMESTAMP is DATETIME by another name.
 */
import { clockText, dateText, fractionText } from "../../base/temporal_text.ts";
import type { Moment } from "./calendar.ts";

/** With exactly `fsp` digits of a second's fraction, cut off. */
export function momentText(moment: Moment, fsp: number): string {
  const clock = clockText(moment.hour, moment.minute, moment.second);
  return `${dateText(moment)} ${clock}${fractionText(moment.micro, fsp)}`;
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
