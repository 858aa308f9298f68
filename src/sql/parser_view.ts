/**
 * CREATE VIEW, ALTER VIEW and DROP VIEW.
 *
 * MySQL: sql/sql_yacc.yy: view_or_trigger_or_sp_or_event, view_tail, view_check_option.
 */

import type { CheckOption, CreateView, Definer, DropView } from "./ast_view.ts";
import type { Cursor } from "./cursor.ts";
import { queryExpression } from "./parser_query.ts";

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

/** Reads `DEFINER = user`; null for the one who asks. */
const USER_LENGTH_MAX = 32;
const HOST_LENGTH_MAX = 255;

export function definer(cursor: Cursor): Definer | null {
  if (!cursor.accept("DEFINER")) return null;
  cursor.expect("=");
  if (cursor.accept("CURRENT_USER")) {
    if (cursor.accept("(")) cursor.expect(")");
    return null;
  }
  const user = cursor.type === "string" ? cursor.advance().value : cursor.name().text;
  const host = cursor.type === "variable" ? cursor.advance().value : "%";
  if ([...user].length > USER_LENGTH_MAX)
    cursor.failWith(1470, user, "user name", String(USER_LENGTH_MAX));
  if ([...host].length > HOST_LENGTH_MAX)
    cursor.failWith(1470, host, "host name", String(HOST_LENGTH_MAX));
  return { user, host };
}

/** Reads CREATE or ALTER of a view. */
export function createView(cursor: Cursor): CreateView {
  const { start, key } = cursor.advance();
  let present: CreateView["present"] = key === "ALTER" ? "alter" : "refuse";
  if (cursor.accept("OR")) {
    cursor.expect("REPLACE");
    present = "replace";
  }
  let algorithm: CreateView["algorithm"] = "undefined";
  if (cursor.accept("ALGORITHM")) {
    cursor.expect("=");
    const word = cursor.expectOne(["UNDEFINED", "MERGE", "TEMPTABLE"]);
    algorithm = word.toLowerCase() as CreateView["algorithm"];
  }
  const by = definer(cursor);
  let security: CreateView["security"] = "definer";
  if (cursor.accept("SQL")) {
    cursor.expect("SECURITY");
    if (cursor.expectOne(["DEFINER", "INVOKER"]) === "INVOKER") security = "invoker";
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
  const check = checkOption(cursor);
  const span = cursor.span(start);
  const how = { algorithm, definer: by, security, check };
  return { kind: "createView", span, present, name, columns, query, ...how };
}

/** Reads `WITH [CASCADED | LOCAL] CHECK OPTION`, if it is there. */
function checkOption(cursor: Cursor): CheckOption {
  if (!cursor.accept("WITH")) return "none";
  const isLocal = cursor.acceptOne(["CASCADED", "LOCAL"]) === "LOCAL";
  cursor.expect("CHECK");
  cursor.expect("OPTION");
  return isLocal ? "local" : "cascaded";
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
