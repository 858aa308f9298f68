/**
 * DECIMAL arithmetic on unscaled whole numbers: 12.34 is (1234, scale 2). Rounding is half away from zero.
 *
 * MySQL: strings/decimal.cc (decimal_add, decimal_mul, decimal_div, decimal_round).
 */
import { decimalText } from "../../base/decimal_text.ts";
import { plainDigits } from "./double.ts";
import { addWhole, multiplyWhole, powerOfTen, type Whole, wholeOf } from "./integer.ts";

/** The same number with another scale, rounded where digits are lost. */
export function rescale(value: Whole, from: number, to: number): Whole {
  if (from === to) return value;
  if (to > from) return multiplyWhole(value, wholeOf(powerOfTen(to - from)));
  return roundedQuotient(BigInt(value), powerOfTen(from - to));
}

/** Digits beyond the new scale are cut off. */
export function truncateScale(value: Whole, from: number, to: number): Whole {
  if (to >= from) return rescale(value, from, to);
  return wholeOf(BigInt(value) / powerOfTen(from - to));
}

export function addDecimal(a: Whole, scaleA: number, b: Whole, scaleB: number): Whole {
  const scale = Math.max(scaleA, scaleB);
  return addWhole(rescale(a, scaleA, scale), rescale(b, scaleB, scale));
}

export function compareDecimal(a: Whole, scaleA: number, b: Whole, scaleB: number): number {
  const scale = Math.max(scaleA, scaleB);
  const left = rescale(a, scaleA, scale);
  const right = rescale(b, scaleB, scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** a / b with the given scale; digits beyond it are cut off, as decimal_div leaves them. `b` is not 0. */
export function divideDecimal(
  a: Whole,
  scaleA: number,
  b: Whole,
  scaleB: number,
  scale: number,
): Whole {
  const shift = scale + scaleB - scaleA;
  const top = BigInt(a) * (shift > 0 ? powerOfTen(shift) : 1n);
  const bottom = BigInt(b) * (shift < 0 ? powerOfTen(-shift) : 1n);
  return wholeOf(top / bottom);
}

/** Reads plain digits with at most one point: no exponent, nothing else. */
export function parseDecimal(text: string): { readonly value: Whole; readonly scale: number } {
  const isNegative = text.startsWith("-");
  const [whole = "", fraction = ""] = text.replace(/^[+-]/, "").split(".");
  const unscaled = BigInt(`${whole}${fraction}` || "0");
  return { value: wholeOf(isNegative ? -unscaled : unscaled), scale: fraction.length };
}

export function decimalToDouble(value: Whole, scale: number): number {
  return scale === 0 ? Number(value) : Number(decimalText(value, scale));
}

/** A double with `scale` digits after the point, from its shortest text, as double2decimal does. */
export function doubleToDecimal(value: number, scale: number): Whole {
  const { value: unscaled, scale: exact } = parseDecimal(plainDigits(value));
  return rescale(unscaled, exact, scale);
}

function roundedQuotient(top: bigint, bottom: bigint): Whole {
  const quotient = top / bottom;
  const rest = top % bottom;
  const isUp = (rest < 0n ? -rest : rest) * 2n >= bottom;
  if (!isUp) return wholeOf(quotient);
  return wholeOf(top < 0n ? quotient - 1n : quotient + 1n);
}
