/**
 * LIKE.
 *
 * MySQL: Item_func_like, my_wildcmp_uca.
 */
import { collationKey } from "../../base/collation.ts";
import type { Expression, Like } from "../../sql/ast_expression.ts";
import { mysqlError } from "../errors.ts";
import { binaryOf, textOf } from "../types/convert.ts";
import { BOOLEAN } from "../types/sql_type.ts";
import { collationFor } from "./collation_for.ts";
import { type Item, makeItem, onPair } from "./item.ts";

export function likeItem(node: Like, bind: (node: Expression) => Item): Item {
  const operand = bind(node.operand);
  const pattern = bind(node.pattern);
  const escapeChar = escapeOf(node, bind);
  const collation = collationFor([operand, pattern], "like");
  const [found, missing] = node.negated ? [0, 1] : [1, 0];
  const asText = collation === "binary" ? binaryOf : textOf;
  const [textA, textB] = [asText(operand.type), asText(pattern.type)];
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
    type: BOOLEAN,
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
