/** EXPLAIN's Extra for one table of a join, its parts in the order in which MySQL writes them (Explain_table::explain_extra). */
import { mergeText } from "../optimizer/access_path.ts";
import type { JoinPlan, JoinStep } from "./join_types.ts";

export function explainExtra(plan: JoinPlan, step: JoinStep): string {
  const { path, keyRead } = step.chosen;
  if (path.kind === "none") return path.why;
  const isLookup = path.kind === "const" || (path.kind === "ref" && path.isUnique);
  const isReverse =
    (path.kind === "range" || path.kind === "index" || path.kind === "ref") && path.isReverse;
  const conditions =
    step.leftJoin === null ? step.conditions : [...step.conditions, ...step.leftJoin.on];
  const isSorted = plan.request.order.length > 0 && !plan.isOrdered && step === plan.steps[0];
  const parts = [
    step.pushed.length > 0 ? "Using index condition" : "",
    path.kind === "merge" ? `Using ${mergeText(path)}` : "",
    conditions.length > 0 && !isLookup ? "Using where" : "",
    isReverse ? "Backward index scan" : "",
    keyRead ? "Using index" : "",
    isSorted ? (plan.steps.length > 1 ? "Using temporary; Using filesort" : "Using filesort") : "",
    step.hash === null ? "" : "Using join buffer (hash join)",
  ];
  return parts.filter((part) => part !== "").join("; ");
}
