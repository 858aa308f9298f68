/**
 * Derived tables and common tables that become a part of the block that names them: their tables join the block's, their
 * WHERE joins its WHERE (or the ON of the outer join that they are the inner side of), their columns stand for expressions.
 *
 *     SELECT x.a FROM (SELECT id AS a FROM t WHERE b > 1) x WHERE x.a = 5   ─▶   SELECT id FROM t WHERE b > 1 AND id = 5
 *
 * MySQL: Query_block::merge_derived, Query_expression::is_mergeable and merge_heuristic, Table_ref::merge_where.
 * Departure: a block whose select list has a subquery is not merged.
 */
import type { Datum } from "../../innodb/api.ts";
import type { Expression } from "../../sql/ast_expression.ts";
import type { OfView, Query, QuerySpecification, TableReference } from "../../sql/ast_query.ts";
import type { Exec } from "../context.ts";
import { bindCondition } from "../expr/bind.ts";
import type { Binder } from "../expr/binder.ts";
import { type Item, type ItemFacts, visitItem } from "../expr/item.ts";
import { asTruth } from "../expr/logic.ts";
import {
  addMerged,
  columnItem,
  joinedScope,
  type MergedColumn,
  type MergedView,
  mergedScope,
  type Scope,
  type ScopeTable,
} from "../expr/scope.ts";
import { bindOrderBy } from "./named_clauses.ts";
import { binderIn, commonTableOf, derivedTable, renamed } from "./nested_queries.ts";
import type { MergeRequest, QueryContext } from "./query_types.ts";
import { checkAlias, type FromEnv, type Merged, madeOrigin, resolveFrom } from "./resolve_from.ts";
import { bindSelectList, columnsOf } from "./select_list.ts";
import { bindJoinedWhere } from "./semijoin.ts";
import { sessionSwitches } from "./session_switches.ts";
import { hintsOf, readLocks } from "./statement_env.ts";

/** Null where the table has to be made. */
export function mergeDerived(
  { query, names, alias, view, isLateral = false }: MergeRequest,
  from: FromEnv,
  context: QueryContext,
): Merged | null {
  const spec = mergeableBlock(query);
  if (spec === null || !mayMerge(from, alias)) return null;
  const { scope: outer, statement } = from;
  checkAlias(alias, "", outer);
  const scope = isLateral ? joinedScope(outer) : mergedScope(outer);
  const { length } = scope.tables;
  const binder = binderIn(context, scope, "field list");
  const bindIn = (clause: Binder["clause"]): Binder => ({ ...binder, clause });
  const written = resolveFrom(spec.from, {
    statement,
    scope,
    lockOf: readLocks(statement, query.locking),
    derived: derivedTable(context, scope),
    commonTable: commonTableOf(context),
    bindOn: (expression) => asTruth(bindCondition(expression, bindIn("on clause")), statement.env),
    hints: hintsOf(statement, spec),
    isNullable: from.isNullable ?? false,
  });
  const { from: node, where } = bindJoinedWhere(spec, written, bindIn("where clause"), context);
  const usedBefore = scope.tables.map(({ used }) => new Set(used));
  const selected = bindSelectList(spec.items, binder);
  const columns = renamed(columnsOf(selected, scope), names);
  const guard = from.isNullable === true ? guardOf(scope, length) : null;
  const isPlain = selected.every(({ item }) => item.shape.kind === "column");
  if (node === null || (from.isNullable === true && !isPlain && guard === null)) {
    scope.tables.length = length;
    return null;
  }
  forgetReads(scope, usedBefore);
  const order = bindOrderBy(query.orderBy, selected, binder);
  if (!changesRows(from)) for (const { item } of order) markRead(readsOf(item, scope));
  outer.outerTables |= scope.outerTables;
  const merged = selected.map(({ item }): MergedColumn => {
    const guarded = guard === null || item.shape.kind === "column" ? item : guardedBy(guard, item);
    return { item: asReference(guarded), reads: readsOf(guarded, scope) };
  });
  addMerged(outer, {
    alias,
    columns,
    merged,
    originOf: (column) => madeOrigin(columns[column], alias),
    view: view === undefined ? null : mergedView(view, spec, scope, bindIn("where clause")),
  });
  if (keepsOrder(from)) outer.mergedOrder = order;
  return { node, where };
}

/** A view that a statement may change rows through. */
function mergedView(
  view: OfView,
  spec: QuerySpecification,
  scope: Scope,
  binder: Binder,
): MergedView {
  const check = (isCascaded: boolean): readonly Item[] => {
    const asksOwn = isCascaded || view.check !== "none";
    const asked = asksOwn ? [...(spec.where === null ? [] : [spec.where]), ...onOf(spec.from)] : [];
    const own = asked.map((node) => asTruth(bindCondition(node, binder), binder.env));
    const cascades = isCascaded || view.check === "cascaded";
    return [...own, ...scope.visible.flatMap((table) => table.view?.check(cascades) ?? [])];
  };
  const tables = scope.visible.flatMap((table) => {
    if (table.merged !== null) return table.view?.tables ?? [];
    return table.defaultOf === null ? [] : [table];
  });
  const isJoin = scope.visible.length > 1 || scope.visible[0]?.view?.isJoin === true;
  return { ...view, tables, isJoin, spec, check };
}

function onOf(references: readonly TableReference[]): readonly Expression[] {
  return references.flatMap((reference) => {
    if (reference.kind !== "join") return [];
    const inner = onOf([reference.left, reference.right]);
    return reference.on === null ? inner : [...inner, reference.on];
  });
}

/** Statements that change one table do not merge what their subqueries read from. */
function mayMerge(from: FromEnv, alias: string): boolean {
  const isOn = !sessionSwitches(from.statement.env.ctx).has("derived_merge");
  if (!(from.hints?.allows("MERGE", alias, isOn) ?? isOn)) return false;
  return !(changesRows(from) && from.scope.parent !== null);
}

/** Others do not care in which order a derived table would have had its rows. */
function keepsOrder({ statement: { kind } }: FromEnv): boolean {
  return kind === "select" || kind === "update" || kind === "delete";
}

function changesRows({ statement: { kind } }: FromEnv): boolean {
  return kind === "update" || kind === "delete" || kind === "multiUpdate" || kind === "multiDelete";
}

export function mergeableBlock(query: Query): QuerySpecification | null {
  const { body } = query;
  if (body.kind !== "querySpecification" || query.with !== null || query.limit !== null)
    return null;
  if (query.into !== null || body.from.length === 0 || body.distinct) return null;
  if (body.groupBy !== null || body.having !== null) return null;
  if (body.windows.length > 0 || body.qualify !== null) return null;
  return holdsKind([body.items, query.orderBy], APART) ? null : body;
}

/** Whether there is a node of one of these kinds in it, not within a subquery. */
export function holdsKind(node: unknown, kinds: ReadonlySet<string>): boolean {
  if (typeof node !== "object" || node === null) return false;
  if (Array.isArray(node)) return node.some((part) => holdsKind(part, kinds));
  if ("kind" in node && kinds.has(String(node.kind))) return true;
  if ("kind" in node && node.kind === "query") return false;
  return Object.values(node).some((part) => holdsKind(part, kinds));
}

/** Something in the select list that keeps a block apart. */
const APART: ReadonlySet<string> = new Set([
  "aggregate",
  "windowFunction",
  "query",
  "userVariableAssignment",
]);

/** Columns that only the select list names are read when the block around names them. */
function forgetReads({ tables }: Scope, before: readonly ReadonlySet<number>[]): void {
  for (const [at, { used }] of tables.entries()) {
    for (const column of used) if (before[at]?.has(column) !== true) used.delete(column);
  }
}

/** What a name of the table's stands for. */
function asReference(item: Item): Item {
  const { shape } = item;
  return shape.kind === "column" ? { ...item, shape: { ...shape, isReference: true } } : item;
}

/** A column that is NULL only where an outer join found no row: of the first table, as MySQL's first_inner_table. */
function guardOf({ tables }: Scope, first: number): Item | null {
  const table = tables[first];
  const column = table?.columns.findIndex(({ nullable }) => !nullable) ?? -1;
  return table === undefined || column < 0 ? null : columnItem(table, column);
}

/** An expression that is NULL in a row of no match. MySQL: Item_view_ref::has_null_row. */
function guardedBy(guard: Item, item: Item): Item {
  const isMissing = () => guard.eval?.() === null;
  const facts: ItemFacts = {
    type: item.type,
    nullable: true,
    tables: item.tables | guard.tables,
    isConst: false,
    shape: { kind: "other", args: [item, guard] },
    text: item.text,
  };
  if (item.steps === null) {
    const { eval: value } = item;
    return { ...facts, eval: () => (isMissing() ? null : value()), steps: null };
  }
  const { steps } = item;
  function* guarded(): Exec<Datum> {
    return isMissing() ? null : yield* steps();
  }
  return { ...facts, eval: null, steps: guarded };
}

function readsOf(item: Item, { tables }: Scope): MergedColumn["reads"] {
  const reads: { table: ScopeTable; column: number }[] = [];
  visitItem(item, ({ shape }) => {
    if (shape.kind !== "column") return;
    const table = tables.find(({ slot }) => slot === shape.slot);
    if (table !== undefined) reads.push({ table, column: shape.column });
  });
  return reads;
}

/** What it is sorted by is read, even where the block around it wants no order. */
function markRead(reads: MergedColumn["reads"]): void {
  for (const { table, column } of reads) table.used.add(column);
}
