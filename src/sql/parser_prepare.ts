/** PREPARE, EXECUTE and DEALLOCATE PREPARE: their syntax is checked, but they are not simulated. */

import type { Unsupported } from "./ast.ts";
import type { Cursor } from "./cursor.ts";

/** Reads `PREPARE name FROM 'text' | @variable`. */
export function prepare(cursor: Cursor): Unsupported {
  const { start } = cursor.advance();
  cursor.name();
  cursor.expect("FROM");
  if (cursor.type === "variable") cursor.advance();
  else cursor.string();
  return { kind: "unsupported", span: cursor.span(start), feature: "PREPARE" };
}

/** Reads `EXECUTE name [USING @a, @b]`. */
export function execute(cursor: Cursor): Unsupported {
  const { start } = cursor.advance();
  cursor.name();
  if (cursor.accept("USING")) {
    cursor.list((inner) => (inner.type === "variable" ? inner.advance() : inner.fail()));
  }
  return { kind: "unsupported", span: cursor.span(start), feature: "EXECUTE" };
}

/** Reads `DEALLOCATE PREPARE name`. */
export function deallocate(cursor: Cursor): Unsupported {
  const { start } = cursor.advance();
  cursor.expect("PREPARE");
  cursor.name();
  return { kind: "unsupported", span: cursor.span(start), feature: "DEALLOCATE PREPARE" };
}
