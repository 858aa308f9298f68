/**
 * CREATE FUNCTION with its body, and DROP FUNCTION.
 *
 * MySQL: sql/sql_yacc.yy: sf_tail.
 */

import type { Statement, Unsupported } from "./ast.ts";
import type { CreateFunction, DropFunction } from "./ast_routine.ts";
import type { Cursor } from "./cursor.ts";
import { characteristics, NO_TRAITS } from "./parser_characteristics.ts";
import { parametersOf, routineBody } from "./parser_procedure.ts";
import { columnType, optionalCollation } from "./parser_type.ts";
import { unsupported } from "./parser_unsupported.ts";
import { definer } from "./parser_view.ts";

/** Reads `DROP FUNCTION [IF EXISTS] [schema.]name`. */
export function dropFunction(cursor: Cursor): DropFunction {
  const { start } = cursor.advance();
  cursor.expect("FUNCTION");
  const ifExists = cursor.acceptPair("IF", "EXISTS");
  const name = cursor.tableName();
  return { kind: "dropFunction", span: cursor.span(start), ifExists, name };
}

/** Reads `CREATE FUNCTION`; `statement` reads one of the statements that stand outside of bodies, too. */
export function createFunction(
  cursor: Cursor,
  statement: (cursor: Cursor) => Statement,
): CreateFunction | Unsupported {
  const { start } = cursor.advance();
  const by = definer(cursor);
  cursor.expect("FUNCTION");
  const ifNotExists = cursor.accept("IF");
  if (ifNotExists) {
    cursor.expect("NOT");
    cursor.expect("EXISTS");
  }
  const name = cursor.tableName();
  if (cursor.at("RETURNS")) return unsupported(cursor, start, "CREATE FUNCTION ... SONAME");
  cursor.locals = new Map();
  const parameters = parametersOf(cursor, false);
  cursor.expect("RETURNS");
  const { type: returns } = columnType(cursor);
  optionalCollation(cursor);
  const traits = { ...NO_TRAITS, definer: by, ...characteristics(cursor) };
  const read = routineBody(cursor, start, statement, true);
  if ("kind" in read) return read;
  const span = cursor.span(start);
  return {
    kind: "createFunction",
    span,
    ifNotExists,
    name,
    parameters,
    returns,
    traits,
    ...read,
  };
}
