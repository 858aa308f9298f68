/**
 * The AUTO_INCREMENT counter and its steps: where `step` (auto_increment_increment) is not 1, every value is
 * offset + n * step.
 *
 * InnoDB: innobase_next_autoinc, ha_innobase::get_auto_increment (ha_innodb.cc).
 * Departure: the counter knows no greatest value of its column; a value that does not fit fails when it is stored.
 */
import type { AutoIncrementStep } from "./api.ts";

/** Explicit values alone move the counter by one. */
export const STEP_OF_ONE: AutoIncrementStep = { step: 1, offset: 0 };

/** The first value at or behind the counter that is in step. */
export function firstInStep(counter: number, { step, offset }: AutoIncrementStep): number {
  if (step === 1) return counter;
  return Math.floor((counter - 1 + step - offset) / step) * step + offset;
}

/** The counter after `count` values from `current` on. */
export function nextAutoIncrement(
  current: number,
  count: number,
  { step, offset }: AutoIncrementStep,
): number {
  const block = count * step;
  const start = offset > block ? 0 : offset;
  return Math.floor(Math.abs(current - start) / step) * step + block + start;
}
