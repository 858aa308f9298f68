/**
 * SIGNAL, RESIGNAL and the conditions that they and handlers name.
 *
 * MySQL: sql/sql_yacc.yy: signal_stmt, resignal_stmt, sp_cond.
 */

import type { Expression } from "./ast_expression.ts";
import type { HandlerCondition, Signal } from "./ast_routine.ts";
import type { Cursor } from "./cursor.ts";
import { expression } from "./parser_expression.ts";

/** Of DECLARE name CONDITION, by name in lower case. */
export type NamedConditions = ReadonlyMap<string, HandlerCondition>;

const NONE: NamedConditions = new Map();

/** What SIGNAL may give a condition. */
export const SIGNAL_ITEMS = [
  "CATALOG_NAME",
  "CLASS_ORIGIN",
  "COLUMN_NAME",
  "CONSTRAINT_CATALOG",
  "CONSTRAINT_NAME",
  "CONSTRAINT_SCHEMA",
  "CURSOR_NAME",
  "MESSAGE_TEXT",
  "MYSQL_ERRNO",
  "SCHEMA_NAME",
  "SUBCLASS_ORIGIN",
  "TABLE_NAME",
] as const;

/** An error's number, or `SQLSTATE [VALUE] 'text'`. */
export function conditionValue(cursor: Cursor): HandlerCondition {
  if (cursor.type === "integer") return { kind: "errno", errno: cursor.integer() };
  cursor.expect("SQLSTATE");
  cursor.accept("VALUE");
  const sqlState = cursor.string();
  if (!/^(?!00)[0-9A-Z]{5}$/.test(sqlState)) cursor.failWith(1407, sqlState);
  return { kind: "sqlState", sqlState };
}

/** Fails with 1319 where no condition has the name. */
export function conditionNamed(cursor: Cursor, named: NamedConditions): HandlerCondition {
  const { text } = cursor.name();
  return named.get(text.toLowerCase()) ?? cursor.failWith(1319, text);
}

/** Reads SIGNAL or RESIGNAL. */
export function signal(cursor: Cursor, named: NamedConditions = NONE): Signal {
  const { start, key } = cursor.advance();
  const isAgain = key === "RESIGNAL";
  let sqlState: string | null = null;
  if (!isAgain || cursor.at("SQLSTATE") || (cursor.atName() && !cursor.at("SET"))) {
    const condition = cursor.at("SQLSTATE")
      ? conditionValue(cursor)
      : conditionNamed(cursor, named);
    if (condition.kind !== "sqlState") cursor.failWith(1646);
    sqlState = condition.sqlState;
  }
  const seen = new Set<string>();
  const items = !cursor.accept("SET")
    ? []
    : cursor.list((inner): { name: string; value: Expression } => {
        const name = inner.expectOne(SIGNAL_ITEMS);
        if (seen.has(name)) inner.failWith(1641, name);
        seen.add(name);
        inner.expect("=");
        // A literal has no sign here.
        if (inner.at("-")) inner.fail();
        return { name, value: expression(inner) };
      });
  return { kind: "signal", span: cursor.span(start), isAgain, sqlState, items };
}
