/** Text as the bytes of utf8mb4, and bytes as text. */

/** How many bytes a text has in utf8mb4: as many as `utf8Bytes` makes. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    // Three bytes for the first half of a pair and one for the second make its four.
    if ((text.codePointAt(at) as number) > 0xffff) at += 1;
  }
  return bytes;
}

/** The bytes of a text in utf8mb4, without the platform's TextEncoder. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) as number;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000) {
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    } else {
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 0x3f),
        0x80 | ((code >> 6) & 0x3f),
        0x80 | (code & 0x3f),
      );
    }
  }
  return bytes;
}

/** The bytes of a binary string, each a character of it. */
export function binaryBytes(text: string): number[] {
  return Array.from(text, (char) => char.charCodeAt(0));
}

/** The text as a binary string. */
export function binaryText(text: string): string {
  if (/^\p{ASCII}*$/u.test(text)) return text;
  return utf8Bytes(text)
    .map((byte) => String.fromCharCode(byte))
    .join("");
}

const SEQUENCE =
  /^(?:\p{ASCII}|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})/u;

/** The text of bytes, each a character here; where they are no UTF-8, the place of the first bad one. */
export function utf8Text(bytes: string): string | number {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const found = SEQUENCE.exec(bytes.slice(at, at + 4))?.[0];
    if (found === undefined) return at;
    const [first = 0, ...rest] = [...found].map((byte) => byte.charCodeAt(0));
    const lead = found.length === 1 ? first : first & (0x7f >> found.length);
    text += String.fromCodePoint(rest.reduce((code, byte) => (code << 6) | (byte & 0x3f), lead));
    at += found.length;
  }
  return text;
}
