/**
 * Sets of characters: escapes like \d, properties like \p{Lu}, POSIX classes, and what stands in brackets.
 *
 * MySQL: ICU's RegexStaticSets and UnicodeSet, as sql/regexp uses them.
 */
import { mysqlError } from "../errors.ts";
import type { CharTest } from "./tree.ts";

const POSIX: Readonly<Record<string, RegExp>> = {
  alpha: /^\p{Alphabetic}$/u,
  digit: /^\p{Nd}$/u,
  alnum: /^[\p{Alphabetic}\p{Nd}]$/u,
  space: /^[\s\u0085]$/u,
  upper: /^\p{Uppercase}$/u,
  lower: /^\p{Lowercase}$/u,
  punct: /^\p{P}$/u,
  blank: /^[\t\p{Zs}]$/u,
  cntrl: /^\p{Cc}$/u,
  graph: /^[^\s\p{Cc}\p{Cs}\p{Cn}]$/u,
  print: /^(?:[^\s\p{Cc}\p{Cs}\p{Cn}]|\p{Zs})$/u,
  xdigit: /^[\p{Nd}a-fA-F]$/u,
  word: /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]$/u,
};

const ESCAPES: Readonly<Record<string, RegExp>> = {
  d: /^\p{Nd}$/u,
  w: POSIX.word as RegExp,
  s: /^[\t\n\f\r\p{Z}]$/u,
  h: /^[\t\p{Zs}]$/u,
  v: /^[\n\v\f\r\u0085\u2028\u2029]$/u,
};

export function isWordChar(char: string | undefined): boolean {
  return char !== undefined && (POSIX.word as RegExp).test(char);
}

/** \d, \W and so on; null when the letter names no set. */
export function escapedSet(letter: string): CharTest | null {
  const known = ESCAPES[letter.toLowerCase()];
  if (known === undefined) return null;
  return letter === letter.toLowerCase() ? (c) => known.test(c) : (c) => !known.test(c);
}

/** [:alpha:] and \p{alpha}; error 3685 for a name that is none. */
export function namedSet(name: string, isNegated: boolean): CharTest {
  const isInverse = name.startsWith("^");
  const found = classOf(isInverse ? name.slice(1) : name);
  if (found === null) throw mysqlError("ER_REGEXP_ILLEGAL_ARGUMENT");
  return isInverse !== isNegated ? (c) => !found.test(c) : (c) => found.test(c);
}

function classOf(name: string): RegExp | null {
  const posix = POSIX[name.toLowerCase()];
  if (posix !== undefined) return posix;
  const spelled = name.replace(/^is/i, "").replaceAll(" ", "_");
  const tries = [spelled, capitalised(spelled), `Script=${capitalised(spelled)}`];
  if (/[=:]/.test(spelled)) {
    const [property = "", value = ""] = spelled.split(/[=:]/);
    const long = /^(sc|script)$/i.test(property) ? "Script" : "General_Category";
    tries.push(`${long}=${capitalised(value)}`, `${long}=${value}`);
  }
  for (const one of tries) {
    const known = propertyOf(one);
    if (known !== null) return known;
  }
  return null;
}

function capitalised(name: string): string {
  return name.toLowerCase().replace(/(^|_)[a-z]/g, (first) => first.toUpperCase());
}

function propertyOf(name: string): RegExp | null {
  if (!/^[\w=]+$/.test(name)) return null;
  try {
    return new RegExp(`^\\p{${name}}$`, "u");
  } catch {
    return null;
  }
}

/** What ends a line. */
export function isLineEnd(char: string | undefined, unixLines: boolean): boolean {
  if (char === undefined) return false;
  return unixLines ? char === "\n" : (ESCAPES.v as RegExp).test(char);
}

/** The set, and every character that differs from one of it in case only. */
export function withoutCase(test: CharTest): CharTest {
  return (char) => {
    if (test(char)) return true;
    const [lower, upper] = [char.toLowerCase(), char.toUpperCase()];
    return (lower !== char && test(lower)) || (upper !== char && test(upper));
  };
}
