/** Decimal numbers as text. */

/** "-12.34" for (-1234, 2). */
export function decimalText(value: number | bigint, scale: number): string {
  if (scale === 0) return value.toString();
  const isNegative = value < 0;
  const digits = (isNegative ? -BigInt(value) : BigInt(value)).toString().padStart(scale + 1, "0");
  const point = digits.length - scale;
  return `${isNegative ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
}
