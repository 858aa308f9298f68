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

/** What the texts of a shape have in common: the texts around their literals, and the literals' kinds. */
export interface ShapePattern {
  readonly pieces: readonly Piece[];
  readonly kinds: readonly number[];
}

/** A text in chunks, none longer than `CHUNK`. */
interface Piece {
  readonly length: number;
  readonly chunks: readonly string[];
}

const TEXT_MAX = 2_000;
const LITERALS_MAX = 32;
const DIGITS_MAX = 15;
/**
 * So much of a text is compared at once. A slice of up to 12 characters is a string of its own, which compiled code compares
 * in 10 ns, its making included; longer ones are views, which it does not know how to compare.
 */
const CHUNK = 12;

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
const NO_VALUES: PlainLiteral["value"][] = [];

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
      let isNumber = isDigit(code) && codeAt(text, start - 1) !== DOT;
      let value = code - ZERO;
      let further = hashed(hash, code);
      for (at += 1; at < length; at += 1) {
        const next = text.charCodeAt(at);
        if (!isNamePart(next)) break;
        if (isNumber && isDigit(next)) value = value * 10 + (next - ZERO);
        else isNumber = false;
        further = hashed(further, next);
      }
      if (!isNumber || at - start > DIGITS_MAX || codeAt(text, at) === DOT) {
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
    } else if (isRefused(code, codeAt(text, at + 1))) return null;
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
    pieces: ends.map((end, at) => pieceOf(text.slice(end, starts[at]))),
    kinds: literals.map(kindOf),
  };
}

function pieceOf(text: string): Piece {
  const { length } = text;
  const chunks = Array.from({ length: Math.ceil(length / CHUNK) }, (_, nth) =>
    text.slice(nth * CHUNK, (nth + 1) * CHUNK),
  );
  return { length, chunks };
}

/** The literals' values of a text of this pattern, which is read once, along the pattern; null where it has another shape. */
export function valuesLike(
  text: string,
  { pieces, kinds }: ShapePattern,
): readonly PlainLiteral["value"][] | null {
  if (text.length > TEXT_MAX) return null;
  let values = NO_VALUES;
  let at = 0;
  for (let nth = 0; nth < pieces.length; nth += 1) {
    const piece = pieces[nth] as Piece;
    if (!standsAt(text, at, piece)) return null;
    at += piece.length;
    if (nth === kinds.length) break;
    const kind = kinds[nth] as number;
    const end = kind === WHOLE_NUMBER ? numberEnd(text, at) : stringEnd(text, at, kind);
    if (end < 0) return null;
    const value = kind === WHOLE_NUMBER ? numberIn(text, at, end) : text.slice(at + 1, end - 1);
    values = withOne(values, value);
    at = end;
  }
  return at === text.length ? values : null;
}

function standsAt(text: string, start: number, { length, chunks }: Piece): boolean {
  if (start + length > text.length) return false;
  let at = start;
  for (const chunk of chunks) {
    if (text.slice(at, at + chunk.length) !== chunk) return false;
    at += chunk.length;
  }
  return true;
}

/** Behind a whole number that is taken out of its text; -1 where none begins. */
function numberEnd(text: string, start: number): number {
  let end = start;
  while (isDigit(codeAt(text, end))) end += 1;
  const next = codeAt(text, end);
  const isPlain = end > start && end - start <= DIGITS_MAX && next !== DOT && !isNamePart(next);
  return isPlain ? end : -1;
}

function numberIn(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) value = value * 10 + (text.charCodeAt(at) - ZERO);
  return value;
}

/** Behind a string of that length; -1 where none begins. */
function stringEnd(text: string, start: number, length: number): number {
  const quote = codeAt(text, start);
  if (quote !== QUOTE && quote !== DOUBLE_QUOTE) return -1;
  const end = plainEnd(text, start, quote);
  return end - start - 2 === length ? end : -1;
}

/** Negative outside the text: `charCodeAt` is a call out of compiled code once it has been asked there. */
function codeAt(text: string, at: number): number {
  return at >= 0 && at < text.length ? text.charCodeAt(at) : -1;
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
    if (code === quote) return codeAt(text, at + 1) === quote ? -1 : at + 1;
  }
  return -1;
}

/** Comments, variables, parameters, and the characters that stand for literals in a shape. */
function isRefused(code: number, next: number): boolean {
  if (code === AT || code === HASH || code === QUESTION || code < TAB) return true;
  return (code === DASH && next === DASH) || (code === SLASH && next === STAR);
}
