/**
 * GET [CURRENT | STACKED] DIAGNOSTICS.
 *
 * MySQL: sql/sql_yacc.yy: get_diagnostics.
 */
import type { GetDiagnostics } from "./ast_routine.ts";
import type { Cursor } from "./cursor.ts";
import { expression } from "./parser_expression.ts";
import { intoTarget } from "./parser_select.ts";

const OF_STATEMENT = ["NUMBER", "ROW_COUNT"] as const;

const OF_CONDITION = [
  "CATALOG_NAME",
  "CLASS_ORIGIN",
  "COLUMN_NAME",
  "CONSTRAINT_CATALOG",
  "CONSTRAINT_NAME",
  "CONSTRAINT_SCHEMA",
  "CURSOR_NAME",
  "MESSAGE_TEXT",
  "MYSQL_ERRNO",
  "RETURNED_SQLSTATE",
  "SCHEMA_NAME",
  "SUBCLASS_ORIGIN",
  "TABLE_NAME",
] as const;

export function getDiagnostics(cursor: Cursor): GetDiagnostics {
  const { start } = cursor.advance();
  const isStacked = cursor.acceptOne(["CURRENT", "STACKED"]) === "STACKED";
  cursor.expect("DIAGNOSTICS");
  const condition = cursor.accept("CONDITION") ? expression(cursor) : null;
  const items = cursor.list((inner) => {
    const target = intoTarget(inner);
    inner.expect("=");
    return { target, name: inner.expectOne(condition === null ? OF_STATEMENT : OF_CONDITION) };
  });
  return { kind: "getDiagnostics", span: cursor.span(start), isStacked, condition, items };
}
