/** Binders for the clauses of UPDATE, DELETE and INSERT. */

import type { Expression } from "../../sql/ast_expression.ts";
import type { OrderItem } from "../../sql/ast_query.ts";
import type { ThroughView } from "../../sql/ast_view.ts";
import type { BaseTable } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { bindCondition, bindExpression } from "../expr/bind.ts";
import type { Binder } from "../expr/binder.ts";
import { type Item, literalItem } from "../expr/item.ts";
import { type Clause, newScope, type Scope } from "../expr/scope.ts";
import { NULL_TYPE } from "../types/sql_type.ts";
import type { CheckItem } from "./column_values.ts";
import { binderIn } from "./nested_queries.ts";
import { queryContext } from "./query.ts";
import type { QueryContext } from "./query_types.ts";
import type { SortKey } from "./sort_rows.ts";
import type { StatementEnv } from "./statement_env.ts";

export function binderOf(
  statement: StatementEnv,
  scope: Scope,
  clause: Clause,
  context: QueryContext = queryContext(statement),
): Binder {
  return binderIn(context, scope, clause);
}

export function bindWhere(
  where: Expression | null,
  statement: StatementEnv,
  scope: Scope,
): Item | null {
  return where === null ? null : bindCondition(where, binderOf(statement, scope, "where clause"));
}

export function bindOrder(
  order: readonly OrderItem[],
  statement: StatementEnv,
  scope: Scope,
): readonly SortKey[] {
  const binder = binderOf(statement, scope, "order clause");
  return order.map(({ expression, direction }) => ({
    item: bindExpression(expression, binder),
    desc: direction === "desc",
  }));
}

/** The CHECK OPTION of a view that the statement was about, and CHECK constraints, over the row in the scope's first table. */
export function bindChecks(
  table: BaseTable,
  statement: StatementEnv,
  scope: Scope,
  through?: ThroughView,
): readonly CheckItem[] {
  const binder = binderOf(statement, scope, "field list");
  const own = table.checks.map(({ name, expr }) => ({ name, item: bindExpression(expr, binder) }));
  if (through === undefined || through.check === null) return own;
  const { schema: view, name, check } = through;
  return [{ name, view, item: bindWhere(check, statement, scope) as Item }, ...own];
}

/** Compiles the default of a column that is written as an expression; it may name other columns of the row in `scope`. */
export function defaultItems(
  table: BaseTable,
  statement: StatementEnv,
  scope: Scope = newScope(null),
): (column: number) => Item {
  return (column) => {
    const given = table.columns[column]?.default;
    if (given?.kind !== "expr") return literalItem(null, NULL_TYPE, "NULL");
    return bindExpression(given.expr, binderOf(statement, scope, "field list"));
  };
}

/** The bare word DEFAULT as a value. */
export function isBareDefault(node: Expression): boolean {
  return node.kind === "default" && node.column === null;
}

/** The position of a column of the statement's table by name. Throws 1054. */
export function columnPosition(table: BaseTable, name: string): number {
  const at = table.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  if (at < 0) throw mysqlError("ER_BAD_FIELD_ERROR", name, "field list");
  return at;
}
