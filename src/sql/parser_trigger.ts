/**
 * CREATE TRIGGER with its body, and DROP TRIGGER.
 *
 * MySQL: sql/sql_yacc.yy: trigger_tail.
 */

import type { Statement, Unsupported } from "./ast.ts";
import type { CreateTrigger, DropTrigger, TriggerEvent, TriggerTiming } from "./ast_routine.ts";
import type { Cursor } from "./cursor.ts";
import { routineBody } from "./parser_procedure.ts";
import { definer } from "./parser_view.ts";

/** Reads `DROP TRIGGER [IF EXISTS] [schema.]name`. */
export function dropTrigger(cursor: Cursor): DropTrigger {
  const { start } = cursor.advance();
  cursor.expect("TRIGGER");
  const ifExists = cursor.acceptPair("IF", "EXISTS");
  const name = cursor.tableName();
  return { kind: "dropTrigger", span: cursor.span(start), ifExists, name };
}

/** Reads `CREATE TRIGGER`; `statement` reads one of the statements that stand outside of bodies, too. */
export function createTrigger(
  cursor: Cursor,
  statement: (cursor: Cursor) => Statement,
): CreateTrigger | Unsupported {
  const { start } = cursor.advance();
  const by = definer(cursor);
  cursor.expect("TRIGGER");
  const ifNotExists = cursor.accept("IF");
  if (ifNotExists) {
    cursor.expect("NOT");
    cursor.expect("EXISTS");
  }
  const name = cursor.tableName();
  const timing = cursor.expectOne(["BEFORE", "AFTER"]).toLowerCase() as TriggerTiming;
  const event = cursor.expectOne(["INSERT", "UPDATE", "DELETE"]).toLowerCase() as TriggerEvent;
  cursor.expect("ON");
  const table = cursor.tableName();
  cursor.expect("FOR");
  cursor.expect("EACH");
  cursor.expect("ROW");
  const order = cursor.acceptOne(["FOLLOWS", "PRECEDES"]);
  const place = order === null ? null : { follows: order === "FOLLOWS", name: cursor.name().text };
  const read = routineBody(cursor, start, statement);
  if ("kind" in read) return read;
  const span = cursor.span(start);
  return {
    kind: "createTrigger",
    definer: by,
    span,
    ifNotExists,
    name,
    timing,
    event,
    table,
    place,
    ...read,
  };
}
