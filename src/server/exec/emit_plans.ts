/** The plan of a join as facts for the trace, and as EXPLAIN lists it. */
import type { TableInfo } from "../../innodb/api.ts";
import type { PlanState } from "../../trace/state.ts";
import { columnsOf } from "../expr/item.ts";
import type { ChosenAccess } from "../optimizer/access_path.ts";
import { planState } from "../optimizer/plan_state.ts";
import { explainExtra } from "./join/join_extra.ts";
import type { JoinPlan, JoinRequest, JoinStep, JoinTable } from "./join/join_types.ts";

export function emitPlans(plan: JoinPlan): void {
  for (const step of plan.constants) emitStep(plan, step);
  for (const step of plan.steps) emitStep(plan, step);
}

function emitStep(plan: JoinPlan, step: JoinStep): void {
  const { source, scope } = step.table;
  if (step.made !== null) for (const inner of step.made.steps) emitStep(plan, inner);
  else if (source.kind === "base") {
    plan.request.ctx.planChosen(stateOf(plan, step, scope.alias, source.table.info));
  }
}

export function stateOf(plan: JoinPlan, step: JoinStep, alias: string, info: TableInfo): PlanState {
  const outerText = (id: number) => step.outer[id]?.text() ?? "?";
  const bit = 2 ** step.table.scope.position;
  const { where } = plan.request;
  const tested = () =>
    [...step.pushed, ...step.conditions, ...(where === null ? [] : [where])].flatMap((item) =>
      columnsOf(item, bit),
    );
  return planState(alias, info, step.chosen, explainExtra(plan, step), outerText, tested);
}

/** A statement whose WHERE can match nothing reads none of its tables. */
export function emitImpossible(
  { ctx }: Pick<JoinRequest, "ctx">,
  { scope, source }: JoinTable,
  why: string,
): void {
  if (source.kind !== "base") return;
  const chosen: ChosenAccess = {
    path: { kind: "none", why },
    keyRead: false,
    isOrdered: true,
    rows: 0,
    cost: 0,
    considered: [],
  };
  ctx.planChosen(planState(scope.alias, source.table.info, chosen, why, () => "?"));
}
