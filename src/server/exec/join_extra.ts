/** EXPLAIN's Extra for one table of a join, its parts in the order in which MySQL writes them (Explain_table::explain_extra). */
import { mergeText } from "../optimizer/access_path.ts";
import type { JoinPlan, JoinStep } from "./join_types.ts";

export function explainExtra(plan: JoinPlan, step: JoinStep): string {
  const { path, keyRead } = step.chosen;
  if (path.kind === "none") return path.why;
  const isConstant = plan.constants.includes(step);
  const isReverse =
    (path.kind === "range" || path.kind === "index" || path.kind === "ref") && path.isReverse;
  const isFirst = step === plan.steps[0] && plan.request.order.length > 0 && !plan.isOrdered;
  const sorting =
    plan.steps.length > 1 && !plan.sortsFirst
      ? "Using temporary; Using filesort"
      : "Using filesort";
  const before = step.notes.filter((note) => EARLY.includes(note));
  const parts = [
    step.pushed.length > 0 ? "Using index condition" : "",
    path.kind === "merge" ? `Using ${mergeText(path)}` : "",
    step.hasConditions && !isConstant ? "Using where" : "",
    ...before,
    isReverse ? "Backward index scan" : "",
    keyRead ? "Using index" : "",
    isFirst ? sorting : "",
    ...step.notes.filter((note) => !EARLY.includes(note)),
  ];
  return parts.filter((part) => part !== "").join("; ");
}

/** What stands before "Using index". */
const EARLY: readonly string[] = ["Not exists"];
