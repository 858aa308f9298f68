/**
 * CREATE VIEW, ALTER VIEW and DROP VIEW.
 *
 * MySQL: sql/sql_yacc.yy: view_or_trigger_or_sp_or_event, view_tail. WITH CHECK OPTION and ALGORITHM = TEMPTABLE are not simulated.
 */

import type { Unsupported } from "./ast.ts";
import type { CreateView, DropView } from "./ast_view.ts";
import type { Cursor } from "./cursor.ts";
import { queryExpression } from "./parser_query.ts";
import { unsupported } from "./parser_unsupported.ts";

/** What CREATE or ALTER may say before VIEW, TRIGGER or PROCEDURE. */
const BEFORE = new Set(["OR", "ALGORITHM", "DEFINER", "SQL"]);
/** More tokens than the longest of these has. */
const LOOKED_AT_MAX = 20;

/** The kind of object that CREATE or ALTER names, behind its options. */
export function storedKind(cursor: Cursor): string {
  const { key } = cursor.peek(1);
  if (!BEFORE.has(key)) return key;
  for (let distance = 2; distance < LOOKED_AT_MAX; distance += 1) {
    const { key: word } = cursor.peek(distance);
    if (KINDS.has(word)) return word;
  }
  return key;
}

const KINDS = new Set(["VIEW", "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "SPATIAL"]);

/** Reads `DEFINER = user`; who that is makes no difference here. */
export function definer(cursor: Cursor): void {
  if (!cursor.accept("DEFINER")) return;
  cursor.expect("=");
  if (cursor.accept("CURRENT_USER")) {
    if (cursor.accept("(")) cursor.expect(")");
    return;
  }
  cursor.nameOrString();
  if (cursor.type === "variable") cursor.advance();
}

/** Reads CREATE or ALTER of a view. */
export function createView(cursor: Cursor): CreateView | Unsupported {
  const { start, key } = cursor.advance();
  let present: CreateView["present"] = key === "ALTER" ? "alter" : "refuse";
  if (cursor.accept("OR")) {
    cursor.expect("REPLACE");
    present = "replace";
  }
  if (cursor.accept("ALGORITHM")) {
    cursor.expect("=");
    if (cursor.expectOne(["UNDEFINED", "MERGE", "TEMPTABLE"]) === "TEMPTABLE") {
      return unsupported(cursor, start, "ALGORITHM = TEMPTABLE");
    }
  }
  definer(cursor);
  if (cursor.accept("SQL")) {
    cursor.expect("SECURITY");
    cursor.expectOne(["DEFINER", "INVOKER"]);
  }
  cursor.expect("VIEW");
  if (present === "refuse" && cursor.accept("IF")) {
    cursor.expect("NOT");
    cursor.expect("EXISTS");
    present = "keep";
  }
  const name = cursor.tableName();
  const columns = cursor.at("(") ? cursor.parenthesised((inner) => inner.name()) : [];
  cursor.expect("AS");
  const query = queryExpression(cursor);
  if (cursor.at("WITH")) return unsupported(cursor, start, "WITH CHECK OPTION");
  return { kind: "createView", span: cursor.span(start), present, name, columns, query };
}

/** Reads `DROP VIEW [IF EXISTS] name, ... [RESTRICT | CASCADE]`. */
export function dropView(cursor: Cursor): DropView {
  const { start } = cursor.advance();
  cursor.expect("VIEW");
  const ifExists = cursor.acceptPair("IF", "EXISTS");
  const names = cursor.list((inner) => inner.tableName());
  cursor.acceptOne(["RESTRICT", "CASCADE"]);
  return { kind: "dropView", span: cursor.span(start), ifExists, names };
}
