/**
 * Rounding a point in time to fewer digits of a second.
 *
 * MySQL: my_datetime_adjust_frac.
 */
import { dayNumber } from "../../base/calendar.ts";
import { clockMicros, MICROS_PER_SECOND, type Moment, momentOf } from "./calendar.ts";
import { roundMicros } from "./temporal.ts";

/** The moment rounded to `fsp` digits of a second, the carry going up to the year. */
export function rounded(moment: Moment, fsp: number): Moment {
  const micros = roundMicros(moment.micro, fsp);
  if (micros < MICROS_PER_SECOND || moment.month === 0 || moment.day === 0) {
    return { ...moment, micro: Math.min(micros, MICROS_PER_SECOND - 1) };
  }
  const days = dayNumber(moment.year, moment.month, moment.day);
  return momentOf(days, clockMicros({ ...moment, micro: 0 }) + micros) ?? moment;
}
