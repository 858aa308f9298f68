/**
 * Subqueries of WHERE as joins: `a IN (SELECT ...)` and `EXISTS (SELECT ...)` among the ANDed conditions.
 *
 *   table pullout     a unique key of the subquery's one table is given by equalities: an inner join, no row twice
 *   materialization   the subquery does not depend on the rows around it: its distinct rows, made once, joined by `=`
 *   otherwise         the condition stays a condition, looked at for each row of the block
 *
 * Which it is decides the locks of statements that change rows: a join reads only the rows that match.
 *
 * MySQL: convert_subquery_to_semijoin, pull_out_semijoin_tables, Materialized semi-join (sql/sql_resolver.cc,
 * sql_optimizer.cc).
 * Departure: FirstMatch is the condition evaluated row by row; LooseScan and DuplicateWeedout are not chosen.
 */
import type { Row } from "../../innodb/api.ts";
import type { Delete, Update } from "../../sql/ast.ts";
import type { Exists, Expression, InSubquery } from "../../sql/ast_expression.ts";
import type { Query, QuerySpecification } from "../../sql/ast_query.ts";
import type { Exec } from "../context.ts";
import { bindExpression, bindOperand } from "../expr/bind.ts";
import type { Binder } from "../expr/binder.ts";
import { compareItem, isRow } from "../expr/comparison.ts";
import type { Item } from "../expr/item.ts";
import { andItem, asTruth } from "../expr/logic.ts";
import { addTable, columnItem, joinedScope, type Scope } from "../expr/scope.ts";
import { rowKey } from "./aggregates.ts";
import type { JoinNode, JoinTable } from "./join_types.ts";
import { commonTableOf, derivedTable } from "./nested_queries.ts";
import { splitConjuncts } from "./predicate_of.ts";
import type { OpenQuery, QueryContext } from "./query_types.ts";
import { resolveFrom } from "./resolve_from.ts";
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
export function isPlannedAsJoin(node: Update | Delete): boolean {
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
  return pulledOut(node, spec, from, binder, context) ?? materialized(node, from, binder, context);
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

function pulledOut(
  node: InSubquery | Exists,
  spec: QuerySpecification,
  from: JoinNode,
  binder: Binder,
  context: QueryContext,
): JoinNode | null {
  const { scope: outer, env } = binder;
  const [only, ...others] = spec.from;
  if (only?.kind !== "table" || others.length > 0) return null;
  const first = outer.tables.length;
  const scope = joinedScope(outer);
  const inner: Binder = { ...binder, scope };
  const right = resolveFrom(spec.from, {
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
    if (equalities !== null) conditions.push(...equalities);
    else return undone(outer, first);
  }
  const on = conditions.flatMap((item) => [...splitConjuncts(item)]);
  if (right?.kind !== "table" || !isUniqueIn(right.table, on)) return undone(outer, first);
  return { kind: "join", type: "inner", left: from, right, on: andItem(on, env) };
}

/** Gives back the places of tables that are not joined after all. */
function undone(scope: Scope, first: number): null {
  scope.tables.length = first;
  return null;
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

/** The distinct rows of a subquery that stands for itself, as one more table of the block. */
function materialized(
  node: InSubquery | Exists,
  from: JoinNode,
  binder: Binder,
  context: QueryContext,
): JoinNode | null {
  if (node.kind !== "inSubquery") return null;
  const { scope, env } = binder;
  const opened = context.open(node.query, scope, context);
  if (opened.outerTables !== 0) return null;
  const operand = bindOperand(node.operand, binder);
  const left = isRow(operand) ? operand : [operand];
  if (left.length !== opened.columns.length) return null;
  const { visible } = scope;
  const alias = `<subquery${scope.tables.length + 1}>`;
  const table = addTable(scope, { alias, schema: null, columns: opened.columns });
  scope.visible = visible;
  const on = left.map((item, at) => compareItem("=", item, columnItem(table, at), env));
  const right: JoinTable = {
    scope: table,
    source: { kind: "rows", rows: distinctRows(opened), estimate: opened.estimate },
  };
  const rightNode: JoinNode = { kind: "table", table: right };
  return { kind: "join", type: "inner", left: from, right: rightNode, on: andItem(on, env) };
}

function distinctRows(opened: OpenQuery): () => Exec<readonly Row[]> {
  let made: readonly Row[] | null = null;
  const keyOf = rowKey(opened.columns.map(({ type }) => type));
  return function* () {
    if (made !== null) return made;
    const rows = new Map<string, Row>();
    // biome-ignore lint/correctness/useYield: taking a row waits for nothing
    yield* opened.forEach(function* (row) {
      if (!row.includes(null)) rows.set(keyOf(row), row);
      return true;
    });
    made = [...rows.values()];
    return made;
  };
}
