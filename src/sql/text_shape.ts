/**
 * The shape of a statement's text: the text with its plain literals taken out, so that statements which differ in them
 * alone have the same one.
 *
 *     SELECT k FROM t WHERE id = 17 AND name = 'row'
 *     SELECT k FROM t WHERE id = ␁ AND name = ␂3;       17, 'row'
 *
 * Only literals whose type their shape tells are taken out: whole numbers of less than 16 digits, and strings without
 * escapes, by their length. Others stay in the shape. Texts with comments, variables or parameters have none.
 */
import { isDigit, isNamePart } from "./characters.ts";

/** A literal as it stands in the text; `end` is behind it. */
export interface PlainLiteral {
  readonly start: number;
  readonly end: number;
  /** A whole number, or the contents of a string. */
  readonly value: number | string;
}

export interface TextShape {
  readonly key: string;
  readonly literals: readonly PlainLiteral[];
}

const TEXT_MAX = 2_000;
const LITERALS_MAX = 32;
const DIGITS_MAX = 15;

const TAB = 9;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const QUOTE = 39;
const STAR = 42;
const DASH = 45;
const DOT = 46;
const SLASH = 47;
const QUESTION = 63;
const AT = 64;
const BACKSLASH = 92;
const BACKQUOTE = 96;

const NO_LITERALS: readonly PlainLiteral[] = [];

/** Null where literals cannot be told from the rest without reading the text as a statement. */
export function textShape(text: string): TextShape | null {
  const { length } = text;
  if (length > TEXT_MAX) return null;
  let key = "";
  let copied = 0;
  let literals: PlainLiteral[] | null = null;
  let at = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (isNamePart(code)) {
      const start = at;
      let isNumber = isDigit(code) && text.charCodeAt(start - 1) !== DOT;
      for (at += 1; at < length; at += 1) {
        const next = text.charCodeAt(at);
        if (!isNamePart(next)) break;
        if (isNumber && !isDigit(next)) isNumber = false;
      }
      if (!isNumber || at - start > DIGITS_MAX || text.charCodeAt(at) === DOT) continue;
      literals ??= [];
      literals.push({ start, end: at, value: Number(text.slice(start, at)) });
      key += `${text.slice(copied, start)}\u0001`;
      copied = at;
    } else if (code === QUOTE || code === DOUBLE_QUOTE) {
      const end = plainEnd(text, at, code);
      if (end < 0) return null;
      literals ??= [];
      literals.push({ start: at, end, value: text.slice(at + 1, end - 1) });
      key += `${text.slice(copied, at)}\u0002${end - at - 2};`;
      copied = end;
      at = end;
    } else if (code === BACKQUOTE) {
      const end = text.indexOf("`", at + 1);
      if (end < 0) return null;
      at = end + 1;
    } else if (isRefused(code, text.charCodeAt(at + 1))) return null;
    else at += 1;
  }
  if (literals === null) return { key: text, literals: NO_LITERALS };
  if (literals.length > LITERALS_MAX) return null;
  return { key: key + text.slice(copied), literals };
}

/** Behind the closing quote; -1 for a string that has escapes, or no end. */
function plainEnd(text: string, start: number, quote: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) return -1;
    if (code === quote) return text.charCodeAt(at + 1) === quote ? -1 : at + 1;
  }
  return -1;
}

/** Comments, variables, parameters, and the characters that stand for literals in a shape. */
function isRefused(code: number, next: number): boolean {
  if (code === AT || code === HASH || code === QUESTION || code < TAB) return true;
  return (code === DASH && next === DASH) || (code === SLASH && next === STAR);
}
