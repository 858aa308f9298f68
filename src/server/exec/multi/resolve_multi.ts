/**
 * UPDATE and DELETE of several tables: names resolved, and the join that finds the rows planned.
 *
 * MySQL: Sql_cmd_update::prepare_inner, Sql_cmd_delete::prepare_inner.
 */
import type { Row, RowRef } from "../../../innodb/api.ts";
import type { Assignment, Delete, Update } from "../../../sql/ast.ts";
import type { TableReference } from "../../../sql/ast_query.ts";
import type { BaseTable, Exec, StatementContext } from "../../context.ts";
import { mysqlError } from "../../errors.ts";
import { bindCondition, bindExpression } from "../../expr/bind.ts";
import type { Item } from "../../expr/item.ts";
import { andItem } from "../../expr/logic.ts";
import {
  findIn,
  type MergedView,
  newScope,
  resolveColumn,
  type Scope,
  type ScopeTable,
} from "../../expr/scope.ts";
import { binderOf, isBareDefault } from "../binding.ts";
import type { CheckItem } from "../column_values.ts";
import { withCommonTables } from "../common_tables.ts";
import { pushedDown } from "../derived_pushdown.ts";
import { refuseGiven } from "../generated.ts";
import type { BlockHints } from "../hints/block_hints.ts";
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
import type { QueryContext } from "../query_types.ts";
import { resolveFrom } from "../resolve_from.ts";
import { forgetAssigned } from "../resolve_modify.ts";
import { bindJoinedWhere, type JoinedWhere } from "../semijoin.ts";
import { hintsOf, plainReadLock, type StatementEnv } from "../statement_env.ts";
import { checkNotRead } from "../target_check.ts";
import { namesTable } from "../view_shape.ts";

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
  readonly hints: BlockHints | null;
}

export interface MultiUpdate extends MultiJoin {
  /** CHECK OPTIONs of views, over the rows of the join. */
  readonly checks: readonly CheckItem[];
  readonly assignments: readonly BoundAssignment[];
}

export function resolveMultiUpdate(statement: StatementEnv, node: Update): MultiUpdate {
  if (node.orderBy.length > 0) throw mysqlError("ER_WRONG_USAGE", "UPDATE", "ORDER BY");
  if (node.limit !== null) throw mysqlError("ER_WRONG_USAGE", "UPDATE", "LIMIT");
  const context = contextOf(statement, node);
  const { scope, from: opened } = openTables(context, node.tables, node);
  const views = changedViews(node.assignments, scope, opened, statement.ctx.database);
  const assignments = node.assignments.map((one) => bindAssignment(one, context, scope));
  const changed = new Set(assignments.map(({ target }) => target));
  const written = locked(opened, changed, "update");
  const { from, where } = bindConditions(node, written, scope, context);
  const targets = targetsOf(written, changed);
  for (const [at, { target, column }] of assignments.entries()) {
    const table = targets.find(({ joinTable }) => joinTable.scope.position === target);
    const value = node.assignments[at]?.value ?? null;
    if (table !== undefined) refuseGiven(table.table, column, value);
  }
  refuseKeyChange(targets, assignments);
  checkTargets(targets, [node.where, node.assignments], scope, statement.ctx, node);
  const checks = views.flatMap(({ schema, name, check }): readonly CheckItem[] => {
    const items = check(false);
    if (items.length === 0) return [];
    return [{ view: schema, name, item: andItem(items, statement.env) }];
  });
  const mayPush = isOneTable(node.tables);
  const hints = hintsOf(statement, node);
  return { from, where, targets, scope, assignments, checks, mayPush, hints };
}

export function resolveMultiDelete(statement: StatementEnv, node: Delete): MultiJoin {
  const { ctx } = statement;
  const context = contextOf(statement, node);
  const { scope, from: opened } = openTables(context, node.from, node);
  const named = node.targets?.map(({ name }) => name.text);
  const changed = new Set(
    (named ?? scope.visible.map(({ alias }) => alias)).map((alias) => {
      const table = scope.visible.find((one) => one.alias === alias);
      if (table === undefined) throw mysqlError("ER_UNKNOWN_TABLE", alias, "MULTI DELETE");
      return deletedFrom(table, opened);
    }),
  );
  const written = locked(opened, changed, "delete");
  const { from, where } = bindConditions(node, written, scope, context);
  const targets = targetsOf(written, changed);
  checkTargets(targets, [node.where], scope, ctx, node);
  const mayPush = node.targets === null && isOneTable(node.from);
  return { from, where, targets, scope, mayPush, hints: hintsOf(statement, node) };
}

export function* planMulti(
  statement: StatementEnv,
  { from, where: condition, scope, mayPush, hints }: MultiJoin,
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
    hints,
    isStraight: hints?.isFixed === true,
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

/** Throws 1706 where a table changes under two names, and its primary key with it. MySQL: unsafe_key_update. */
function refuseKeyChange(
  targets: readonly Target[],
  assignments: readonly BoundAssignment[],
): void {
  for (const [at, one] of targets.entries()) {
    const other = targets.slice(at + 1).find(({ table }) => table.info.id === one.table.info.id);
    const key = one.table.info.indexes.find(({ clustered }) => clustered);
    if (other === undefined || key === undefined || key.name !== "PRIMARY") continue;
    const places = [one, other].map(({ joinTable }) => joinTable.scope.position);
    const isChanged = assignments.some(
      ({ target, column }) =>
        places.includes(target) && key.parts.some((part) => part.column === column),
    );
    if (!isChanged) continue;
    const [a, b] = [one, other].map(({ joinTable }) => joinTable.scope.alias);
    throw mysqlError("ER_MULTI_UPDATE_KEY_CONFLICT", a ?? "", b ?? "");
  }
}

/** The tables of these positions. */
function targetsOf(from: JoinNode, changed: ReadonlySet<number>): readonly Target[] {
  return tablesIn(from).flatMap((joinTable) => {
    const { source, scope } = joinTable;
    if (!changed.has(scope.position) || source.kind !== "base") return [];
    return [{ joinTable, table: source.table, found: new Map() }];
  });
}

function contextOf(statement: StatementEnv, node: Update | Delete): QueryContext {
  const outermost = queryContext(statement);
  return node.with === null ? outermost : withCommonTables(node.with, node, null, outermost);
}

function bindConditions(
  node: Update | Delete,
  from: JoinNode,
  scope: Scope,
  context: QueryContext,
): JoinedWhere {
  const binder = binderOf(context.statement, scope, "where clause", context);
  return pushedDown(bindJoinedWhere(node, from, binder, context), binder.env);
}

function checkTargets(
  targets: readonly Target[],
  nodes: unknown,
  { visible }: Scope,
  ctx: StatementContext,
  { kind, through }: Update | Delete,
): void {
  const verb = kind === "update" ? "UPDATE" : "DELETE";
  for (const { joinTable, table } of targets) {
    const { schema, name } = table;
    const ofView = visible.find(({ view }) => view?.tables.includes(joinTable.scope) === true);
    const { alias } = ofView ?? joinTable.scope;
    const view = ofView?.view ?? through;
    checkNotRead(nodes, { schema, name, alias, view, verb }, ctx);
  }
}

function openTables(
  context: QueryContext,
  references: readonly TableReference[],
  node: Update | Delete,
): { readonly scope: Scope; readonly from: JoinNode } {
  const { statement } = context;
  const scope = newScope(null);
  const from = resolveFrom(references, {
    statement,
    scope,
    lockOf: (alias) => plainReadLock(statement, alias),
    derived: derivedTable(context, scope),
    commonTable: commonTableOf(context),
    bindOn: (expression) =>
      bindCondition(expression, binderOf(statement, scope, "on clause", context)),
    hints: hintsOf(statement, node),
  });
  if (from === null) throw mysqlError("ER_NO_TABLES_USED");
  return { scope, from };
}

/** The join with the tables of these positions read for change. */
function locked(
  node: JoinNode,
  changed: ReadonlySet<number>,
  change: "update" | "delete",
): JoinNode {
  if (node.kind === "join") {
    const left = locked(node.left, changed, change);
    return { ...node, left, right: locked(node.right, changed, change) };
  }
  const { source, scope } = node.table;
  if (!changed.has(scope.position) || source.kind !== "base") return node;
  const lock = { mode: "X", onConflict: "wait", change } as const;
  return { kind: "table", table: { ...node.table, source: { ...source, lock } } };
}

function tablesIn(node: JoinNode): readonly JoinTable[] {
  return node.kind === "table" ? [node.table] : [...tablesIn(node.left), ...tablesIn(node.right)];
}

/** The views that SET assigns through. Throws 1288 for what is not updatable, 1393 for a second table of a view. */
function changedViews(
  assignments: readonly Assignment[],
  scope: Scope,
  from: JoinNode,
  database: string,
): readonly MergedView[] {
  const changed = new Map<MergedView, number>();
  for (const { column } of assignments) {
    const [table, at] = findIn(scope.visible, column, "field list", database) ?? [];
    if (table === undefined || at === undefined) continue;
    const refused = () => mysqlError("ER_NON_UPDATABLE_TABLE", table.alias, "UPDATE");
    if (!isChangeable(table, from)) throw refused();
    const shape = table.merged?.[at]?.item.shape;
    if (table.view === null || shape === undefined) continue;
    if (shape.kind !== "column") throw mysqlError("ER_NONUPDATEABLE_COLUMN", column.name.text);
    const { view } = table;
    const target = view.tables.find(({ position }) => position === shape.table);
    if (target === undefined || readsItself(view, target, from, database)) throw refused();
    if ((changed.get(view) ?? shape.table) !== shape.table) {
      throw mysqlError("ER_VIEW_MULTIUPDATE", view.schema, view.name);
    }
    changed.set(view, shape.table);
  }
  return [...changed.keys()];
}

function isChangeable({ merged, view, position }: ScopeTable, from: JoinNode): boolean {
  if (merged !== null) return view !== null && view.tables.length > 0;
  return tablesIn(from).some(
    ({ scope, source }) => scope.position === position && source.kind === "base",
  );
}

/** A subquery of the view reads the table. */
function readsItself(
  { spec }: MergedView,
  { position }: ScopeTable,
  from: JoinNode,
  database: string,
): boolean {
  const source = tablesIn(from).find(({ scope }) => scope.position === position)?.source;
  return source?.kind === "base" && namesTable([spec.items, spec.where], source.table, database);
}

/** The position of the table whose rows go. Throws 1288 and 1395. */
function deletedFrom(table: ScopeTable, from: JoinNode): number {
  const { view } = table;
  if (!isChangeable(table, from) || view?.isUpdatable === false)
    throw mysqlError("ER_NON_UPDATABLE_TABLE", table.alias, "DELETE");
  if (view === null) return table.position;
  const [only] = view.tables;
  if (only !== undefined && !view.isJoin) return only.position;
  throw mysqlError("ER_VIEW_DELETE_MERGE_VIEW", view.schema, view.name);
}
