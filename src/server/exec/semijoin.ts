/**
 * Subqueries of WHERE as joins: `a IN (SELECT ...)` and `EXISTS (SELECT ...)` among the ANDed conditions.
 *
 *   table pullout     a unique key of the subquery's one table is given by equalities: an inner join, no row twice
 *   materialization   nothing but equalities ties it to the tables around it: its distinct values, made once, joined by `=`
 *   otherwise         the condition stays a condition, looked at for each row of the block
 *
 * Which it is decides the locks of statements that change rows: a join reads only the rows that match.
 *
 * MySQL: convert_subquery_to_semijoin, pull_out_semijoin_tables, Materialized semi-join (sql/sql_resolver.cc,
 * sql_optimizer.cc).
 * Departure: FirstMatch is the condition evaluated row by row; LooseScan and DuplicateWeedout are not chosen.
 */
import type { Datum, Row } from "../../innodb/api.ts";
import type { Delete, Update } from "../../sql/ast.ts";
import type { Exists, Expression, InSubquery } from "../../sql/ast_expression.ts";
import type { Query, QuerySpecification } from "../../sql/ast_query.ts";
import type { StatementFacts } from "../../sql/parser.ts";
import type { Exec } from "../context.ts";
import { bindExpression, bindOperand } from "../expr/bind.ts";
import type { Binder } from "../expr/binder.ts";
import { compareItem, isRow } from "../expr/comparison.ts";
import { evalItem, type Item } from "../expr/item.ts";
import { andItem, asTruth } from "../expr/logic.ts";
import { addTable, columnItem, joinedScope } from "../expr/scope.ts";
import { rowKey } from "./aggregates.ts";
import { expectedRows } from "./expected_rows.ts";
import { planJoin } from "./join_plan.ts";
import { forEachRow } from "./join_rows.ts";
import type { JoinNode, JoinTable } from "./join_types.ts";
import { knownConstants } from "./known_constants.ts";
import { commonTableOf, derivedTable } from "./nested_queries.ts";
import { splitConjuncts } from "./predicate_of.ts";
import type { QueryContext } from "./query_types.ts";
import { resolveFrom } from "./resolve_from.ts";
import { resultType } from "./select_list.ts";
import { plainReadLock } from "./statement_env.ts";

export interface JoinedWhere {
  readonly from: JoinNode | null;
  readonly where: Item | null;
}

/** Binds WHERE; subqueries that can be joined leave it and join FROM. */
export function bindJoinedWhere(
  where: Expression | null,
  from: JoinNode | null,
  binder: Binder,
  context: QueryContext,
): JoinedWhere {
  if (where === null) return { from, where: null };
  const { env } = binder;
  let node = from;
  const kept: Item[] = [];
  for (const conjunct of conjunctsOf(where)) {
    const joined = node === null ? null : joinedSubquery(conjunct, node, binder, context);
    if (joined === null) kept.push(asTruth(bindExpression(conjunct, binder), env));
    else node = joined;
  }
  return { from: node, where: kept.length === 0 ? null : andItem(kept, env) };
}

/**
 * UPDATE and DELETE of one table that have an IN or EXISTS subquery are planned as joins, where there is no ORDER BY or
 * LIMIT. MySQL: should_switch_to_multi_table_if_subqueries.
 */
export function isPlannedAsJoin(node: Update | Delete, facts: StatementFacts): boolean {
  if (facts.queries === 0) return false;
  if (node.orderBy.length > 0 || node.limit !== null) return false;
  return (
    hasTestSubquery(node.where) || (node.kind === "update" && hasTestSubquery(node.assignments))
  );
}

function hasTestSubquery(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  if (Array.isArray(node)) return node.some(hasTestSubquery);
  if ("kind" in node && (node.kind === "inSubquery" || node.kind === "exists")) return true;
  if ("kind" in node && node.kind === "query") return false;
  return Object.values(node).some(hasTestSubquery);
}

function conjunctsOf(node: Expression): readonly Expression[] {
  if (node.kind !== "logical" || node.operator !== "and") return [node];
  return node.operands.flatMap(conjunctsOf);
}

function joinedSubquery(
  node: Expression,
  from: JoinNode,
  binder: Binder,
  context: QueryContext,
): JoinNode | null {
  if (node.kind !== "inSubquery" && node.kind !== "exists") return null;
  if (node.kind === "inSubquery" && node.negated) return null;
  const spec = simpleBlock(node.query);
  if (spec === null) return null;
  const { tables } = binder.scope;
  const first = tables.length;
  const nest = resolveNest(node, spec, binder, context);
  const joined =
    nest === null
      ? null
      : (pulledOut(nest, from, binder) ?? materialized(nest, from, binder, context));
  // The places of tables that are not joined after all are given back.
  if (joined === null) tables.length = first;
  return joined;
}

/** A block that may be joined: no grouping, no LIMIT, no set operation. */
function simpleBlock(query: Query): QuerySpecification | null {
  const { body } = query;
  if (body.kind !== "querySpecification" || query.with !== null || query.limit !== null)
    return null;
  if (query.locking.length > 0 || body.from.length === 0) return null;
  if (body.groupBy !== null || body.having !== null || body.windows.length > 0) return null;
  return body.items.some(hasAggregate) ? null : body;
}

function hasAggregate(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  if (Array.isArray(node)) return node.some(hasAggregate);
  if ("kind" in node && (node.kind === "aggregate" || node.kind === "windowFunction")) return true;
  if ("kind" in node && node.kind === "query") return false;
  return Object.values(node).some(hasAggregate);
}

/** The subquery's tables beside those of the block, and all its conditions, the equalities of IN among them. */
interface Nest {
  readonly node: JoinNode;
  readonly conditions: readonly Item[];
  /** Mask of its tables. */
  readonly tables: number;
}

function resolveNest(
  node: InSubquery | Exists,
  spec: QuerySpecification,
  binder: Binder,
  context: QueryContext,
): Nest | null {
  const { scope: outer, env } = binder;
  const first = outer.tables.length;
  const scope = joinedScope(outer);
  const inner: Binder = { ...binder, scope };
  const from = resolveFrom(spec.from, {
    statement: context.statement,
    scope,
    lockOf: () => plainReadLock(context.statement),
    derived: derivedTable(context, scope),
    commonTable: commonTableOf(context),
    bindOn: (expression) => asTruth(bindExpression(expression, inner), env),
  });
  const conditions = spec.where === null ? [] : [asTruth(bindExpression(spec.where, inner), env)];
  if (node.kind === "inSubquery") {
    const equalities = equalitiesOf(node, spec, binder, inner);
    if (equalities === null) return null;
    conditions.push(...equalities);
  }
  const tables = outer.tables
    .slice(first)
    .reduce((mask, { position }) => mask | (2 ** position), 0);
  if (from === null) return null;
  return {
    node: from,
    conditions: conditions.flatMap((item) => [...splitConjuncts(item)]),
    tables,
  };
}

function pulledOut(nest: Nest, from: JoinNode, { env }: Binder): JoinNode | null {
  const { node: right, conditions } = nest;
  if (right.kind !== "table" || !isUniqueIn(right.table, conditions)) return null;
  return { kind: "join", type: "inner", left: from, right, on: andItem(conditions, env) };
}

function equalitiesOf(
  node: InSubquery,
  spec: QuerySpecification,
  outer: Binder,
  inner: Binder,
): readonly Item[] | null {
  const operand = bindOperand(node.operand, outer);
  const left = isRow(operand) ? operand : [operand];
  if (left.length !== spec.items.length) return null;
  const equalities: Item[] = [];
  for (const [at, item] of spec.items.entries()) {
    if (item.kind !== "selectExpression") return null;
    const right = bindExpression(item.expression, inner);
    equalities.push(compareItem("=", left[at] as Item, right, outer.env));
  }
  return equalities;
}

/** Do the conditions give every part of a unique key of the table from outside it? */
function isUniqueIn(table: JoinTable, conditions: readonly Item[]): boolean {
  const { source, scope } = table;
  if (source.kind !== "base") return false;
  const bit = 2 ** scope.position;
  const given = new Set<number>();
  for (const { shape } of conditions) {
    if (shape.kind !== "compare" || shape.op !== "=") continue;
    for (const [side, other] of [
      [shape.left, shape.right],
      [shape.right, shape.left],
    ] as const) {
      const isColumn = side.shape.kind === "column" && side.tables === bit;
      if (isColumn && (other.tables & bit) === 0 && side.shape.kind === "column") {
        given.add(side.shape.column);
      }
    }
  }
  return source.table.info.indexes.some(
    ({ unique, parts }) =>
      unique &&
      parts.length > 0 &&
      parts.every(({ column, prefix }) => prefix === null && given.has(column)),
  );
}

/** An equality between the nest and the tables around it. */
interface Link {
  readonly inner: Item;
  readonly outer: Item;
}

/** The distinct values that the nest is compared with, made once, as one more table of the block. */
function materialized(
  nest: Nest,
  from: JoinNode,
  binder: Binder,
  context: QueryContext,
): JoinNode | null {
  const { scope, env } = binder;
  const split = splitConditions(nest);
  if (split === null) return null;
  const { links, own } = split;
  const columns = links.map(({ inner }, at) => ({
    name: `column_${at}`,
    type: resultType(inner.type),
    nullable: false,
  }));
  const { visible } = scope;
  const alias = `<subquery${scope.tables.length + 1}>`;
  const table = addTable(scope, { alias, schema: null, columns });
  scope.visible = visible;
  const on = links.map(({ outer }, at) => compareItem("=", outer, columnItem(table, at), env));
  const where = own.length === 0 ? null : andItem(own, env);
  const rows = distinctValues(
    nest.node,
    where,
    links.map(({ inner }) => inner),
    context,
  );
  const right: JoinNode = {
    kind: "table",
    table: {
      scope: table,
      source: { kind: "rows", rows, estimate: expectedRows(nest.node, where) },
    },
  };
  return { kind: "join", type: "inner", left: from, right, on: andItem(on, env) };
}

/** Null when something else than an equality ties the nest to the tables around it. */
function splitConditions(
  nest: Nest,
): { readonly links: readonly Link[]; readonly own: readonly Item[] } | null {
  const isOwn = (item: Item) => (item.tables & ~nest.tables) === 0;
  if (!onsOf(nest.node).every(isOwn)) return null;
  const links: Link[] = [];
  const own: Item[] = [];
  for (const item of nest.conditions) {
    const link = linkOf(item, nest.tables);
    if (link !== null) links.push(link);
    else if (isOwn(item)) own.push(item);
    else return null;
  }
  return links.length === 0 ? null : { links, own };
}

function linkOf({ shape }: Item, tables: number): Link | null {
  if (shape.kind !== "compare" || shape.op !== "=") return null;
  const isInner = (item: Item) => item.tables !== 0 && (item.tables & ~tables) === 0;
  const isOuter = (item: Item) => (item.tables & tables) === 0;
  const { left, right } = shape;
  if (isInner(left) && isOuter(right) && right.tables !== 0) return { inner: left, outer: right };
  if (isInner(right) && isOuter(left) && left.tables !== 0) return { inner: right, outer: left };
  return null;
}

function onsOf(node: JoinNode): readonly Item[] {
  if (node.kind === "table") return [];
  return [...(node.on === null ? [] : [node.on]), ...onsOf(node.left), ...onsOf(node.right)];
}

function distinctValues(
  from: JoinNode,
  where: Item | null,
  values: readonly Item[],
  { statement }: QueryContext,
): () => Exec<readonly Row[]> {
  let made: readonly Row[] | null = null;
  const keyOf = rowKey(values.map(({ type }) => type));
  return function* () {
    if (made !== null) return made;
    const rows = new Map<string, Row>();
    const plan = planJoin({
      ctx: statement.ctx,
      env: statement.env,
      from,
      where,
      known: yield* knownConstants(where),
      order: [],
      limit: null,
      mayHash: true,
      isWholeStatement: false,
      mayPush: true,
    });
    yield* forEachRow(plan, function* () {
      const row: Datum[] = [];
      for (const value of values) row.push(yield* evalItem(value));
      if (!row.includes(null)) rows.set(keyOf(row), row);
      return true;
    });
    made = [...rows.values()];
    return made;
  };
}
