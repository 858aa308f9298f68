/** Values of SET and BIT columns: whole numbers, read bit by bit. MySQL: Field_set::val_str, Field_bit::val_str. */

/** The members whose bits are set, in the order in which the type lists them. */
export function membersText(value: number | bigint, members: readonly string[]): string {
  const bits = value.toString(2);
  return members.filter((_, at) => bits[bits.length - 1 - at] === "1").join(",");
}

/** A character for each byte, the highest first. */
export function bytesText(value: number | bigint, length: number): string {
  return bytesOfBits(value, length)
    .map((byte) => String.fromCharCode(byte))
    .join("");
}

export function bytesOfBits(value: number | bigint, length: number): number[] {
  const hex = value.toString(16).padStart(2 * length, "0");
  return Array.from({ length }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

/** As MySQL writes it: b'101'. */
export function bitText(value: number | bigint): string {
  return `b'${value.toString(2)}'`;
}
