/**
 * The arithmetic of AUTO_INCREMENT counters: the next value of a sequence that begins at an offset and goes on in steps,
 * never beyond the largest value of the column's type.
 *
 * InnoDB: ha_innodb.cc: innobase_next_autoinc. MySQL: Field::get_max_int_value.
 */
import type { ColumnType } from "../trace/values.ts";

/** auto_increment_offset and auto_increment_increment. */
export interface Sequence {
  readonly offset: bigint;
  readonly increment: bigint;
}

/** The largest value of a whole-number column; 0 for any other type. */
export function largestWhole(type: ColumnType | undefined): bigint {
  if (type?.kind !== "int") return 0n;
  const bits = BigInt(type.bytes * 8);
  return type.unsigned ? (1n << bits) - 1n : (1n << (bits - 1n)) - 1n;
}

/** The counter once `need` values from `current` on are used. */
export function nextCounter(
  current: bigint,
  need: bigint,
  { offset, increment }: Sequence,
  largest: bigint,
): bigint {
  const block = need * increment;
  const from = offset > block ? 0n : offset;
  const isNearEnd = block >= largest || from > largest || current >= largest;
  if (isNearEnd || largest - from <= from || largest - current - from <= block) return largest;
  const distance = current > from ? current - from : from - current;
  const next = (distance / increment) * increment + block + from;
  return next > largest ? largest : next;
}
