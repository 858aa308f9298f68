/**
 * The name of a result column without an alias.
 *
 *     SELECT t.id       id          a column's own name
 *     SELECT 'a' 'b'    a           a literal's first part, leading blanks dropped
 *     SELECT (1), null  1, NULL     numbers and NULL, without parentheses
 *     SELECT COUNT( *)  COUNT( *)   everything else: the source text
 *     SELECT a+b FROM   "a+b "      and with IGNORE_SPACE what is white after a word
 *
 * InnoDB: MySQL's `Item::item_name` and `PTI_expr_with_alias`.
 */

import type { Expression } from "./ast_expression.ts";
import { tokenize } from "./lexer.ts";
import type { Token } from "./token.ts";

/** MySQL cuts names longer than this. */
const NAME_LENGTH_MAX = 255;

/** The column's name. `text` is the expression's source, `first` its first token and `source` the whole statement. */
export function columnNameOf(item: Expression, text: string, first: Token, source: string): string {
  switch (item.kind) {
    case "column":
      return item.name.text;
    case "integer":
    case "decimal":
    case "float":
      return item.text;
    case "null":
      return "NULL";
    case "string":
      return trimmed(first.type === "string" ? first.value : firstString(item, source));
    default:
      return trimmed(text);
  }
}

/** The first of adjacent literals: what stands in parentheses, or after an introducer, has to be looked for. */
function firstString(item: Expression, source: string): string {
  const tokens = tokenize(source.slice(item.span.start, item.span.end));
  return tokens.find(({ type }) => type === "string" || type === "national")?.value ?? "";
}

/** Without white space and control characters at the start, and cut to MySQL's length. */
function trimmed(name: string): string {
  let start = 0;
  while (name.charCodeAt(start) <= 0x20) start++;
  return [...name.slice(start)].slice(0, NAME_LENGTH_MAX).join("");
}
