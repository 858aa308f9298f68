/** Plans a statement for EXPLAIN: nothing is changed, and read are constant tables and derived tables of one row alone. */
import type { PlanState } from "../../trace/state.ts";
import type { Exec, StatementContext } from "../context.ts";
import { newEnv } from "../types/eval_env.ts";
import { assignedVariables } from "./assigned_variables.ts";
import { type Executable, kindOf, onlyTable } from "./executable.ts";
import { explainJoin } from "./explain_join.ts";
import { NO_CONSTANT_ROW, REFUSED_CONSTANT_ROW } from "./join_types.ts";
import { knownConstants } from "./known_constants.ts";
import { chooseModify } from "./modify_plan.ts";
import { openQuery } from "./query.ts";
import { resolveDelete, resolveUpdate } from "./resolve_modify.ts";
import {
  type MultiJoin,
  planMulti,
  resolveMultiDelete,
  resolveMultiUpdate,
} from "./resolve_multi.ts";
import { isPlannedAsJoin } from "./semijoin.ts";
import type { StatementEnv } from "./statement_env.ts";

export function* plansOf(ctx: StatementContext, node: Executable): Exec<readonly PlanState[]> {
  const plans: PlanState[] = [];
  const recording: StatementContext = Object.create(ctx, {
    planChosen: { value: (plan: PlanState) => plans.push(plan) },
  });
  const statement: StatementEnv = {
    ctx: recording,
    env: newEnv(recording),
    kind: kindOf(node),
    assigned: assignedVariables(node, ctx.facts),
    isExplained: true,
  };
  switch (node.kind) {
    case "select":
      yield* openQuery(node.query, null, { statement, ctes: null }).explain();
      break;
    case "insert":
      plans.push(insertPlan(node.table.name.text));
      if (node.source.kind === "insertQuery")
        yield* openQuery(node.source.query, null, { statement, ctes: null }).explain();
      break;
    case "update": {
      const target = onlyTable(node.tables);
      if (target === null || node.with !== null || isPlannedAsJoin(node, ctx.facts)) {
        yield* explainMulti(statement, resolveMultiUpdate(statement, node));
        break;
      }
      const plan = resolveUpdate(statement, node, target);
      const assigned = new Set(plan.assignments.map(({ column }) => column));
      chooseModify(plan, "update", assigned, yield* knownConstants(plan.where));
      break;
    }
    case "delete": {
      const target = node.targets === null ? onlyTable(node.from) : null;
      if (target === null || node.with !== null || isPlannedAsJoin(node, ctx.facts)) {
        yield* explainMulti(statement, resolveMultiDelete(statement, node));
        break;
      }
      const plan = resolveDelete(statement, node, target);
      chooseModify(plan, "delete", new Set(), yield* knownConstants(plan.where));
      break;
    }
  }
  if (plans.length === 0) plans.push(NO_TABLES);
  const nothing = plans.find(
    ({ extra }) => extra === NO_CONSTANT_ROW || extra === REFUSED_CONSTANT_ROW,
  );
  return nothing === undefined ? plans : plans.filter(isInsertTarget).concat(nothing);
}

/** A query without tables, or one whose rows are written in it. */
const NO_TABLES: PlanState = {
  table: "",
  access: "none",
  key: null,
  keyLen: null,
  rows: 0,
  cost: 0,
  extra: "No tables used",
  condition: "",
  considered: [],
};

const isInsertTarget = ({ access, rows }: PlanState): boolean => access === "ALL" && rows === 0;

function* explainMulti(statement: StatementEnv, join: MultiJoin): Exec<void> {
  const planned = planMulti(statement, join, yield* knownConstants(join.where), new Map());
  const plan = "tree" in planned ? planned : yield* planned;
  yield* explainJoin(plan, statement.ctx);
}

function insertPlan(table: string): PlanState {
  return {
    table,
    access: "ALL",
    key: null,
    keyLen: null,
    rows: 0,
    cost: 0,
    extra: "",
    condition: "",
    considered: [],
  };
}
