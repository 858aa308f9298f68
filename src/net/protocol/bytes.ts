/**
 * The small pieces of the protocol: texts as UTF-8, and length-encoded integers and strings.
 *
 * MySQL: net_store_length, net_store_data (sql-common/pack.cc, sql/protocol_classic.cc).
 */

/** Bytes of `text` in UTF-8. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    length += unit < 0x800 ? 1 : 2;
    // Three bytes for the first unit of a pair and one for the second make its four.
    if (isHighSurrogate(unit) && at + 1 < text.length) at += 1;
  }
  return length;
}

export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x1_0000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else {
      bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
    }
  }
  return bytes;
}

/** How many bytes the length itself takes: 1 up to 250, then 3, 4 and 9. */
export function lengthSize(length: number): 1 | 3 | 4 | 9 {
  if (length < 251) return 1;
  if (length < 0x1_0000) return 3;
  return length < 0x100_0000 ? 4 : 9;
}

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

export function binaryBytes(text: string): number[] {
  return lengthBytes(text.length).concat(Array.from(text, (byte) => byte.charCodeAt(0) & 0xff));
}

export function stringBytes(text: string): number[] {
  const bytes = utf8Bytes(text);
  return lengthBytes(bytes.length).concat(bytes);
}

export function littleEndian(value: number, width: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (let at = 0; at < width; at += 1) {
    bytes.push(rest % 256);
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

function tail(code: number): number {
  return 0x80 | (code & 0x3f);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
