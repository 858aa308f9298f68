/** UPDATE and DELETE of one table: the syntax tree into a plan with every name resolved. */
import type { Assignment, Delete, Update } from "../../sql/ast.ts";
import type { Limit, BaseTable as TableNode } from "../../sql/ast_query.ts";
import type { BaseTable } from "../context.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import { bindExpression } from "../expr/bind.ts";
import type { Item } from "../expr/item.ts";
import { newScope, resolveColumn, type Scope, type ScopeTable } from "../expr/scope.ts";
import type { IndexHints } from "../optimizer/plan_table.ts";
import {
  bindChecks,
  binderOf,
  bindOrder,
  bindWhere,
  defaultItems,
  isBareDefault,
} from "./binding.ts";
import type { DeletePlan } from "./delete.ts";
import { equalitiesFirst } from "./equalities_first.ts";
import { bindGenerated, refuseGiven } from "./generated.ts";
import { withGenerated } from "./generated_conditions.ts";
import type { JoinTable } from "./join/join_types.ts";
import { resolveFrom } from "./resolve_from.ts";
import { type AssignmentPlan, automaticColumns } from "./row_changer.ts";
import { hintsOf, type StatementEnv } from "./statement_env.ts";
import { checkNotRead, notUpdatable } from "./target_check.ts";
import { storingOf, type UpdatePlan } from "./update.ts";

export function resolveUpdate(
  statement: StatementEnv,
  node: Update,
  target: TableNode,
): UpdatePlan {
  const { scope, table, joinTable, hints } = openTarget(statement, node, target);
  const { alias, slot, used } = joinTable.scope;
  const { schema, name } = table;
  noteLimit(statement, node, alias);
  const changed = { schema, name, alias, view: node.through, verb: "UPDATE" } as const;
  checkNotRead([node.where, node.assignments], changed, statement.ctx);
  const columns = assignedColumns(node.assignments, statement, scope);
  const where = whereOf(node, statement, scope, joinTable);
  const binder = binderOf(statement, scope, "field list");
  const assignments = node.assignments.map(
    ({ value }, at): AssignmentPlan => ({
      column: columns[at] as number,
      value: isBareDefault(value) ? "default" : bindExpression(value, binder),
    }),
  );
  for (const [at, { value }] of node.assignments.entries()) {
    refuseGiven(table, columns[at] as number, value);
  }
  const made = [...columns, ...automaticColumns(table)];
  const triggers = statement.ctx.triggersOf(table);
  for (const column of triggers?.columns("update") ?? []) used.add(column);
  const plan = {
    ctx: statement.ctx,
    table,
    // EXPLAIN tells a view's own table.
    alias: node.through === undefined ? alias : name,
    slot,
    where,
    order: bindOrder(node.orderBy, statement, scope),
    limit: limitOf(node.limit),
    hints,
    needed: used,
    memory: statement.env.given === null ? null : { kept: null },
    assignments,
    checks: bindChecks(table, statement, scope, node.through),
    generated: bindGenerated(table, statement, joinTable.scope, made),
    defaultItem: defaultItems(table, statement, scope),
    isIgnore: node.ignore,
    keepsNull: triggers?.has("before", "update") === true,
    triggers,
  };
  return { ...plan, storing: storingOf(plan) };
}

export function resolveDelete(
  statement: StatementEnv,
  node: Delete,
  target: TableNode,
): DeletePlan {
  const { scope, table, joinTable, hints } = openTarget(statement, node, target);
  const { alias, slot, used } = joinTable.scope;
  const { schema, name } = table;
  noteLimit(statement, node, alias);
  const changed = { schema, name, alias, view: node.through, verb: "DELETE" } as const;
  checkNotRead(node.where, changed, statement.ctx);
  return {
    ctx: statement.ctx,
    table,
    // EXPLAIN tells a view's own table.
    alias: node.through === undefined ? alias : name,
    slot,
    where: whereOf(node, statement, scope, joinTable),
    order: bindOrder(node.orderBy, statement, scope),
    limit: limitOf(node.limit),
    hints,
    needed: used,
    memory: statement.env.given === null ? null : { kept: null },
    isIgnore: node.ignore,
    triggers: statement.ctx.triggersOf(table),
  };
}

function whereOf(
  { where }: Update | Delete,
  statement: StatementEnv,
  scope: Scope,
  table: JoinTable,
): Item | null {
  const bound = withGenerated(bindWhere(where, statement, scope), [table], statement);
  return equalitiesFirst(bound, statement.env);
}

/** Of a view that does not show which rows it has. Throws 1288 where the session wants no such change. */
function noteLimit({ ctx }: StatementEnv, node: Update | Delete, alias: string): void {
  if (node.through?.lacksKey !== true) return;
  if (String(ctx.systemVariable("session", "updatable_views_with_limit")) !== "YES") {
    throw mysqlError("ER_NON_UPDATABLE_TABLE", alias, node.kind.toUpperCase());
  }
  ctx.warn(mysqlWarning("Note", "ER_WARN_VIEW_WITHOUT_KEY"));
}

/** The columns on the left, of the table whose row stands in `scope`'s first table. MySQL looks them up before WHERE. */
function assignedColumns(
  assignments: readonly Assignment[],
  statement: StatementEnv,
  scope: Scope,
): readonly number[] {
  const [own] = scope.tables;
  return assignments.map(({ column }) => {
    const readBefore = new Set(own?.used);
    const item = resolveColumn(scope, column, "field list", statement.ctx.database);
    forgetAssigned(item, own, readBefore);
    if (item.shape.kind !== "column" || own === undefined || item.shape.slot !== own.slot) {
      throw mysqlError("ER_BAD_FIELD_ERROR", column.name.text, "field list");
    }
    return item.shape.column;
  });
}

/** Being assigned to does not make a column one that the statement reads. */
export function forgetAssigned(
  item: Item,
  table: ScopeTable | undefined,
  readBefore: ReadonlySet<number>,
): void {
  if (item.shape.kind !== "column" || table === undefined) return;
  if (!readBefore.has(item.shape.column)) table.used.delete(item.shape.column);
}

interface Target {
  readonly scope: Scope;
  readonly table: BaseTable;
  readonly joinTable: JoinTable;
  readonly hints: IndexHints;
}

function openTarget(statement: StatementEnv, node: Update | Delete, target: TableNode): Target {
  const scope = newScope(null);
  const verb = node.kind.toUpperCase();
  const from = resolveFrom([target], {
    statement,
    scope,
    lockOf: () => ({ mode: "X", onConflict: "wait" }),
    derived: () => {
      throw mysqlError("ER_NON_UPDATABLE_TABLE", target.name.name.text, verb);
    },
    commonTable: () => null,
    bindOn: (expression) => bindExpression(expression, binderOf(statement, scope, "on clause")),
    hints: hintsOf(statement, node),
  });
  if (from?.kind !== "table" || from.table.source.kind !== "base") {
    const schema = target.name.schema?.text ?? statement.ctx.database;
    throw notUpdatable({ schema, name: target.name.name.text }, verb);
  }
  const { table, hints } = from.table.source;
  return { scope, table, joinTable: from.table, hints };
}

export function limitOf(limit: Limit | null): number | null {
  if (limit === null) return null;
  if (limit.count.kind !== "integer") throw mysqlError("ER_UNSUPPORTED_PS");
  return Number(limit.count.text);
}
