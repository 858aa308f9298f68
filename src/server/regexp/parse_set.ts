/**
 * Bracket expressions: [a-z], [^[:alpha:]_], [[a-z]--[aeiou]], [\w&&\D].
 *
 * MySQL: ICU's RegexCompile::setEval, and UnicodeSet for [:alpha:].
 */
import { mysqlError } from "../errors.ts";
import { escapedSet, namedSet, withoutCase } from "./char_sets.ts";
import { escapedCharacter } from "./escapes.ts";
import type { Reader } from "./reader.ts";
import type { CharTest } from "./tree.ts";

/** The opening bracket is read already. Without regard to case, each part has both cases before ^ turns it round. */
export function bracketSet(reader: Reader, ignoreCase: boolean): CharTest {
  const name = reader.match(/^:\^?[^:\]]*:\]/u);
  if (name !== null) return namedSet(name.slice(1, -2), false);
  const isNegated = reader.accept("^");
  const parts: CharTest[] = [];
  let whole: CharTest | null = null;
  let combine: "and" | "without" | null = null;
  const settle = (): void => {
    const union = unionOf(parts.splice(0));
    whole = whole === null || combine === null ? union : combined(whole, union, combine);
  };
  for (let isFirst = true; ; isFirst = false) {
    if (reader.atEnd) throw mysqlError("ER_REGEXP_MISSING_CLOSE_BRACKET");
    if (!isFirst && reader.accept("]")) break;
    if (!isFirst && (reader.at("&&") || reader.at("--"))) {
      settle();
      combine = reader.accept("&&") ? "and" : "without";
      if (combine === "without") reader.accept("--");
      continue;
    }
    const part = element(reader, ignoreCase);
    parts.push(ignoreCase ? withoutCase(part) : part);
  }
  settle();
  const all = whole as CharTest | null;
  const test: CharTest = (char) => all?.(char) ?? false;
  return isNegated ? (char) => !test(char) : test;
}

function unionOf(parts: readonly CharTest[]): CharTest {
  return (char) => parts.some((test) => test(char));
}

function combined(a: CharTest, b: CharTest, how: "and" | "without"): CharTest {
  return how === "and" ? (char) => a(char) && b(char) : (char) => a(char) && !b(char);
}

/** A nested set, a class, a character or a range of them. */
function element(reader: Reader, ignoreCase: boolean): CharTest {
  if (reader.accept("[")) return bracketSet(reader, ignoreCase);
  const start = character(reader);
  if (typeof start !== "string") return start;
  const isRange = reader.at("-") && !reader.at("--") && !reader.at("-]") && !reader.at("-[");
  if (!isRange) return (char) => char === start;
  reader.next();
  const end = reader.atEnd ? start : character(reader);
  if (typeof end !== "string") return (char) => char === start || char === "-" || end(char);
  const [low, high] = [start.codePointAt(0) as number, end.codePointAt(0) as number];
  if (low > high) throw mysqlError("ER_REGEXP_INVALID_RANGE");
  return (char) => {
    const code = char.codePointAt(0) as number;
    return code >= low && code <= high;
  };
}

function character(reader: Reader): string | CharTest {
  if (!reader.accept("\\")) return reader.next();
  const letter = reader.peek() ?? "";
  if (letter === "p" || letter === "P") {
    reader.next();
    return namedSet(reader.propertyName(), letter === "P");
  }
  const test = escapedSet(letter);
  if (test !== null || letter === "b") reader.next();
  if (test !== null) return test;
  return letter === "b" ? "\b" : escapedCharacter(reader);
}
