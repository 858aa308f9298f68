/** CRC-32 as zlib has it. */

/** `before`: the CRC of the bytes in front of these. */
export function crc32(bytes: readonly number[], before = 0): number {
  let crc = ~before;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
