/**
 * Sort keys of texts: two texts are equal in a collation when their keys are the same string, and sort as the keys do
 * under JavaScript's `<`.
 *
 *     utf8mb4_0900_ai_ci   accents and case do not count, trailing spaces do:  'Résumé' = 'resume' <> 'resume '
 *     utf8mb4_0900_as_cs   the same order, but accents and then case decide between what it calls equal
 *     utf8mb4_unicode_ci   as utf8mb4_0900_ai_ci, trailing spaces do not count (PAD SPACE)
 *     utf8mb4_general_ci   by code point of the capital letter without its accent, 'ß' = 's'; trailing spaces do not count
 *     utf8mb4_bin          by code point, trailing spaces do not count
 *     binary               by code point, everything counts
 *
 * The key of a character where it is DUCET's: blanks and punctuation, other punctuation, symbols, other symbols, digits, letters of all
 * scripts by code point, Han by code point, characters that are not assigned.
 *
 * MySQL: strings/uca900_data.h (DUCET 9.0, variable weights not ignored), strings/ctype-uca.cc, strings/ctype-utf8.cc
 * (my_unicase_default).
 * Departure: own folding (NFKD, marks dropped, lower case) instead of the DUCET weights, so that letters outside
 * Latin sort by code point within their script; the collation of every engine and browser is then the same.
 */

/** The sort key of `text`. */
export function collationKey(text: string, collation: string): string {
  switch (collation) {
    case "binary":
      return codePointKey(text);
    case "utf8mb4_bin":
      return `${codePointKey(unpadded(text))} `;
    case "utf8mb4_general_ci":
      return `${codePointKey(Array.from(unpadded(text), generalCapital).join(""))} `;
    case "utf8mb4_unicode_ci":
      return foldedKey(`${unpadded(text)} `);
    case "utf8mb4_0900_as_cs":
      return `${foldedKey(text)}\0${marksKey(text)}`;
    default:
      return foldedKey(text);
  }
}

/** PAD SPACE: the shorter of two texts goes on with blanks. A blank behind its key stands for them. */
export function padsSpace(collation: string): boolean {
  return !collation.includes("_0900_") && collation !== "binary";
}

function unpadded(text: string): string {
  return text.replace(/ +$/, "");
}

/** Accents are taken off letters of Latin, Greek and Cyrillic; a capital is one character. */
function generalCapital(char: string): string {
  const code = char.codePointAt(0) as number;
  if (code < 128) return char.toUpperCase();
  if (code > 0xffff) return "\ufffd";
  if (char === "ß") return "S";
  const [base = char, ...marks] = char.normalize("NFD");
  const isAccented =
    marks.length > 0 && base < "\u0530" && marks.every((mark) => /\p{M}/u.test(mark));
  const letter = isAccented ? base : char;
  const capital = letter.toUpperCase();
  return capital.length === 1 ? capital : letter;
}

/** Accents first, then small letters before capitals. */
function marksKey(text: string): string {
  const parts = text.normalize("NFD");
  const marks = parts.replace(/[^\p{M}]/gu, " ");
  return `${marks}\0${parts.replace(/./gsu, (char) => (char === char.toLowerCase() ? "a" : "b"))}`;
}

/** Negative, zero or positive, in the collation. */
export function compareText(a: string, b: string, collation: string): number {
  if (a === b) return 0;
  const keyA = collationKey(a, collation);
  const keyB = collationKey(b, collation);
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
}

/** ASCII in DUCET's order; what is not here (control characters) has no weight. */
const ASCII_BELOW_DIGITS = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%";
const ASCII_SYMBOLS = "`^+<=>|~$";
const OTHER_PUNCTUATION = "\u0030";
const OTHER_SYMBOL = "\u0040";
const HAN = "\ufb40";
/** DUCET's implicit weights of characters that mean nothing (yet) are the highest: a range for LIKE ends with one. */
const UNASSIGNED = "\ufbc0";
const DIGIT_ZERO = 0x50;

/** Letters whose DUCET weights have several letters, or another letter's with an accent, without a decomposition. */
const EXPANSIONS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ħ: "h",
  ı: "i",
  ŀ: "l",
  ς: "σ",
  〇: String.fromCharCode(DIGIT_ZERO),
};

const ASCII_KEY: readonly string[] = asciiKeys();

const CACHE_SIZE_MAX = 20_000;
const cache = new Map<string, string>();

function foldedKey(text: string): string {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const key = asciiKey(text) ?? unicodeKey(text);
  if (cache.size >= CACHE_SIZE_MAX) cache.clear();
  cache.set(text, key);
  return key;
}

function asciiKey(text: string): string | null {
  let key = "";
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 128) return null;
    key += ASCII_KEY[code];
  }
  return key;
}

function unicodeKey(text: string): string {
  let key = "";
  for (const char of text.normalize("NFKD").toLowerCase()) key += characterKey(char);
  return key;
}

function characterKey(char: string): string {
  const code = char.codePointAt(0) as number;
  if (code < 128) return ASCII_KEY[code] as string;
  if (/\p{M}/u.test(char) || /\p{Cf}/u.test(char)) return "";
  const expansion = EXPANSIONS[char];
  if (expansion !== undefined) return expansion;
  if (/\p{Script=Han}/u.test(char)) return HAN + codePointKey(char);
  if (/\p{Nd}/u.test(char)) return String.fromCharCode(DIGIT_ZERO + digitValue(code));
  if (/[\p{Cn}\p{Co}]/u.test(char)) return UNASSIGNED + codePointKey(char);
  if (/[\p{P}\p{Z}]/u.test(char)) return OTHER_PUNCTUATION + char;
  if (/[\p{S}\p{Lm}]/u.test(char)) return OTHER_SYMBOL + char;
  return kanaFolded(code, char);
}

/** Decimal digits of a script are ten in a row; the value is the distance to the row's start. */
function digitValue(code: number): number {
  let start = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1;
  return (code - start) % 10;
}

/** Katakana as Hiragana, small letters as big ones: they differ below the first level only. */
function kanaFolded(code: number, char: string): string {
  const hiragana = code >= 0x30a1 && code <= 0x30f6 ? code - 0x60 : code;
  if (hiragana < 0x3041 || hiragana > 0x3096) return char;
  const isSmall = "ぁぃぅぇぉっゃゅょゎ".includes(String.fromCharCode(hiragana));
  return String.fromCharCode(isSmall ? hiragana + 1 : hiragana);
}

/** UTF-16 units order surrogates before U+E000; here they come behind, as code points do. */
function codePointKey(text: string): string {
  if (!/[\ud800-\uffff]/.test(text)) return text;
  let key = "";
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    const isSurrogate = unit >= 0xd800 && unit < 0xe000;
    key += String.fromCharCode(isSurrogate ? unit + 0x2000 : unit >= 0xe000 ? unit - 0x800 : unit);
  }
  return key;
}

function asciiKeys(): string[] {
  const keys = new Array<string>(128).fill("");
  let next = 1;
  for (const char of ASCII_BELOW_DIGITS) keys[char.charCodeAt(0)] = String.fromCharCode(next++);
  next = 0x31;
  for (const char of ASCII_SYMBOLS) keys[char.charCodeAt(0)] = String.fromCharCode(next++);
  for (let digit = 0; digit < 10; digit += 1) {
    keys[0x30 + digit] = String.fromCharCode(DIGIT_ZERO + digit);
  }
  for (let letter = 0; letter < 26; letter += 1) {
    keys[0x61 + letter] = String.fromCharCode(0x61 + letter);
    keys[0x41 + letter] = String.fromCharCode(0x61 + letter);
  }
  return keys;
}
