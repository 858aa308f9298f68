/**
 * Whole numbers as they are stored: a number where a double holds it exactly, else a bigint.
 *
 * MySQL: longlong and ulonglong arithmetic of Item_func_plus::int_op and its neighbours.
 */

/** The stored form of a whole number. */
export type Whole = number | bigint;

export function wholeOf(value: bigint): Whole {
  return value >= MIN_SAFE && value <= MAX_SAFE ? Number(value) : value;
}

const MIN_SAFE = BigInt(Number.MIN_SAFE_INTEGER);
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

export function addWhole(a: Whole, b: Whole): Whole {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return wholeOf(BigInt(a) + BigInt(b));
}

export function subtractWhole(a: Whole, b: Whole): Whole {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return wholeOf(BigInt(a) - BigInt(b));
}

export function multiplyWhole(a: Whole, b: Whole): Whole {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    if (Number.isSafeInteger(product)) return product === 0 ? 0 : product;
  }
  return wholeOf(BigInt(a) * BigInt(b));
}

/** Towards zero; the divisor is not 0. */
export function divideWhole(a: Whole, b: Whole): Whole {
  if (typeof a === "number" && typeof b === "number") {
    const quotient = Math.trunc(a / b);
    return quotient === 0 ? 0 : quotient;
  }
  return wholeOf(BigInt(a) / BigInt(b));
}

/** With the sign of the dividend; the divisor is not 0. */
export function remainderWhole(a: Whole, b: Whole): Whole {
  if (typeof a === "number" && typeof b === "number") {
    const rest = a % b;
    return rest === 0 ? 0 : rest;
  }
  return wholeOf(BigInt(a) % BigInt(b));
}

export function negateWhole(a: Whole): Whole {
  if (typeof a === "number") return a === 0 ? 0 : -a;
  return wholeOf(-a);
}

export function powerOfTen(exponent: number): bigint {
  let power = POWERS[exponent];
  if (power === undefined) {
    power = 10n ** BigInt(exponent);
    POWERS[exponent] = power;
  }
  return power;
}

const POWERS: bigint[] = [];
