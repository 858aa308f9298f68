/** PREPARE, EXECUTE and DEALLOCATE PREPARE. */

import type { Deallocate, Execute, Prepare } from "./ast_routine.ts";
import type { Cursor } from "./cursor.ts";

/** Reads `PREPARE name FROM 'text' | @variable`. */
export function prepare(cursor: Cursor): Prepare {
  const { start } = cursor.advance();
  const name = cursor.name();
  cursor.expect("FROM");
  const source =
    cursor.type === "variable" ? { variable: cursor.advance().value } : { text: cursor.string() };
  return { kind: "prepare", span: cursor.span(start), name, source };
}

/** Reads `EXECUTE name [USING @a, @b]`. */
export function execute(cursor: Cursor): Execute {
  const { start } = cursor.advance();
  const name = cursor.name();
  const variables = cursor.accept("USING")
    ? cursor.list((inner) => (inner.type === "variable" ? inner.advance().value : inner.fail()))
    : [];
  return { kind: "execute", span: cursor.span(start), name, variables };
}

/** Reads `DEALLOCATE PREPARE name`. */
export function deallocate(cursor: Cursor): Deallocate {
  const { start } = cursor.advance();
  cursor.expect("PREPARE");
  return { kind: "deallocate", name: cursor.name(), span: cursor.span(start) };
}
