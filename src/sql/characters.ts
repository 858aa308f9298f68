/** Which characters mean what to the lexer, as MySQL's tables for utf8mb4 have it. */

const SPACE = 1;
const DIGIT = 2;
const LETTER = 4;
const HEX = 8;
const COMPARISON = 16;

const CLASS = new Uint8Array(128);
for (const character of " \t\n\v\f\r") mark(character, SPACE);
for (const character of "0123456789") mark(character, DIGIT | HEX);
for (const character of "abcdefABCDEF") mark(character, HEX);
for (const character of "abcdefghijklmnopqrstuvwxyz") {
  mark(character, LETTER);
  mark(character.toUpperCase(), LETTER);
}
for (const character of "_$") mark(character, LETTER);
for (const character of "<>=!") mark(character, COMPARISON);

function mark(character: string, bit: number): void {
  const code = character.charCodeAt(0);
  CLASS[code] = (CLASS[code] ?? 0) | bit;
}

/** Negative numbers and NaN stand for the end of the text. */
const classOf = (code: number): number =>
  code >= 128 ? LETTER : code >= 0 ? (CLASS[code] as number) : 0;

/** Space, tab, line feed, vertical tab, form feed, carriage return. */
export const isSpace = (code: number): boolean => code < 128 && (classOf(code) & SPACE) !== 0;

export const isDigit = (code: number): boolean => (classOf(code) & DIGIT) !== 0;

export const isHexDigit = (code: number): boolean => code < 128 && (classOf(code) & HEX) !== 0;

/** Part of an unquoted name: letters, digits, `_`, `$` and everything beyond ASCII. False at the end. */
export const isNamePart = (code: number): boolean => (classOf(code) & (LETTER | DIGIT)) !== 0;

/** `<`, `>`, `=`, `!`: MySQL reads runs of them as one operator. */
export const isComparison = (code: number): boolean => (classOf(code) & COMPARISON) !== 0;

/** What must follow `--` to make a comment: white space, a control character or the end of the text. */
export const endsDashes = (code: number): boolean =>
  Number.isNaN(code) || code <= 0x20 || code === 0x7f;
