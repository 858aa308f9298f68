/**
 * GET [CURRENT | STACKED] DIAGNOSTICS.
 *
 * MySQL: sql/sql_yacc.yy: get_diagnostics.
 */
import type { GetDiagnostics } from "./ast_routine.ts";
import type { Cursor } from "./cursor.ts";
import { expression } from "./parser_expression.ts";
import { intoTarget } from "./parser_select.ts";
import { SIGNAL_ITEMS } from "./parser_signal.ts";

const OF_STATEMENT = ["NUMBER", "ROW_COUNT"] as const;

const OF_CONDITION = [...SIGNAL_ITEMS, "RETURNED_SQLSTATE"] as const;

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
