/** Names with a grammar of their own: columns, character sets, and lists in parentheses. */

import type { Identifier } from "./ast.ts";
import type { ColumnReference } from "./ast_expression.ts";
import type { Cursor } from "./cursor.ts";

/** `[[schema.]table.]column` */
export function columnReference(cursor: Cursor): ColumnReference {
  const start = cursor.start;
  const first = cursor.name();
  if (!cursor.accept(".")) return column(cursor, start, null, null, first);
  const second = cursor.name();
  if (!cursor.accept(".")) return column(cursor, start, null, first, second);
  return column(cursor, start, first, second, cursor.name());
}

function column(
  cursor: Cursor,
  start: number,
  schema: Identifier | null,
  table: Identifier | null,
  name: Identifier,
): ColumnReference {
  return { kind: "column", span: cursor.span(start), schema, table, name };
}

/** The name of a character set or of a collation: a name, a string or BINARY; lower case. */
export function charsetName(cursor: Cursor): string {
  return cursor.accept("BINARY") ? "binary" : cursor.nameOrString();
}

/** `CHARACTER SET` or `CHARSET`, if it is next. */
export function acceptCharset(cursor: Cursor): boolean {
  if (cursor.accept("CHARSET")) return true;
  if (!cursor.accept("CHAR")) return false;
  cursor.expect("SET");
  return true;
}

/** Names with commas in parentheses. */
export function nameList(cursor: Cursor): readonly Identifier[] {
  return cursor.parenthesised((inner) => inner.name());
}
