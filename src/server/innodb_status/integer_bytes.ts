/** A whole number as a record holds it: big-endian, of a signed one the sign bit turned round. */
export function integerBytes(value: bigint, length: number, unsigned: boolean): number[] {
  const bits = BigInt(length * 8);
  const stored = BigInt.asUintN(Number(bits), unsigned ? value : value + (1n << (bits - 1n)));
  return Array.from({ length }, (_one, at) =>
    Number((stored >> BigInt((length - 1 - at) * 8)) & 0xffn),
  );
}
