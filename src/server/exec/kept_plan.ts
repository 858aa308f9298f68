/**
 * The plan of a kept statement's block on one table, made again for the values of this time. What it decides is known from the
 * last time; what was decided by values (constants that decide conditions, ranges and their rows) is looked at anew.
 *
 * MySQL plans a prepared statement from the start each time (Sql_cmd_dml::execute_inner); the outcome is the same.
 */
import type { PlanState } from "../../trace/state.ts";
import type { Item } from "../expr/item.ts";
import type { ChosenAccess } from "../optimizer/access_path.ts";
import {
  isWholeCondition,
  type KeptAccess,
  keepAccess,
  renewAccess,
} from "../optimizer/kept_access.ts";
import { stateAgain } from "../optimizer/plan_state.ts";
import type { PlanTable } from "../optimizer/plan_table.ts";
import type { Predicate } from "../optimizer/predicate.ts";
import { decidedConditions } from "./constant_conditions.ts";
import { stateOf } from "./emit_plans.ts";
import type { JoinPlan, JoinRequest, JoinStep, JoinTable } from "./join/join_types.ts";
import {
  type PredicateTable,
  predicateOf,
  splitConjuncts,
  usualPredicate,
} from "./predicate_of.ts";

export interface KeptPlan {
  readonly plan: JoinPlan;
  readonly table: JoinTable;
  readonly step: JoinStep;
  readonly decided: KeptConditions;
  readonly access: KeptAccess<ChosenAccess>;
  /** As the trace was told; null before the first time. */
  state: PlanState | null;
  /** The plan without the conditions, where the range says them; null before it is needed. */
  unasked: JoinPlan | null;
}

/** Conditions and what constants have left of them. */
export interface KeptConditions {
  readonly table: PredicateTable;
  readonly written: readonly Item[];
  readonly left: readonly Item[];
}

/** What the plan was made of; null where other things than values may change it. */
export function keepPlan(
  plan: JoinPlan,
  step: JoinStep,
  from: {
    readonly own: PredicateTable;
    readonly where: readonly Item[];
    readonly planned: PlanTable;
    readonly conditions: readonly Predicate[];
  },
): KeptPlan | null {
  const { request } = plan;
  if (!isPlain(request) || from.where.some((item) => item.isConst)) return null;
  const access = keepAccess(from.planned, from.conditions, step.chosen, false);
  if (access === null) return null;
  const written = splitConjuncts(request.where);
  const decided = { table: from.own, written, left: from.where };
  return { plan, table: step.table, step, decided, access, state: null, unasked: null };
}

function isPlain(request: JoinRequest): boolean {
  const { order, limit, loose = null, gathers, known } = request;
  return (
    order.length === 0 && limit === null && loose === null && gathers === null && known.size === 0
  );
}

/** The plan for the values of now, told to the trace; null when it has to be made from the start. */
export function planAgain(kept: KeptPlan): JoinPlan | null {
  const { plan, table, access } = kept;
  const { request } = plan;
  const usual = usualAgain(kept.decided);
  const conditions = usual ?? decidedAgain(kept.decided);
  if (conditions === null || table.source.kind !== "base") return null;
  if (!renewAccess(access, conditions)) return null;
  const { info } = table.source.table;
  kept.state = kept.state === null ? stateOf(plan, kept.step, table.scope.alias, info) : kept.state;
  request.ctx.planChosen(stateAgain(kept.state, access.chosen.path, info));
  if (plan.constants.length === 0) request.scope.rowsLookedAt = access.chosen.rows;
  return usual !== null && isWholeCondition(access) ? unasked(kept) : plan;
}

/** Of rows that lie between two whole numbers nobody has to ask whether they do. */
function unasked(kept: KeptPlan): JoinPlan {
  const { plan, step } = kept;
  if (plan.tree.kind !== "table" || plan.tree.step !== step) return plan;
  kept.unasked ??= { ...plan, tree: { ...plan.tree, step: { ...step, conditions: [] } } };
  return kept.unasked;
}

/** The conditions with their values of now; null when these decide otherwise which are left. */
export function conditionsAgain(decided: KeptConditions): readonly Predicate[] | null {
  return usualAgain(decided) ?? decidedAgain(decided);
}

function usualAgain({ table, written, left }: KeptConditions): readonly Predicate[] | null {
  const [only] = left;
  if (only === undefined || left.length > 1 || written.length > 1 || written[0] !== only)
    return null;
  const usual = usualPredicate(only, table);
  return usual === null ? null : [usual];
}

function decidedAgain({ table, written, left }: KeptConditions): readonly Predicate[] | null {
  const now = decidedConditions(written, [table], table.env);
  if (now.length !== left.length) return null;
  for (let at = 0; at < now.length; at += 1) if (now[at] !== left[at]) return null;
  const conditions = now.map((item) => predicateOf(item, table));
  return table.outer.length === 0 ? conditions : null;
}
