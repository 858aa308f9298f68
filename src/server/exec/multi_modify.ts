/**
 * UPDATE and DELETE of several tables: a join that finds the rows, then the changes, table by table.
 *
 * MySQL: Query_result_update, Query_result_delete (sql_update.cc, sql_delete.cc).
 * Departure: every table's changes wait until the join has ended; MySQL makes those of the first table at once where
 * that is safe, which changes the order of locks only where the join meets a row again.
 */

import type { Handler, Row, RowRef } from "../../innodb/api.ts";
import { changedColumns } from "../../innodb/datum.ts";
import type { Assignment, Delete, TableName, Update } from "../../sql/ast.ts";
import type { Expression } from "../../sql/ast_expression.ts";
import type { TableReference, With } from "../../sql/ast_query.ts";
import type { BaseTable, Exec, ExecResult } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { bindExpression } from "../expr/bind.ts";
import { evalItem, type Item } from "../expr/item.ts";
import { newScope, resolveColumn, type Scope } from "../expr/scope.ts";
import { isStrictMode } from "../types/eval_env.ts";
import { bindChecks, binderOf, defaultItems, isBareDefault } from "./binding.ts";
import { columnStore, defaultOf, passesChecks } from "./column_values.ts";
import { withCommonTables } from "./common_tables.ts";
import { dbFailure } from "./db_failure.ts";
import { planJoin } from "./join_plan.ts";
import { forEachRow, type Handlers } from "./join_rows.ts";
import type { JoinNode, JoinTable } from "./join_types.ts";
import { knownConstants } from "./known_constants.ts";
import { commonTableOf, derivedTable } from "./nested_queries.ts";
import { queryContext } from "./query.ts";
import { findCte, type QueryContext } from "./query_types.ts";
import { resolveFrom } from "./resolve_from.ts";
import { forgetAssigned } from "./resolve_modify.ts";
import { bindJoinedWhere, type JoinedWhere } from "./semijoin.ts";
import { plainReadLock, type StatementEnv } from "./statement_env.ts";
import { checkNotRead } from "./target_check.ts";
import { isIgnorable, readsAssigned, updateInfo } from "./update.ts";

/** A table whose rows change, with what the join found for it. */
interface Target {
  readonly joinTable: JoinTable;
  readonly table: BaseTable;
  readonly found: Map<number, FoundRow>;
}

interface FoundRow {
  readonly ref: RowRef;
  readonly before: Row;
  readonly after: Row;
}

export function* runMultiUpdate(statement: StatementEnv, node: Update): Exec<ExecResult> {
  if (node.orderBy.length > 0) throw mysqlError("ER_WRONG_USAGE", "UPDATE", "ORDER BY");
  if (node.limit !== null) throw mysqlError("ER_WRONG_USAGE", "UPDATE", "LIMIT");
  const { ctx } = statement;
  const env = { ...statement.env, strict: isStrictMode(ctx) && !node.ignore };
  const context = contextOf(statement, node.with);
  const aliases = assignedAliases(node.assignments, node.tables, context);
  const { scope, from: written } = openTables(context, node.tables, aliases, "UPDATE");
  const assignments = node.assignments.map((one) => bindAssignment(one, context, scope));
  const { from, where } = bindConditions(node.where, written, scope, context);
  const targets = targetsOf(written, (alias) => aliases.has(alias));
  checkTargets(targets, [node.where, node.assignments], statement.ctx.database);
  const stores = assignments.map(({ target, column, value }) =>
    value === "default" ? null : columnStore(tableOf(targets, target), column, value.type, env),
  );

  const comparable = new Set(
    targets.filter(({ joinTable: { scope: table } }) => {
      const assigned = assignments.filter((one) => one.target === table.position);
      return readsAssigned(new Set(assigned.map(({ column }) => column)), table.used);
    }),
  );

  yield* collect(statement, from, where, targets, function* (target, row) {
    let after = row;
    for (const [at, { target: position, column, value }] of assignments.entries()) {
      if (position !== target.joinTable.scope.position) continue;
      const store = stores[at];
      const next =
        value === "default" || !store
          ? yield* defaultOf(target.table, column, env, defaultItems(target.table, statement))
          : store.store(yield* evalItem(value), true);
      after = after.with(column, next);
    }
    return after;
  });

  let matched = 0;
  let changed = 0;
  for (const target of targets) {
    const checkScope: Scope = {
      ...newScope(null),
      tables: [target.joinTable.scope],
      visible: [target.joinTable.scope],
    };
    const checks = bindChecks(target.table, statement, checkScope);
    const handler = writer(target.table);
    const isComparable = comparable.has(target);
    for (const { ref, before, after } of target.found.values()) {
      matched += 1;
      const isSame = changedColumns(before, after).length === 0;
      if (isSame && isComparable) continue;
      target.joinTable.scope.slot.row = after;
      if (!isSame && !(yield* passesChecks(checks, env, node.ignore))) continue;
      if (!(yield* placed(handler, ref, target.table))) continue;
      const result = yield* handler.updateRow(after, { ignoreDuplicate: node.ignore });
      if (result === "ok") changed += isSame ? 0 : 1;
      else if (node.ignore && isIgnorable(result.err)) {
        ctx.warn({ level: "Warning", ...dbFailure(result, target.table).error });
      } else throw dbFailure(result, target.table);
    }
  }
  const info = updateInfo(matched, changed, ctx.warningCount());
  return { kind: "ok", affected: changed, info, insertId: 0 };
}

export function* runMultiDelete(statement: StatementEnv, node: Delete): Exec<ExecResult> {
  const { ctx } = statement;
  const context = contextOf(statement, node.with);
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
  checkTargets(targets, [node.where], ctx.database);
  // biome-ignore lint/correctness/useYield: a deleted row has no new values
  yield* collect(statement, from, where, targets, function* (_target, row) {
    return row;
  });
  let deleted = 0;
  for (const target of targets) {
    const handler = writer(target.table);
    for (const { ref } of target.found.values()) {
      if (!(yield* placed(handler, ref, target.table))) continue;
      const result = yield* handler.deleteRow();
      if (result === "ok") deleted += 1;
      else if (node.ignore && isIgnorable(result.err)) {
        ctx.warn({ level: "Warning", ...dbFailure(result, target.table).error });
      } else throw dbFailure(result, target.table);
    }
  }
  return { kind: "ok", affected: deleted, info: "", insertId: 0 };
}

/** Runs the join and keeps, for each target, each row once, with the values it is to get. */
function* collect(
  statement: StatementEnv,
  from: JoinNode | null,
  where: Item | null,
  targets: readonly Target[],
  afterOf: (target: Target, row: Row) => Exec<Row>,
): Exec<void> {
  const handlers: Handlers = new Map();
  // Whole rows of the tables that change are wanted, whatever the statement names of them.
  for (const { joinTable, table } of targets) {
    for (const column of table.columns.keys()) joinTable.scope.used.add(column);
  }
  const plan = planJoin({
    ctx: statement.ctx,
    env: statement.env,
    from,
    where,
    known: yield* knownConstants(where),
    order: [],
    limit: null,
    mayHash: false,
    mayPush: false,
  });
  yield* forEachRow(
    plan,
    function* () {
      for (const target of targets) {
        const { scope } = target.joinTable;
        const handler = handlers.get(scope.position);
        if (handler === undefined || isNullRow(scope.slot.row, target.table)) continue;
        const ref = handler.position();
        if (target.found.has(ref.rec)) continue;
        const before = scope.slot.row;
        target.found.set(ref.rec, { ref, before, after: yield* afterOf(target, before) });
      }
      return true;
    },
    handlers,
  );
}

/** The row of NULLs that stands for no match of a LEFT JOIN. */
function isNullRow(row: Row, table: BaseTable): boolean {
  const required = table.columns.findIndex((column) => !column.nullable);
  return required >= 0 ? row[required] === null : row.every((value) => value === null);
}

function writer(table: BaseTable): Handler {
  const handler = table.open();
  handler.setReadLock("X", "wait");
  return handler;
}

/** Puts the cursor on a row; false when it is gone. */
function* placed(handler: Handler, ref: RowRef, table: BaseTable): Exec<boolean> {
  const result = yield* handler.rndPos(ref);
  if (result === "notFound") return false;
  if ("err" in result) throw dbFailure(result, table);
  return true;
}

interface BoundAssignment {
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

function tableOf(targets: readonly Target[], position: number): BaseTable {
  const target = targets.find((one) => one.joinTable.scope.position === position);
  if (target === undefined) throw mysqlError("ER_NON_UPDATABLE_TABLE", "", "UPDATE");
  return target.table;
}

function targetsOf(from: JoinNode, isTarget: (alias: string) => boolean): readonly Target[] {
  if (from.kind === "join")
    return [...targetsOf(from.left, isTarget), ...targetsOf(from.right, isTarget)];
  const { table: joinTable } = from;
  if (!isTarget(joinTable.scope.alias) || joinTable.source.kind !== "base") return [];
  return [{ joinTable, table: joinTable.source.table, found: new Map() }];
}

function contextOf(statement: StatementEnv, clause: With | null): QueryContext {
  const outermost = queryContext(statement);
  return clause === null ? outermost : withCommonTables(clause, null, outermost);
}

function bindConditions(
  where: Expression | null,
  from: JoinNode,
  scope: Scope,
  context: QueryContext,
): JoinedWhere {
  const binder = binderOf(context.statement, scope, "where clause", context);
  return bindJoinedWhere(where, from, binder, context);
}

function checkTargets(targets: readonly Target[], nodes: unknown, database: string): void {
  for (const { joinTable, table } of targets) {
    checkNotRead(nodes, { ...table, alias: joinTable.scope.alias }, database);
  }
}

function openTables(
  context: QueryContext,
  references: readonly TableReference[],
  targets: ReadonlySet<string>,
  verb: string,
): { readonly scope: Scope; readonly from: JoinNode } {
  const { statement } = context;
  const scope = newScope(null);
  const from = resolveFrom(references, {
    statement,
    scope,
    lockOf: (alias) =>
      targets.has(alias) ? { mode: "X", onConflict: "wait" } : plainReadLock(statement),
    derived: derivedTable(context, scope),
    commonTable: commonTableOf(context),
    bindOn: (expression) =>
      bindExpression(expression, binderOf(statement, scope, "on clause", context)),
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
