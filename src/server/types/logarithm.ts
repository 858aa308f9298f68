/**
 * Logarithms as glibc has them: the engine's own differ in the last digit, and from one engine to the next.
 *
 * MySQL calls log() and log10(). glibc's log is right to the last digit in all but a few cases in a hundred, so this
 * one simply is; its log10 is fdlibm's, made of log.
 */

/** Bits after the point of the fixed-point numbers below. */
const BITS = 128n;
const ONE = 1n << BITS;
/** Of log's series about 1: (m-1)/(m+1) squared is below 2^-5, ln 2 starts from 1/3: so many terms do for 128 bits. */
const TERMS = 40n;
const LN_2 = atanhDoubled(ONE / 3n);

/** Of a finite number above 0. */
export function naturalLog(x: number): number {
  return toDouble(exactLog(x));
}

/** Of a finite number above 0. */
export function binaryLog(x: number): number {
  return toDouble((exactLog(x) << BITS) / LN_2);
}

function exactLog(x: number): bigint {
  const { mantissa, exponent } = parts(x);
  // Between the square roots of 1/2 and 2.
  const isHigh = mantissa > Math.SQRT2;
  const m = fixed(isHigh ? mantissa / 2 : mantissa);
  const log = atanhDoubled(((m - ONE) << BITS) / (m + ONE));
  return BigInt(exponent + (isHigh ? 1 : 0)) * LN_2 + log;
}

const LOG10_2_HIGH = 0.30102999566361177;
const LOG10_2_LOW = 3.694239077158931e-13;

/** Of a finite number above 0. */
export function decimalLog(x: number): number {
  const { mantissa, exponent } = parts(x);
  const below = exponent < 0 ? 1 : 0;
  const y = exponent + below;
  const z = y * LOG10_2_LOW + Math.LOG10E * naturalLog(below === 1 ? mantissa / 2 : mantissa);
  return z + y * LOG10_2_HIGH;
}

/** A mantissa from 1 to below 2. */
function parts(x: number): { mantissa: number; exponent: number } {
  let [mantissa, exponent] = [x, 0];
  while (mantissa >= 2) {
    const step = mantissa >= 2 ** 64 ? 64 : 1;
    mantissa /= 2 ** step;
    exponent += step;
  }
  while (mantissa < 1) {
    const step = mantissa < 2 ** -64 ? 64 : 1;
    mantissa *= 2 ** step;
    exponent -= step;
  }
  return { mantissa, exponent };
}

/** Exact: a mantissa has 53 bits. */
function fixed(mantissa: number): bigint {
  return BigInt(mantissa * 2 ** 53) << (BITS - 53n);
}

/** 2 (s + s^3/3 + s^5/5 + ...), the logarithm of (1+s)/(1-s). */
function atanhDoubled(s: bigint): bigint {
  const square = (s * s) >> BITS;
  let [power, sum] = [s, s];
  for (let k = 1n; k < TERMS * 2n; k += 1n) {
    power = (power * square) >> BITS;
    sum += power / (2n * k + 1n);
  }
  return sum * 2n;
}

/** The nearest double; `Number` of a whole number rounds to the nearest. */
function toDouble(value: bigint): number {
  return Number(value) / 2 ** Number(BITS);
}
