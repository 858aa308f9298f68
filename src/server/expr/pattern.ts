/**
 * LIKE and REGEXP.
 *
 * MySQL: Item_func_like, my_wildcmp_uca; Item_func_regexp_like (sql/item_regexp_func.cc).
 * Departure: regular expressions are JavaScript's, not ICU's; what people use in demos is the same in both.
 */
import { collationKey } from "../../base/collation.ts";
import type { Datum } from "../../innodb/api.ts";
import type { Expression, Like } from "../../sql/ast_expression.ts";
import { mysqlError } from "../errors.ts";
import { textOf } from "../types/convert.ts";
import { INT } from "../types/sql_type.ts";
import { collationFor } from "./comparison.ts";
import { type Item, makeItem, onPair } from "./item.ts";

export function likeItem(node: Like, bind: (node: Expression) => Item): Item {
  const operand = bind(node.operand);
  const pattern = bind(node.pattern);
  const escapeChar = escapeOf(node, bind);
  const collation = collationFor([operand, pattern]);
  const [found, missing] = node.negated ? [0, 1] : [1, 0];
  const [textA, textB] = [textOf(operand.type), textOf(pattern.type)];
  let known: { readonly pattern: string; readonly matches: (text: string) => boolean } | null =
    null;
  const compiled = onPair(operand, pattern, (value, other) => {
    const wanted = textB(other);
    if (known?.pattern !== wanted) {
      known = { pattern: wanted, matches: likeMatcher(wanted, escapeChar, collation) };
    }
    return known.matches(textA(value)) ? found : missing;
  });
  return makeItem([operand, pattern], compiled, {
    type: INT,
    shape: { kind: "like", operand, pattern, escape: escapeChar, negated: node.negated },
    text: () => `(${operand.text()} ${node.negated ? "not " : ""}like ${pattern.text()})`,
  });
}

function escapeOf(node: Like, bind: (node: Expression) => Item): string {
  if (node.escape === null) return "\\";
  const item = bind(node.escape);
  const value = item.isConst && item.eval !== null ? item.eval() : null;
  if (typeof value !== "string" || [...value].length > 1) {
    throw mysqlError("ER_WRONG_ARGUMENTS", "ESCAPE");
  }
  return value;
}

type Token =
  | { readonly kind: "any" }
  | { readonly kind: "one" }
  | { readonly kind: "char"; readonly key: string };

/** `%` stands for anything, `_` for one character, the escape character takes the meaning away. */
function likeTokens(pattern: string, escapeChar: string, collation: string): readonly Token[] {
  const tokens: Token[] = [];
  const characters = [...pattern];
  for (let at = 0; at < characters.length; at += 1) {
    const char = characters[at] as string;
    if (char === escapeChar && at + 1 < characters.length) {
      at += 1;
      tokens.push({ kind: "char", key: collationKey(characters[at] as string, collation) });
    } else if (char === "%") tokens.push({ kind: "any" });
    else if (char === "_") tokens.push({ kind: "one" });
    else tokens.push({ kind: "char", key: collationKey(char, collation) });
  }
  return tokens;
}

function likeMatcher(
  pattern: string,
  escapeChar: string,
  collation: string,
): (text: string) => boolean {
  const tokens = likeTokens(pattern, escapeChar, collation);
  return (text) =>
    matchesTokens(
      [...text].map((char) => collationKey(char, collation)),
      tokens,
    );
}

/** Greedy with one point of return, the last `%`: linear in practice. */
function matchesTokens(keys: readonly string[], tokens: readonly Token[]): boolean {
  let key = 0;
  let token = 0;
  let resumeToken = -1;
  let resumeKey = 0;
  while (key < keys.length) {
    const wanted = tokens[token];
    if (wanted?.kind === "any") {
      resumeToken = token;
      resumeKey = key;
      token += 1;
    } else if (wanted?.kind === "one" || (wanted?.kind === "char" && wanted.key === keys[key])) {
      key += 1;
      token += 1;
    } else if (resumeToken >= 0) {
      resumeKey += 1;
      key = resumeKey;
      token = resumeToken + 1;
    } else return false;
  }
  while (tokens[token]?.kind === "any") token += 1;
  return token === tokens.length;
}

export function regexpItem(operand: Item, pattern: Item, negated: boolean): Item {
  const [found, missing] = negated ? [0, 1] : [1, 0];
  const isBinary = collationFor([operand, pattern]) !== "utf8mb4_0900_ai_ci";
  const [textA, textB] = [textOf(operand.type), textOf(pattern.type)];
  let known: { readonly source: string; readonly regexp: RegExp } | null = null;
  const compiled = onPair(operand, pattern, (value, other): Datum => {
    const source = textB(other);
    if (known?.source !== source) known = { source, regexp: toRegExp(source, isBinary) };
    return known.regexp.test(textA(value)) ? found : missing;
  });
  return makeItem([operand, pattern], compiled, {
    type: INT,
    text: () =>
      `${negated ? "(not " : ""}regexp_like(${operand.text()},${pattern.text()})${negated ? ")" : ""}`,
  });
}

const POSIX_CLASSES: Readonly<Record<string, string>> = {
  alpha: "\\p{L}",
  digit: "0-9",
  alnum: "\\p{L}\\p{Nd}",
  space: "\\s",
  upper: "\\p{Lu}",
  lower: "\\p{Ll}",
  punct: "\\p{P}\\p{S}",
  blank: " \\t",
  xdigit: "0-9A-Fa-f",
  word: "\\w",
};

/** MySQL's pattern as a JavaScript one: [[:alpha:]] and its like are spelled out. */
export function toRegExp(source: string, isCaseSensitive: boolean): RegExp {
  if (source === "") throw mysqlError("ER_REGEXP_ILLEGAL_ARGUMENT");
  const translated = source.replace(
    /\[:(\w+):\]/g,
    (all, name: string) => POSIX_CLASSES[name] ?? all,
  );
  const flags = isCaseSensitive ? "u" : "iu";
  try {
    return new RegExp(translated, flags);
  } catch {
    return withoutUnicode(translated, isCaseSensitive ? "" : "i");
  }
}

function withoutUnicode(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch (error) {
    const isParen = /parenthes|group/i.test(String(error));
    throw isParen
      ? mysqlError("ER_REGEXP_MISMATCHED_PAREN")
      : mysqlError("ER_REGEXP_RULE_SYNTAX", 1, 1);
  }
}
