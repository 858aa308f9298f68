/** EXPLAIN's Extra for one table of a join, its parts in the order in which MySQL writes them (Explain_table::explain_extra). */
import { SUBQUERY_TEXT } from "../../expr/subquery.ts";
import { mergeText } from "../../optimizer/access_path.ts";
import type { JoinPlan, JoinStep } from "./join_types.ts";
import { remadeNote } from "./lateral.ts";
import { isWholeForNull } from "./tested_lookup.ts";

export function explainExtra(plan: JoinPlan, step: JoinStep): string {
  const { path, keyRead } = step.chosen;
  if (path.kind === "none") return path.why;
  const isConstant = plan.constants.includes(step);
  const isReverse =
    (path.kind === "range" || path.kind === "index" || path.kind === "ref") && path.isReverse;
  const before = step.notes.filter((note) => EARLY.includes(note));
  const notes = step.notes.filter((note) => !EARLY.includes(note));
  const parts = [
    step.pushed.length > 0 ? "Using index condition" : "",
    path.kind === "merge" ? `Using ${mergeText(path)}` : "",
    step.eachRow !== null
      ? `Range checked for each record (index map: 0x${step.eachRow.keyMap})`
      : (step.hasConditions && !isConstant) || before.length > 0
        ? "Using where"
        : "",
    ...before,
    isReverse ? "Backward index scan" : "",
    path.kind === "loose" ? `Using index for group-by${path.readsAll ? " (scanning)" : ""}` : "",
    keyRead && path.kind !== "loose"
      ? `Using index${path.kind === "skip" ? " for skip scan" : ""}`
      : "",
    step === plan.steps[0] ? sortingText(plan) : "",
    isWholeForNull(plan, step) ? "Full scan on NULL key" : "",
    ...notes.filter((note) => !isBufferNote(note)),
    remadeNote(plan, step),
    ...notes.filter(isBufferNote),
  ];
  return parts.filter((part) => part !== "").join("; ");
}

function isBufferNote(note: string): boolean {
  return note.startsWith("Using join buffer");
}

/** What is done with the rows before they are sent, told at the first table that is read. */
function sortingText(plan: JoinPlan): string {
  const { isTemporary, isFiled } = sortingOf(plan);
  return [
    isTemporary || plan.request.isBuffered === true ? "Using temporary" : "",
    isFiled ? "Using filesort" : "",
  ]
    .filter((part) => part !== "")
    .join("; ");
}

interface Sorting {
  readonly isTemporary: boolean;
  readonly isFiled: boolean;
}

function sortingOf({ request, steps, isOrdered, sortsFirst }: JoinPlan): Sorting {
  const { gathers, order, hasOneOrder } = request;
  const isOfSeveral = steps.length > 1 && !sortsFirst;
  if (request.sortsWindows === true) {
    const isTemporary = steps.length > 1 || gathers !== null;
    return { isTemporary, isFiled: true };
  }
  if (gathers === null) {
    if (order.length === 0 || isOrdered) return { isTemporary: false, isFiled: false };
    const hasSubquery = order.some(({ item }) => item.text().includes(SUBQUERY_TEXT));
    return { isTemporary: isOfSeveral || hasSubquery, isFiled: true };
  }
  const isGathered = isOrdered && order.length > 0;
  const sortsAgain = gathers.isOrdered && !(hasOneOrder && (isGathered || gathers.isSorted));
  return {
    isTemporary: (!isGathered && (!gathers.isSorted || isOfSeveral)) || sortsAgain,
    isFiled: sortsAgain || (!isGathered && gathers.isSorted),
  };
}

/** What stands before "Using index". */
const EARLY: readonly string[] = ["Not exists"];
