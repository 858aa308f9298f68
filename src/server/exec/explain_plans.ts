/** Plans a statement for EXPLAIN, without reading or changing anything. */
import type { PlanState } from "../../trace/state.ts";
import type { StatementContext } from "../context.ts";
import { notSupported } from "../errors.ts";
import { newEnv } from "../types/eval_env.ts";
import { assignedVariables } from "./assigned_variables.ts";
import { type Executable, kindOf, onlyTable } from "./executable.ts";
import { NOTHING_KNOWN } from "./known_constants.ts";
import { chooseModify } from "./modify_plan.ts";
import { openQuery } from "./query.ts";
import { resolveDelete, resolveUpdate } from "./resolve_modify.ts";
import type { StatementEnv } from "./statement_env.ts";

export function plansOf(ctx: StatementContext, node: Executable): readonly PlanState[] {
  const plans: PlanState[] = [];
  const recording: StatementContext = Object.create(ctx, {
    planChosen: { value: (plan: PlanState) => plans.push(plan) },
  });
  const statement: StatementEnv = {
    ctx: recording,
    env: newEnv(recording),
    kind: kindOf(node),
    assigned: assignedVariables(node),
  };
  switch (node.kind) {
    case "select":
      openQuery(node.query, null, { statement, ctes: null }).explain();
      break;
    case "insert":
      plans.push(insertPlan(node.table.name.text));
      if (node.source.kind === "insertQuery")
        openQuery(node.source.query, null, { statement, ctes: null }).explain();
      break;
    case "update": {
      const target = onlyTable(node.tables);
      if (target === null || node.with !== null)
        throw notSupported("EXPLAIN of a multi-table UPDATE");
      const plan = resolveUpdate(statement, node, target);
      chooseModify(
        plan,
        "update",
        new Set(plan.assignments.map(({ column }) => column)),
        NOTHING_KNOWN,
      );
      break;
    }
    case "delete": {
      const target = node.targets === null ? onlyTable(node.from) : null;
      if (target === null || node.with !== null)
        throw notSupported("EXPLAIN of a multi-table DELETE");
      chooseModify(resolveDelete(statement, node, target), "delete", new Set(), NOTHING_KNOWN);
      break;
    }
  }
  return plans;
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
