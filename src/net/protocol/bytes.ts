/**
 * The small pieces of the protocol: length-encoded integers and strings, whose texts are UTF-8.
 *
 * MySQL: net_store_length, net_store_data (sql-common/pack.cc, sql/protocol_classic.cc).
 */
import { utf8Bytes, utf8Length } from "../../base/utf8.ts";

/** How many bytes the length itself takes: 1 up to 250, then 3, 4 and 9. */
export function lengthSize(length: number): 1 | 3 | 4 | 9 {
  if (length < 251) return 1;
  if (length < 0x1_0000) return 3;
  return length < 0x100_0000 ? 4 : 9;
}

/** A length-encoded integer. */
export function lengthBytes(length: number): number[] {
  switch (lengthSize(length)) {
    case 1:
      return [length];
    case 3:
      return [0xfc, ...littleEndian(length, 2)];
    case 4:
      return [0xfd, ...littleEndian(length, 3)];
    case 9:
      return [0xfe, ...littleEndian(length, 8)];
  }
}

/** A length-encoded string: its length, then its bytes. */
export function stringSize(text: string): number {
  const length = utf8Length(text);
  return lengthSize(length) + length;
}

/** A binary string, whose characters are its bytes. */
export function binarySize(text: string): number {
  return lengthSize(text.length) + text.length;
}

/** A length-encoded string of bytes, each a character from U+0000 to U+00FF. */
export function binaryBytes(text: string): number[] {
  return lengthBytes(text.length).concat(Array.from(text, (byte) => byte.charCodeAt(0) & 0xff));
}

/** A length-encoded string, in UTF-8. */
export function stringBytes(text: string): number[] {
  const bytes = utf8Bytes(text);
  return lengthBytes(bytes.length).concat(bytes);
}

/** A whole number, `width` bytes, lowest first. */
export function littleEndian(value: number, width: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (let at = 0; at < width; at += 1) {
    bytes.push(rest % 256);
    rest = Math.floor(rest / 256);
  }
  return bytes;
}
