/** EXPLAIN of a join: constant tables are looked at, as MySQL does while it optimizes. */
import type { Exec, StatementContext } from "../context.ts";
import { hasConstants } from "./join_rows.ts";
import { type JoinPlan, NO_CONSTANT_ROW } from "./join_types.ts";

export function* explainJoin(plan: JoinPlan, ctx: StatementContext): Exec<void> {
  if (plan.impossible !== null || (yield* hasConstants(plan))) return;
  ctx.planChosen({
    table: "",
    access: "none",
    key: null,
    keyLen: null,
    rows: 0,
    cost: 0,
    extra: NO_CONSTANT_ROW,
    condition: "",
    considered: [],
  });
}
