/** EXPLAIN of a join: constant tables are looked at, as MySQL does while it optimizes. */
import type { Exec, StatementContext } from "../context.ts";
import { emptyConstants } from "./join_rows.ts";
import type { JoinPlan } from "./join_types.ts";

export function* explainJoin(plan: JoinPlan, ctx: StatementContext): Exec<void> {
  const extra = plan.impossible === null ? yield* emptyConstants(plan) : null;
  if (extra === null) return;
  ctx.planChosen({
    table: "",
    access: "none",
    key: null,
    keyLen: null,
    rows: 0,
    cost: 0,
    extra,
    condition: "",
    considered: [],
  });
}
