/**
 * UPDATE and DELETE of several tables: names resolved, and the join that finds the rows planned.
 *
 * MySQL: Sql_cmd_update::prepare_inner, Sql_cmd_delete::prepare_inner.
 */
import type { Row, RowRef } from "../../../innodb/api.ts";
import type { Assignment, Delete, TableName, Update } from "../../../sql/ast.ts";
import type { Expression } from "../../../sql/ast_expression.ts";
import type { TableReference } from "../../../sql/ast_query.ts";
import type { BaseTable, Exec, StatementContext } from "../../context.ts";
import { mysqlError } from "../../errors.ts";
import { bindCondition, bindExpression } from "../../expr/bind.ts";
import type { Item } from "../../expr/item.ts";
import { newScope, resolveColumn, type Scope } from "../../expr/scope.ts";
import { binderOf, isBareDefault } from "../binding.ts";
import { withCommonTables } from "../common_tables.ts";
import { pushedDown } from "../derived_pushdown.ts";
import { refuseGiven } from "../generated.ts";
import { planJoin } from "../join/join_plan.ts";
import {
  type JoinNode,
  type JoinPlan,
  type JoinTable,
  searchedTables,
} from "../join/join_types.ts";
import type { Handlers } from "../join/step_reader.ts";
import { decidedBefore } from "../known_constants.ts";
import { commonTableOf, derivedTable } from "../nested_queries.ts";
import { queryContext } from "../query.ts";
import { findCte, type QueryContext } from "../query_types.ts";
import { resolveFrom } from "../resolve_from.ts";
import { forgetAssigned } from "../resolve_modify.ts";
import { bindJoinedWhere, type JoinedWhere } from "../semijoin.ts";
import { plainReadLock, type StatementEnv } from "../statement_env.ts";
import { checkNotRead } from "../target_check.ts";

/** A table whose rows change, with what the join found for it. */
export interface Target {
  readonly joinTable: JoinTable;
  readonly table: BaseTable;
  readonly found: Map<number, FoundRow>;
}

export interface FoundRow {
  readonly ref: RowRef;
  readonly before: Row;
  readonly after: Row;
}

/** The join of a change of several tables. */
export interface MultiJoin {
  readonly from: JoinNode | null;
  readonly where: Item | null;
  readonly targets: readonly Target[];
  readonly scope: Scope;
  /** Index conditions may be pushed: the statement names one table, and only a subquery makes it a join. */
  readonly mayPush: boolean;
}

export interface MultiUpdate extends MultiJoin {
  readonly assignments: readonly BoundAssignment[];
}

export function resolveMultiUpdate(statement: StatementEnv, node: Update): MultiUpdate {
  if (node.orderBy.length > 0) throw mysqlError("ER_WRONG_USAGE", "UPDATE", "ORDER BY");
  if (node.limit !== null) throw mysqlError("ER_WRONG_USAGE", "UPDATE", "LIMIT");
  const context = contextOf(statement, node);
  const aliases = assignedAliases(node.assignments, node.tables, context);
  const { scope, from: written } = openTables(context, node.tables, aliases, "UPDATE");
  const assignments = node.assignments.map((one) => bindAssignment(one, context, scope));
  const { from, where } = bindConditions(node.where, written, scope, context);
  const targets = targetsOf(written, (alias) => aliases.has(alias));
  for (const [at, { target, column }] of assignments.entries()) {
    const changed = targets.find(({ joinTable }) => joinTable.scope.position === target);
    const value = node.assignments[at]?.value ?? null;
    if (changed !== undefined) refuseGiven(changed.table, column, value);
  }
  checkTargets(targets, [node.where, node.assignments], statement.ctx);
  return { from, where, targets, scope, assignments, mayPush: isOneTable(node.tables) };
}

export function resolveMultiDelete(statement: StatementEnv, node: Delete): MultiJoin {
  const { ctx } = statement;
  const context = contextOf(statement, node);
  const names = node.targets ?? [];
  const aliases = new Set(
    node.targets === null
      ? node.from.flatMap(namedTables).map(({ alias }) => alias)
      : names.map((target) => target.name.text),
  );
  const { scope, from: written } = openTables(context, node.from, aliases, "DELETE");
  const missing = names.find(
    ({ name }) => !scope.tables.some((table) => table.alias === name.text),
  );
  if (missing !== undefined)
    throw mysqlError("ER_UNKNOWN_TABLE", missing.name.text, "MULTI DELETE");
  const { from, where } = bindConditions(node.where, written, scope, context);
  const targets = targetsOf(written, (alias) => aliases.has(alias));
  checkTargets(targets, [node.where], ctx);
  return { from, where, targets, scope, mayPush: node.targets === null && isOneTable(node.from) };
}

export function* planMulti(
  statement: StatementEnv,
  { from, where: condition, scope, mayPush }: MultiJoin,
  handlers: Handlers,
): Exec<JoinPlan> {
  const { where, known } = yield* decidedBefore(condition, statement.env, searchedTables(from));
  const planned = planJoin({
    ctx: statement.ctx,
    env: statement.env,
    from,
    where,
    known,
    order: [],
    hasOneOrder: true,
    isGroup: false,
    wantsSorted: false,
    gathers: null,
    limit: null,
    mayHash: false,
    isWholeStatement: false,
    mayPush,
    handlers,
    scope,
  });
  return "tree" in planned ? planned : yield* planned;
}

/** MySQL: lex->sql_command stays SQLCOM_UPDATE or SQLCOM_DELETE then. */
function isOneTable(references: readonly TableReference[]): boolean {
  return references.length === 1 && references[0]?.kind === "table";
}

export interface BoundAssignment {
  /** Position of the table in the scope. */
  readonly target: number;
  readonly column: number;
  readonly value: Item | "default";
}

function bindAssignment(node: Assignment, context: QueryContext, scope: Scope): BoundAssignment {
  const { statement } = context;
  const { database } = statement.ctx;
  const before = scope.tables.map((table) => new Set(table.used));
  const item = resolveColumn(scope, node.column, "field list", database);
  if (item.shape.kind !== "column")
    throw mysqlError("ER_BAD_FIELD_ERROR", node.column.name.text, "field list");
  forgetAssigned(item, scope.tables[item.shape.table], before[item.shape.table] ?? new Set());
  const value = isBareDefault(node.value)
    ? "default"
    : bindExpression(node.value, binderOf(statement, scope, "field list", context));
  return { target: item.shape.table, column: item.shape.column, value };
}

function targetsOf(from: JoinNode, isTarget: (alias: string) => boolean): readonly Target[] {
  if (from.kind === "join")
    return [...targetsOf(from.left, isTarget), ...targetsOf(from.right, isTarget)];
  const { table: joinTable } = from;
  if (!isTarget(joinTable.scope.alias) || joinTable.source.kind !== "base") return [];
  return [{ joinTable, table: joinTable.source.table, found: new Map() }];
}

function contextOf(statement: StatementEnv, node: Update | Delete): QueryContext {
  const outermost = queryContext(statement);
  return node.with === null ? outermost : withCommonTables(node.with, node, null, outermost);
}

function bindConditions(
  where: Expression | null,
  from: JoinNode,
  scope: Scope,
  context: QueryContext,
): JoinedWhere {
  const binder = binderOf(context.statement, scope, "where clause", context);
  return pushedDown(bindJoinedWhere(where, from, binder, context), binder.env);
}

function checkTargets(targets: readonly Target[], nodes: unknown, ctx: StatementContext): void {
  for (const { joinTable, table } of targets) {
    const { schema, name } = table;
    checkNotRead(nodes, { schema, name, alias: joinTable.scope.alias }, ctx);
  }
}

function openTables(
  context: QueryContext,
  references: readonly TableReference[],
  targets: ReadonlySet<string>,
  verb: string,
): { readonly scope: Scope; readonly from: JoinNode } {
  const { statement } = context;
  const change = verb === "UPDATE" ? "update" : "delete";
  const scope = newScope(null);
  const from = resolveFrom(references, {
    statement,
    scope,
    lockOf: (alias) =>
      targets.has(alias)
        ? { mode: "X", onConflict: "wait", change }
        : plainReadLock(statement, alias),
    derived: derivedTable(context, scope),
    commonTable: commonTableOf(context),
    bindOn: (expression) =>
      bindCondition(expression, binderOf(statement, scope, "on clause", context)),
  });
  if (from === null) throw mysqlError("ER_NO_TABLES_USED");
  const made = tablesIn(from).find(
    (table) => targets.has(table.scope.alias) && table.source.kind !== "base",
  );
  if (made !== undefined) throw mysqlError("ER_NON_UPDATABLE_TABLE", made.scope.alias, verb);
  return { scope, from };
}

function tablesIn(node: JoinNode): readonly JoinTable[] {
  return node.kind === "table" ? [node.table] : [...tablesIn(node.left), ...tablesIn(node.right)];
}

/** The tables that SET assigns to: by the qualifier, or by the one table that has a column of that name. */
function assignedAliases(
  assignments: readonly Assignment[],
  references: readonly TableReference[],
  { statement, ctes }: QueryContext,
): ReadonlySet<string> {
  const named = references
    .flatMap(namedTables)
    .filter(({ table }) => table.schema !== null || findCte(ctes, table.name.text) === null);
  return new Set(
    assignments.flatMap(({ column }) => {
      if (column.table !== null) return [column.table.text];
      const owners = named.filter(({ table, alias }) => {
        const opened = statement.ctx.table(table.schema?.text ?? null, table.name.text, alias);
        return opened.columns.some(
          (one) => one.name.toLowerCase() === column.name.text.toLowerCase(),
        );
      });
      return owners.map(({ alias }) => alias);
    }),
  );
}

function namedTables(
  reference: TableReference,
): readonly { readonly table: TableName; readonly alias: string }[] {
  switch (reference.kind) {
    case "table":
      return [{ table: reference.name, alias: reference.alias?.text ?? reference.name.name.text }];
    case "join":
      return [...namedTables(reference.left), ...namedTables(reference.right)];
    default:
      return [];
  }
}
