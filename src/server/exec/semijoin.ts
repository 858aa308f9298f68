/**
 * Subqueries of WHERE as joins: IN and EXISTS among the ANDed conditions become semi-joins, NOT EXISTS and, where no NULL can
 * come between, NOT IN become antijoins. By which strategy they are run the planner decides, and with it the locks.
 *
 * MySQL: Query_block::flatten_subqueries, convert_subquery_to_semijoin, decorrelate_condition (sql/sql_resolver.cc).
 * Departure: subqueries in the ON of a join stay conditions.
 */
import { append } from "../../base/lists.ts";
import type { Delete, Update } from "../../sql/ast.ts";
import type { Exists, Expression, InSubquery } from "../../sql/ast_expression.ts";
import type { QuerySpecification } from "../../sql/ast_query.ts";
import type { StatementFacts } from "../../sql/parser.ts";
import { bindCondition, bindOperand } from "../expr/bind.ts";
import type { Binder } from "../expr/binder.ts";
import { compareItem, isRow } from "../expr/comparison.ts";
import type { Item } from "../expr/item.ts";
import { andItem, asTruth } from "../expr/logic.ts";
import { joinedScope } from "../expr/scope.ts";
import { maskOf } from "./join/join_model.ts";
import type { JoinNode, SemijoinLink } from "./join/join_types.ts";
import { commonTableOf, derivedTable } from "./nested_queries.ts";
import { splitConjuncts } from "./predicate_of.ts";
import type { QueryContext } from "./query_types.ts";
import { resolveFrom } from "./resolve_from.ts";
import { bindSelectList } from "./select_list.ts";
import { sessionSwitches } from "./session_switches.ts";
import { simpleBlock } from "./simple_block.ts";
import { hintsOf, isStraight, readLocks } from "./statement_env.ts";

export interface JoinedWhere {
  readonly from: JoinNode | null;
  readonly where: Item | null;
}

/** Binds the WHERE of a block; subqueries that can be joined leave it and join FROM. */
export function bindJoinedWhere(
  block: WithWhere,
  from: JoinNode | null,
  binder: Binder,
  context: QueryContext,
): JoinedWhere {
  const { env, scope } = binder;
  const { where } = block;
  const ofMerged = scope.mergedWhere.splice(0);
  if (where === null) return { from, where: ofMerged.length === 0 ? null : andItem(ofMerged, env) };
  let node = from;
  const isSwitchedOn = !sessionSwitches(env.ctx).has("semijoin");
  const mayJoin = (conjunct: Expression): boolean => {
    const test = testOf(conjunct);
    return test !== null && mayBeJoined(test, block, context, isSwitchedOn);
  };
  const conjuncts = conjunctsOf(where);
  const bound = conjuncts.map((conjunct) => {
    const isJoined = node !== null && mayJoin(conjunct);
    return isJoined ? null : asTruth(bindCondition(conjunct, binder), env);
  });
  for (const [at, conjunct] of conjuncts.entries()) {
    if (bound[at] !== null) continue;
    const joined = node === null ? null : joinedSubquery(conjunct, node, binder, context);
    if (joined === null) bound[at] = asTruth(bindCondition(conjunct, binder), env);
    else node = joined;
  }
  const kept = bound.filter((item) => item !== null);
  append(kept, ofMerged);
  return { from: node, where: kept.length === 0 ? null : andItem(kept, env) };
}

type WithWhere = Pick<Update | Delete | QuerySpecification, "where" | "hints"> &
  Partial<Pick<QuerySpecification, "modifiers">>;

/** Neither block may be read in the order in which it is written. MySQL: Query_block::resolve_subquery. */
function mayBeJoined(
  { node }: Test,
  outer: WithWhere,
  { statement }: QueryContext,
  isSwitchedOn: boolean,
): boolean {
  const { body } = node.query;
  if (isStraight(statement, outer)) return false;
  if (body.kind !== "querySpecification") return isSwitchedOn;
  if (isStraight(statement, body)) return false;
  return hintsOf(statement, body)?.mayJoin(isSwitchedOn) ?? isSwitchedOn;
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

interface Test {
  readonly node: InSubquery | Exists;
  readonly isNegated: boolean;
}

/** IN and EXISTS, and their opposites. */
function testOf(node: Expression): Test | null {
  switch (node.kind) {
    case "inSubquery":
      return { node, isNegated: node.negated };
    case "exists":
      return { node, isNegated: false };
    case "unary": {
      const inner = node.operator === "not" ? testOf(node.operand) : null;
      return inner === null ? null : { ...inner, isNegated: !inner.isNegated };
    }
    default:
      return null;
  }
}

function joinedSubquery(
  expression: Expression,
  from: JoinNode,
  binder: Binder,
  context: QueryContext,
): JoinNode | null {
  const test = testOf(expression);
  const spec = test === null ? null : simpleBlock(test.node.query);
  if (test === null || spec === null) return null;
  const { tables } = binder.scope;
  const first = tables.length;
  const node = joinedNode(test, spec, from, binder, context);
  // The places of tables that are not joined after all are given back.
  if (node === null) tables.length = first;
  return node;
}

function joinedNode(
  { node, isNegated }: Test,
  spec: QuerySpecification,
  from: JoinNode,
  binder: Binder,
  context: QueryContext,
): JoinNode | null {
  const { scope: outer, env } = binder;
  const hints = hintsOf(context.statement, spec);
  const switches = sessionSwitches(env.ctx);
  const off = hints === null ? switches : hints.strategies(switches);
  const scope = joinedScope(outer);
  const inner: Binder = { ...binder, scope };
  const written = resolveFrom(spec.from, {
    statement: context.statement,
    scope,
    lockOf: readLocks(context.statement, node.query.locking),
    derived: derivedTable(context, scope),
    commonTable: commonTableOf(context),
    bindOn: (expression) => asTruth(bindCondition(expression, inner), env),
    hints,
  });
  const nested = bindJoinedWhere(spec, written, inner, context);
  if (nested.from === null) return null;
  const conditions = [...splitConjuncts(nested.where)];
  if (node.kind === "inSubquery") {
    const equalities = equalitiesOf(node, spec, binder, inner, isNegated);
    if (equalities === null) return null;
    append(conditions, equalities);
  }
  const tables = maskOf(nested.from);
  // Once for all rows, before they are looked for. MySQL: cannot_do_antijoin in Item_exists_subselect's resolve_subquery.
  if (isNegated && !readsAround(nested.from, conditions, tables)) return null;
  const links = conditions.flatMap((item) => linkOf(item, tables) ?? []);
  const on = conditions.length === 0 ? null : andItem(conditions, env);
  const type = isNegated ? "anti" : "semi";
  const block = context.statement.explained?.numberOf(node.query) ?? null;
  return { kind: "join", type, left: from, right: nested.from, on, links, off, block };
}

function readsAround(from: JoinNode, conditions: readonly Item[], tables: number): boolean {
  if (conditions.some((item) => (item.tables & ~tables) !== 0)) return true;
  if (from.kind === "table") return false;
  const { left, right, on } = from;
  return readsAround(left, on === null ? [] : [on], tables) || readsAround(right, [], tables);
}

function equalitiesOf(
  node: InSubquery,
  spec: QuerySpecification,
  outer: Binder,
  inner: Binder,
  isNegated: boolean,
): readonly Item[] | null {
  const operand = bindOperand(node.operand, outer);
  const left = isRow(operand) ? operand : [operand];
  const selected = bindSelectList(spec.items, inner);
  if (left.length !== selected.length) return null;
  const equalities: Item[] = [];
  for (const [at, { item: right }] of selected.entries()) {
    const own = left[at] as Item;
    if (isNegated && (own.nullable || right.nullable)) return null;
    equalities.push(compareItem("=", own, right, outer.env));
  }
  return equalities;
}

/** An equality of something inside with something around. */
function linkOf(item: Item, tables: number): SemijoinLink | null {
  const { shape } = item;
  if (shape.kind !== "compare" || shape.op !== "=") return null;
  const isInner = (side: Item) => side.tables !== 0 && (side.tables & ~tables) === 0;
  const isOuter = (side: Item) => side.tables !== 0 && (side.tables & tables) === 0;
  const { left, right } = shape;
  if (isInner(left) && isOuter(right)) return { inner: left, outer: right, item };
  if (isInner(right) && isOuter(left)) return { inner: right, outer: left, item };
  return null;
}
