/**
 * Regular expressions as MySQL has them: compiled once, looked for from a position, replaced with $1 and ${name}.
 *
 * MySQL: sql/regexp/regexp_engine.cc, regexp_facade.cc, and ICU underneath.
 */
import { mysqlError } from "../errors.ts";
import { type Captures, findFrom, STEPS_PER_UNIT } from "./machine.ts";
import { parsePattern } from "./parse.ts";
import { compile, type Program } from "./program.ts";
import type { Flags } from "./tree.ts";

export interface Regexp {
  readonly program: Program;
  /** Steps that one call may take. */
  readonly steps: number;
}

/** Throws 3685 and so on for what is no regular expression. */
export function regexpOf(source: string, flags: Flags, timeLimit: number): Regexp {
  if (source === "") throw mysqlError("ER_REGEXP_ILLEGAL_ARGUMENT");
  const units = timeLimit === 0 ? UNITS_WITHOUT_LIMIT : timeLimit;
  return { program: compile(parsePattern(source, flags)), steps: units * STEPS_PER_UNIT };
}

/** regexp_time_limit = 0 is no limit at all in MySQL; here even that ends some day. */
const UNITS_WITHOUT_LIMIT = 3200;

/** Begin and end of the `occurrence`th match (from 1) at `from` or later; null when there are not so many. */
export function findMatch(
  { program, steps }: Regexp,
  text: string,
  from: number,
  occurrence: number,
): Captures | null {
  const budget = { steps };
  let at = from;
  for (let count = 1; ; count += 1) {
    const found = at > text.length ? null : findFrom(program, text, at, budget);
    if (found === null || count >= occurrence) return found;
    at = afterMatch(found, text);
  }
}

/** A match of nothing is followed by the next character. */
function afterMatch(found: Captures, text: string): number {
  const [start = 0, end = 0] = found;
  return end > start ? end : end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
}

/** All matches at `from` and later, or with `occurrence` only that one, replaced. */
export function replaceMatches(
  { program, steps }: Regexp,
  text: string,
  by: string,
  from: number,
  occurrence: number,
): string {
  if (text === "") return text;
  const budget = { steps };
  let out = text.slice(0, from);
  let copied = from;
  let at = from;
  for (let count = 1; at <= text.length; count += 1) {
    const found = findFrom(program, text, at, budget);
    if (found === null) break;
    const [start = 0, end = 0] = found;
    if (occurrence === 0 || count === occurrence) {
      out += text.slice(copied, start) + replacement(by, text, found, program);
      copied = end;
      if (occurrence !== 0) break;
    }
    at = afterMatch(found, text);
  }
  return out + text.slice(copied);
}

/** $0, $12 and ${name} stand for groups; a backslash takes the meaning of what follows away. */
function replacement(by: string, text: string, found: Captures, program: Program): string {
  const group = (number: number): string => {
    const [start = -1, end = -1] = [found[2 * number], found[2 * number + 1]];
    return start < 0 || end < 0 ? "" : text.slice(start, end);
  };
  let out = "";
  for (let at = 0; at < by.length; ) {
    const char = by[at] as string;
    if (char === "\\" && at + 1 < by.length) {
      out += by[at + 1];
      at += 2;
    } else if (char === "$") {
      const { number, length } = groupAt(by, at, program);
      out += group(number);
      at += length;
    } else {
      out += char === "\\" ? "" : char;
      at += 1;
    }
  }
  return out;
}

function groupAt(
  by: string,
  at: number,
  program: Program,
): { readonly number: number; readonly length: number } {
  const name = /^\$\{([A-Za-z][A-Za-z0-9]*)\}/.exec(by.slice(at));
  if (name !== null) {
    const number = program.names.get(name[1] as string);
    if (number === undefined) throw mysqlError("ER_REGEXP_INVALID_CAPTURE_GROUP_NAME");
    return { number, length: name[0].length };
  }
  const digits = /^\$(\d+)/.exec(by.slice(at))?.[1];
  if (digits === undefined) throw mysqlError("ER_REGEXP_INVALID_CAPTURE_GROUP_NAME");
  let taken = 1;
  while (taken < digits.length && Number(digits.slice(0, taken + 1)) <= program.groups) taken += 1;
  const number = Number(digits.slice(0, taken));
  if (number > program.groups) throw mysqlError("ER_REGEXP_INDEX_OUTOFBOUNDS_ERROR");
  return { number, length: taken + 1 };
}
