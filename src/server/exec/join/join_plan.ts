/**
 * Plans the join of a query block (MySQL: JOIN::optimize). One table needs no search; several go to `join_planner.ts`.
 */
import type { Answer } from "../../context.ts";
import { type Item, OUTER_ROWS } from "../../expr/item.ts";
import { type ChosenAccess, NO_CONSTANT_ROW } from "../../optimizer/access_path.ts";
import { chooseSelectAccess, constAccess } from "../../optimizer/choose_access.ts";
import { conditionFilter } from "../../optimizer/condition_filter.ts";
import { rowEvaluateCost } from "../../optimizer/cost.ts";
import { type OrderColumn, type PlanTable, planTable } from "../../optimizer/plan_table.ts";
import type { Predicate } from "../../optimizer/predicate.ts";
import { rangeColumns } from "../../optimizer/range_columns.ts";
import { isGuaranteedByRef, pushedOf } from "../condition_use.ts";
import { decidedConditions } from "../constant_conditions.ts";
import { emitImpossible, emitPlans } from "../emit_plans.ts";
import { keepPlan } from "../kept_plan.ts";
import type { LookupValue } from "../lookup_value.ts";
import { predicateOf, splitConjuncts } from "../predicate_of.ts";
import { predicateTable } from "../predicate_table.ts";
import { planTables } from "./join_planner.ts";
import type { JoinPlan, JoinRequest, JoinStep, JoinTable, StepEstimate } from "./join_types.ts";
import { eachRowAlone } from "./rechecked_ranges.ts";
import { isTestedBy } from "./tested_lookup.ts";

/** A plan, or the steps to one where tables have to be read for it. */
export function planJoin(request: JoinRequest): Answer<JoinPlan> {
  const { from } = request;
  if (from !== null && (from.kind !== "table" || mayHaveKey(from.table, request)))
    return planTables(request);
  const plan = planOne(request, from?.table ?? null);
  if (plan.impossible !== null && from !== null)
    emitImpossible(request, from.table, plan.impossible);
  else {
    const [step] = plan.steps;
    if (step !== undefined) request.scope.rowsLookedAt = step.chosen.rows;
    emitPlans(plan);
  }
  return plan;
}

/** A derived table whose rows are looked up by what WHERE compares them with. */
function mayHaveKey({ source }: JoinTable, { where }: JoinRequest): boolean {
  return source.kind === "rows" && source.plan !== undefined && where !== null;
}

function planOne(request: JoinRequest, table: JoinTable | null): JoinPlan {
  const own = table === null ? null : predicateTable(request, table);
  const where = decidedConditions(
    splitConjuncts(request.where),
    own === null ? [] : [own],
    request.env,
  );
  const falsehood = where.find((item) => item.isConst && item.eval !== null && isFalse(item));
  if (falsehood !== undefined) return onePlan(request, { impossible: "Impossible WHERE" });
  if (request.nothing) return onePlan(request, { impossible: request.nothing });
  if (table === null) return onePlan(request, {});
  const bit = 2 ** table.scope.position;
  const conditions = where.filter(
    (item) => (item.tables & ~OUTER_ROWS & ~bit) === 0 && !(item.isConst && item.eval !== null),
  );
  const access = accessOf(request, table, where);
  const { outer, isConstant } = access;
  const alone =
    isConstant || outer.length === 0 ? null : eachRowAlone(request, table, conditions, access);
  const chosen = alone?.chosen ?? access.chosen;
  if (chosen.path.kind === "none") {
    return onePlan(request, { impossible: isConstant ? chosen.path.why : NO_CONSTANT_ROW });
  }
  const kept = isConstant
    ? conditions
    : conditions.filter((item) => !isGuaranteedByRef(item, chosen, table, outer));
  const isTested = outer.length > 0 && isTestedBy(request, chosen, outer);
  const mayPush = request.mayPush && !isConstant && !isTested;
  const pushed = mayPush ? pushedOf(kept, chosen, table, request.env) : [];
  const checked = kept.filter((item) => !pushed.includes(item));
  const { source } = table;
  const rows = source.kind === "base" ? Math.max(1, source.table.stats().rows) : 1;
  const left = Math.max(access.filter, 1 / rows);
  const step: JoinStep = {
    table,
    chosen,
    outer,
    pushed,
    conditions: checked,
    hasConditions: checked.length > 0,
    notes: [],
    made: null,
    eachRow: alone?.eachRow ?? null,
    estimate: estimateOf(chosen, left),
  };
  // What filters a table's rows before they are sorted is not counted: it would be, twice.
  const isSorted = request.order.length > 0 && !chosen.isOrdered;
  const plan = isConstant
    ? onePlan(request, { constants: [step] })
    : onePlan(request, {
        steps: [step],
        tree: { kind: "table", step },
        isOrdered: !isSorted,
        expectedRows: Math.max(chosen.rows * (isSorted ? 1 : access.filter), 0.001),
        cost: costOf(chosen),
      });
  if (request.keep && own !== null && access.planned !== null && outer.length === 0) {
    const { planned, predicates } = access;
    const kept = keepPlan(plan, step, { own, where, planned, conditions: predicates });
    if (kept !== null) request.keep(kept);
  }
  return plan;
}

/** What is left out after it was found by a lookup is not looked at; a scan's cost has that in it. */
function estimateOf(chosen: ChosenAccess, filter: number): StepEstimate {
  const filtered = chosen.rows * filter;
  const cost = costOf(chosen);
  const unseen = chosen.path.kind === "ref" ? rowEvaluateCost(chosen.rows - filtered) : 0;
  return { cost: cost - unseen, filtered, readCost: cost - rowEvaluateCost(chosen.rows), filter };
}

/** With the rows looked at; a range's cost is that of finding them. */
function costOf({ path, cost, rows }: ChosenAccess): number {
  const isFound = path.kind === "range" || path.kind === "merge";
  return isFound ? cost + rowEvaluateCost(rows) : cost;
}

interface OneAccess {
  readonly chosen: ChosenAccess;
  readonly outer: readonly LookupValue[];
  readonly filter: number;
  readonly isConstant: boolean;
  /** What the choice was made from; null where there was none. */
  readonly planned: PlanTable | null;
  readonly predicates: readonly Predicate[];
}

function accessOf(request: JoinRequest, table: JoinTable, conjuncts: readonly Item[]): OneAccess {
  const { source, scope } = table;
  if (source.kind === "rows") {
    const chosen: ChosenAccess = {
      path: { kind: "all" },
      keyRead: false,
      isOrdered: false,
      rows: source.estimate,
      cost: source.estimate * 0.1,
      considered: [],
    };
    return {
      chosen,
      outer: [],
      filter: 1,
      isConstant: false,
      planned: null,
      predicates: [],
    };
  }
  const outer: LookupValue[] = [];
  const predicateTable = {
    position: scope.position,
    known: request.known,
    columns: source.table.columns,
    env: request.env,
    outer,
  };
  const predicates = conjuncts.map((item) => predicateOf(item, predicateTable));
  const where: Predicate = { kind: "and", args: predicates };
  const query = { table: source.table, where, needed: scope.used, hints: source.hints };
  const planned = planTable(query, true);
  const constant = constAccess(query, planned);
  if (constant !== null)
    return { chosen: constant, outer, filter: 1, isConstant: true, planned, predicates };
  const order = orderColumns(request, scope.position);
  const chosen = chooseSelectAccess(planned, {
    available: OUTER_ROWS,
    prefixRows: 1,
    order,
    limit: request.order.length > 0 && order === null ? null : request.limit,
    mayBeConst: false,
    mayGather: request.isGroup,
    isGroup: request.isGroup,
    loose: request.loose ?? null,
    maySkip: request.maySkip === true && source.lock.change === undefined,
    forgoesDives: request.isWholeStatement && (request.order.length === 0 || order !== null),
  });
  const { path } = chosen;
  const isChanged = source.lock.change !== undefined;
  const used = new Set(
    path.kind === "ref"
      ? path.key.map((part) => part.column)
      : path.kind === "range" || path.kind === "merge"
        ? rangeColumns(planned, path)
        : "index" in path && path.kind !== "index"
          ? path.index.parts.map((part) => part.column)
          : [],
  );
  const filter = conditionFilter(planned, used, OUTER_ROWS, chosen.estimates);
  const own = isChanged ? ofWholeRows(chosen) : chosen;
  return { chosen: own, outer, filter, isConstant: false, planned, predicates };
}

/** Of a table that changes the whole rows are wanted, which its clustered index has. */
function ofWholeRows(chosen: ChosenAccess): ChosenAccess {
  const { path } = chosen;
  return { ...chosen, keyRead: false, path: path.kind === "index" ? { kind: "all" } : path };
}

/** ORDER BY as plain columns of the table, or null when it is something else. */
function orderColumns({ order }: JoinRequest, position: number): readonly OrderColumn[] | null {
  const columns: OrderColumn[] = [];
  for (const { item, desc, isEitherWay = false } of order) {
    if (item.shape.kind !== "column" || item.tables !== 2 ** position) return null;
    columns.push({ column: item.shape.column, desc, isEitherWay });
  }
  return columns.length === 0 ? null : columns;
}

function isFalse(item: Item): boolean {
  const value = item.eval?.() ?? null;
  return value === null || value === 0;
}

function onePlan(request: JoinRequest, own: Partial<JoinPlan>): JoinPlan {
  return {
    request,
    impossible: null,
    constants: [],
    steps: [],
    tree: { kind: "single" },
    hasReadConstants: false,
    weedsOut: false,
    isOrdered: true,
    sortsFirst: false,
    expectedRows: own.impossible === undefined ? 1 : 0,
    cost: 0,
    ...own,
  };
}
