/**
 * The shape of a statement's text: the text with its plain literals taken out, so that statements which differ in them
 * alone have the same one.
 *
 *     SELECT k FROM t WHERE id = 17 AND name = 'row'
 *     SELECT k FROM t WHERE id = … AND name = …         17, 'row'
 *
 * Only literals whose type their shape tells are taken out: whole numbers of less than 16 digits, and strings without
 * escapes, by their length. Others stay in the shape. Texts with comments, variables or parameters have none.
 */
import { withOne } from "../base/lists.ts";
import { isDigit, isNamePart } from "./characters.ts";

/** A literal as it stands in the text; `end` is behind it. */
export interface PlainLiteral {
  readonly start: number;
  readonly end: number;
  /** A whole number, or the contents of a string. */
  readonly value: number | string;
}

export interface TextShape {
  readonly text: string;
  /** Texts of one shape have the same; others seldom do. */
  readonly hash: number;
  readonly literals: readonly PlainLiteral[];
}

/** What the texts of a shape have in common: the pieces around their literals, and the literals' kinds. */
export interface ShapePattern {
  readonly pieces: readonly string[];
  readonly kinds: readonly number[];
}

const TEXT_MAX = 2_000;
const LITERALS_MAX = 32;
const DIGITS_MAX = 15;

/** In place of a literal's length. */
const WHOLE_NUMBER = -1;

const TAB = 9;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const QUOTE = 39;
const STAR = 42;
const DASH = 45;
const DOT = 46;
const SLASH = 47;
const ZERO = 48;
const QUESTION = 63;
const AT = 64;
const BACKSLASH = 92;
const BACKQUOTE = 96;

const NO_LITERALS: PlainLiteral[] = [];

/** Null where literals cannot be told from the rest without reading the text as a statement. */
export function textShape(text: string): TextShape | null {
  const { length } = text;
  if (length > TEXT_MAX) return null;
  let hash = 0;
  let literals = NO_LITERALS;
  let at = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (isNamePart(code)) {
      const start = at;
      let isNumber = isDigit(code) && text.charCodeAt(start - 1) !== DOT;
      let value = code - ZERO;
      let further = hashed(hash, code);
      for (at += 1; at < length; at += 1) {
        const next = text.charCodeAt(at);
        if (!isNamePart(next)) break;
        if (isNumber && isDigit(next)) value = value * 10 + (next - ZERO);
        else isNumber = false;
        further = hashed(further, next);
      }
      if (!isNumber || at - start > DIGITS_MAX || text.charCodeAt(at) === DOT) {
        hash = further;
        continue;
      }
      literals = withOne(literals, { start, end: at, value });
      hash = hashed(hash, WHOLE_NUMBER);
    } else if (code === QUOTE || code === DOUBLE_QUOTE) {
      const end = plainEnd(text, at, code);
      if (end < 0) return null;
      literals = withOne(literals, { start: at, end, value: text.slice(at + 1, end - 1) });
      hash = hashed(hash, end - at - 2);
      at = end;
    } else if (code === BACKQUOTE) {
      const end = text.indexOf("`", at + 1);
      if (end < 0) return null;
      for (; at <= end; at += 1) hash = hashed(hash, text.charCodeAt(at));
    } else if (isRefused(code, text.charCodeAt(at + 1))) return null;
    else {
      hash = hashed(hash, code);
      at += 1;
    }
  }
  if (literals.length > LITERALS_MAX) return null;
  return { text, hash, literals };
}

export function patternOf({ text, literals }: TextShape): ShapePattern {
  const ends = [0, ...literals.map(({ end }) => end)];
  const starts = [...literals.map(({ start }) => start), text.length];
  return {
    pieces: ends.map((end, at) => text.slice(end, starts[at])),
    kinds: literals.map(kindOf),
  };
}

/** Is it a shape of this pattern? */
export function fits({ text, literals }: TextShape, { pieces, kinds }: ShapePattern): boolean {
  if (literals.length !== kinds.length) return false;
  if (literals.length === 0) return text === pieces[0];
  let from = 0;
  for (let at = 0; at < literals.length; at += 1) {
    const literal = literals[at] as PlainLiteral;
    const piece = pieces[at] as string;
    if (from + piece.length !== literal.start || kindOf(literal) !== kinds[at]) return false;
    if (!standsAt(text, piece, from)) return false;
    from = literal.end;
  }
  const last = pieces[literals.length] as string;
  return from + last.length === text.length && standsAt(text, last, from);
}

/** `startsWith`, which is a call out of compiled code. */
function standsAt(text: string, piece: string, from: number): boolean {
  for (let at = 0; at < piece.length; at += 1) {
    if (text.charCodeAt(from + at) !== piece.charCodeAt(at)) return false;
  }
  return true;
}

/** A text's length is a part of its shape. */
function kindOf({ value }: PlainLiteral): number {
  return typeof value === "number" ? WHOLE_NUMBER : value.length;
}

function hashed(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
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
