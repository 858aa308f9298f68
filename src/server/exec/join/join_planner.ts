/**
 * Plans a join of several tables (MySQL: JOIN::optimize, make_join_plan, make_join_query_block, make_join_readinfo).
 *
 *   1. outer joins whose WHERE rejects NULLs become inner joins, subqueries' tables that are unique leave their nests
 *   2. tables whose unique key is given by constants are read at once: their values are constants for the others
 *   3. the others are ordered by cost, each with its access path and each semi-join with its strategy
 *   4. every conjunct is checked as soon as its tables are there; those on index columns only are pushed to the engine
 */

import { settled } from "../../../base/answer.ts";
import type { Exec } from "../../context.ts";
import { type Item, OUTER_ROWS } from "../../expr/item.ts";
import { isRandom } from "../../expr/random_item.ts";
import { type ChosenAccess, NO_CONSTANT_ROW } from "../../optimizer/access_path.ts";
import { constAccess } from "../../optimizer/choose_access.ts";
import { planTable } from "../../optimizer/plan_table.ts";
import type { EvalEnv } from "../../types/eval_env.ts";
import { decidedConditions } from "../constant_conditions.ts";
import { emitImpossible, emitPlans } from "../emit_plans.ts";
import { hintedOrder } from "../hints/join_order.ts";
import { lockTestsDone } from "../known_constants.ts";
import { predicateOf } from "../predicate_of.ts";
import { predicateTable } from "../predicate_table.ts";
import {
  type Candidate,
  type Conditions,
  candidateOf,
  materializationsOf,
  usableConditions,
} from "./join_candidates.ts";
import { withConstants } from "./join_constants.ts";
import { layOut } from "./join_layout.ts";
import { type JoinMember, type JoinModel, type JoinNest, joinModel } from "./join_model.ts";
import { readConstant } from "./join_rows.ts";
import { type SearchRequest, searchOrder } from "./join_search.ts";
import { stepsOf } from "./join_steps.ts";
import { joinTree } from "./join_tree.ts";
import {
  type JoinPlan,
  type JoinRequest,
  type JoinStep,
  type JoinTable,
  NO_ESTIMATE,
  nullRow,
  REFUSED_CONSTANT_ROW,
} from "./join_types.ts";
import { lateralOf } from "./lateral.ts";
import { type Equalities, equalitiesOf } from "./multiple_equality.ts";

export function* planTables(request: JoinRequest): Exec<JoinPlan> {
  const plan = yield* plannedTables(request);
  const first = joinModel(request.from, null).members[0];
  if (plan.impossible === null) emitPlans(plan);
  else if (first !== undefined) emitImpossible(request, first.table, plan.impossible);
  return plan;
}

function* plannedTables(request: JoinRequest): Exec<JoinPlan> {
  if (request.nothing) return impossiblePlan(request, request.nothing);
  const written = joinModel(request.from, request.where);
  for (const { table } of written.members) yield* planMade(table);
  const where = yield* lockTestsDone(written.where);
  const model = { ...written, where: decidedWhere({ ...written, where }, request) };
  const found = yield* constantTables(model, request);
  if (typeof found === "string") return impossiblePlan(request, found);
  const { constants, mask, conditions } = found;
  const { hints, isStraight } = request;
  const members =
    hints === null || hints.orders.length === 0 || isStraight
      ? model.members
      : hintedOrder(model.members, mask, hints, (warning) => request.ctx.warn(warning));
  const rest = members.filter(({ bit }) => (bit & mask) === 0);
  const tables = rest.map((member) =>
    candidateOf({ ...member, dependsOn: member.dependsOn & ~mask }, conditions, request, mask),
  );
  const impossible = tables.find(
    ({ access, member }) => access?.ranges.isImpossible === true && !isOptional(member),
  );
  if (impossible !== undefined) return impossiblePlan(request, NO_CONSTANT_ROW);
  const materializations = materializationsOf(model, tables, mask);
  const hasSemijoins = model.nests.some(({ kind }) => kind !== "left");
  const search: SearchRequest = {
    tables,
    constants: mask,
    materializations,
    hasSemijoins,
    hasLateral: rest.some(({ table }) => lateralOf(table) !== null),
    endsUnfiltered: request.endsUnfiltered === true && !hasSemijoins,
    sortTable: sortTable(request),
    limit: request.limit ?? Number.POSITIVE_INFINITY,
    within: null,
    isStraight,
  };
  const positions = searchOrder(search);
  const last = positions.at(-1);
  if (last !== undefined) {
    request.scope.rowsLookedAt = (positions.at(-2)?.prefixRows ?? 1) * last.access.rowsFetched;
  }
  const layout = layOut(search, positions);
  const planned = stepsOf({ request, model, conditions, layout, tables, constants: mask });
  if (planned === "impossible" || scansNothing(planned.steps, tables))
    return impossiblePlan(request, REFUSED_CONSTANT_ROW);
  const isSorted = planned.sortsFirst && (!request.isGroup || request.wantsSorted);
  const tree = joinTree({ ...planned, order: isSorted ? request.order : [] });
  return {
    request,
    impossible: null,
    constants,
    steps: planned.steps,
    tree: constantConditions(tree, conditions.where.others, planned.steps.length > 0),
    hasReadConstants: true,
    weedsOut: layout.weedouts.length > 0,
    isOrdered: planned.isOrdered,
    sortsFirst: isSorted,
    expectedRows: positions.at(-1)?.prefixRows ?? 1,
    cost: positions.at(-1)?.prefixCost ?? 0,
  };
}

/** What a derived table is made by is planned first; one of a row at most is made at once. */
function* planMade({ source }: JoinTable): Exec<void> {
  if (source.kind !== "rows" || source.plan === undefined) return;
  const { rows, isOneRow } = yield* source.plan();
  source.estimate = rows;
  source.isOneRow = isOneRow;
  if (isOneRow) yield* source.rows();
}

function decidedWhere({ members, where }: JoinModel, request: JoinRequest): readonly Item[] {
  const tables = members.flatMap(({ table }) => predicateTable(request, table) ?? []);
  return decidedConditions(where, tables, request.env).filter((item) => !isSureNotNull(item));
}

/** IS NOT NULL of a column that cannot be NULL. */
function isSureNotNull({ shape }: Item): boolean {
  return (
    shape.kind === "isNull" &&
    shape.negated &&
    shape.operand.shape.kind === "column" &&
    !shape.operand.nullable
  );
}

function isOptional({ nest }: JoinMember): boolean {
  return nest !== null;
}

/**
 * A semi-join's table is to be scanned whose ranges are empty: it was not taken for a constant one, and now no row can come.
 *
 * MySQL: make_join_query_block ("Impossible range").
 */
function scansNothing(steps: readonly JoinStep[], tables: readonly Candidate[]): boolean {
  return steps.some(({ table, chosen: { path }, made }) => {
    if (made !== null) return scansNothing(made.steps, tables);
    if (path.kind !== "all" && path.kind !== "index") return false;
    const found = tables.find(({ member }) => member.table === table);
    return found?.member.nest?.kind === "semi" && found.access?.ranges.isImpossible === true;
  });
}

/** Conditions on no table, or on rows of enclosing blocks only, are looked at once for each execution; random ones with the last table, if there is one. */
function constantConditions(
  tree: JoinPlan["tree"],
  others: readonly Item[],
  hasTables: boolean,
): JoinPlan["tree"] {
  const conditions = others.filter(
    (item) =>
      (item.tables & ~OUTER_ROWS) === 0 &&
      !(item.isConst && item.eval !== null) &&
      !(hasTables && isRandom(item)),
  );
  if (conditions.length === 0) return tree;
  const outer = { kind: "filter", source: { kind: "single" }, conditions } as const;
  return { kind: "nested", type: "inner", outer, inner: tree, innerTables: [] };
}

interface Constants {
  readonly constants: readonly JoinStep[];
  readonly mask: number;
  readonly conditions: Conditions;
}

/**
 * Reads constant tables until there are no more, and only then says why no row can come.
 *
 * MySQL: JOIN::extract_func_dependent_tables.
 */
function* constantTables(model: JoinModel, request: JoinRequest): Exec<Constants | string> {
  const constants: JoinStep[] = [];
  let mask = 0;
  let missing = 0;
  let why: string | null = null;
  for (;;) {
    const conditions = conditionsOf(model, mask, request.env);
    const isFalse = conditions.where.others.some(
      (item) => item.isConst && item.eval !== null && !isTruth(item.eval()),
    );
    if (isFalse && mask === 0) return "Impossible WHERE";
    if (isFalse) why ??= REFUSED_CONSTANT_ROW;
    const next = nextConstant(model, conditions, request, mask | missing);
    if (next === null) {
      if (why !== null) yield* readOptional(model, request, { mask, missing });
      return why ?? { constants, mask, conditions };
    }
    if (next.step.chosen.path.kind === "none") return why ?? next.step.chosen.path.why;
    constants.push(next.step);
    const empty = yield* settled(readConstant(request, request.handlers, next.step));
    if (empty === null) mask |= next.member.bit;
    else {
      missing |= next.member.bit;
      why = empty;
    }
  }
}

function isTruth(value: unknown): boolean {
  return value !== null && value !== 0;
}

function conditionsOf({ where, nests }: JoinModel, mask: number, env: EvalEnv): Conditions {
  const known = (items: readonly Item[]) => items.map((item) => withConstants(item, mask));
  const on = new Map<JoinNest, Equalities>();
  const whole = equalitiesOf(known(where), env);
  for (const nest of nests) {
    if (nest.kind === "semi") continue;
    const above = whole.classes.filter(({ constant }) => constant !== null);
    on.set(nest, equalitiesOf(known(nest.on), env, above));
  }
  return { where: whole, on };
}

/** Tables of one row at most come before those that a key makes constant. MySQL: extract_const_tables. */
function nextConstant(
  { members }: JoinModel,
  conditions: Conditions,
  request: JoinRequest,
  mask: number,
): { readonly member: JoinMember; readonly step: JoinStep } | null {
  const open = members.filter(
    ({ bit, nest, dependsOn }) => (bit & mask) === 0 && nest === null && (dependsOn & ~mask) === 0,
  );
  const single = open.find(({ table: { source } }) => source.kind === "rows" && source.isOneRow);
  if (single !== undefined) return { member: single, step: constantStep(single, SYSTEM) };
  for (const member of open) {
    const step = keyedConstant(member, conditions.where, request);
    if (step !== null) return { member, step };
  }
  return null;
}

/** The table's one row, when constants give a unique key of it. */
function keyedConstant(
  member: JoinMember,
  equalities: Equalities,
  request: JoinRequest,
): JoinStep | null {
  const { table } = member;
  const { source, scope } = table;
  const predicates = predicateTable(request, table);
  if (source.kind === "rows" || predicates === null) return null;
  const own = usableConditions(member, equalities, request);
  const where = own.map((item) => predicateOf(item, predicates));
  const query = {
    table: source.table,
    where: { kind: "and", args: where },
    needed: scope.used,
    hints: source.hints,
  } as const;
  const chosen = constAccess(query, planTable(query, true));
  if (chosen === null) return null;
  // Of a table that changes the whole row is wanted.
  const keyRead = chosen.keyRead && source.lock.change === undefined;
  return constantStep(member, { ...chosen, keyRead });
}

/**
 * The inner tables of outer joins are read too, and locked, where no row can come any more: by what the conditions say, or else
 * by what has been read.
 */
function* readOptional(
  model: JoinModel,
  request: JoinRequest,
  { mask, missing }: { readonly mask: number; readonly missing: number },
): Exec<void> {
  const written = conditionsOf(model, 0, request.env).on;
  let read = mask;
  for (const member of model.members) {
    const { nest, bit, dependsOn, table } = member;
    if (nest?.kind !== "left" || nest.parent !== null || nest.tables !== bit) continue;
    if ((dependsOn & ~(read | missing)) !== 0) continue;
    const { on } = conditionsOf(model, read, request.env);
    const ways = [written.get(nest), on.get(nest)].filter((way) => way !== undefined);
    const step = ways.reduce<JoinStep | null>(
      (found, way) => found ?? keyedConstant(member, way, request),
      null,
    );
    if (step === null) continue;
    const empty = yield* settled(readConstant(request, request.handlers, step));
    if (empty !== null) table.scope.slot.row = nullRow(table);
    read |= bit;
  }
}

const SYSTEM: ChosenAccess = {
  path: { kind: "system" },
  keyRead: false,
  isOrdered: true,
  rows: 1,
  cost: 0,
  considered: [],
};

function constantStep({ table }: JoinMember, chosen: ChosenAccess): JoinStep {
  return {
    table,
    chosen,
    outer: [],
    pushed: [],
    conditions: [],
    hasConditions: false,
    notes: [],
    made: null,
    eachRow: null,
    estimate: NO_ESTIMATE,
  };
}

/** The one table that the order wanted is about, for the search: any other first table means sorting the whole result. */
function sortTable({ order, hasOneOrder }: JoinRequest): number | null {
  if (!hasOneOrder) return null;
  const mask = order.reduce((all, { item }) => all | item.tables, 0);
  return mask !== 0 && mask !== OUTER_ROWS && (mask & (mask - 1)) === 0 ? mask : null;
}

function impossiblePlan(request: JoinRequest, why: string): JoinPlan {
  for (const { table } of joinModel(request.from, null).members) {
    table.scope.slot.row = nullRow(table);
  }
  return {
    request,
    impossible: why,
    constants: [],
    steps: [],
    tree: { kind: "single" },
    hasReadConstants: true,
    weedsOut: false,
    isOrdered: true,
    sortsFirst: false,
    expectedRows: 0,
    cost: 0,
  };
}
