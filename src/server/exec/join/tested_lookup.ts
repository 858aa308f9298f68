/** Lookups of the value that IN looks for with its subquery. EXPLAIN: unique_subquery, index_subquery. */
import type { ChosenAccess } from "../../optimizer/access_path.ts";
import type { LookupValue } from "../lookup_value.ts";
import type { JoinPlan, JoinRequest, JoinStep } from "./join_types.ts";

/** MySQL: replace_index_subquery. */
export function isTestedBy(
  { testedFor = [] }: JoinRequest,
  { path }: ChosenAccess,
  outer: readonly LookupValue[],
): boolean {
  const first = path.kind === "ref" ? path.key[0]?.operand : undefined;
  const value = first?.kind === "outer" ? outer[first.id] : undefined;
  return value !== undefined && testedFor.includes(value.inKey?.written ?? value);
}

/** Is the subquery nothing but such a lookup? */
export function isTestedLookup({ request, steps, constants }: JoinPlan): boolean {
  const [step] = steps;
  if (step === undefined || steps.length > 1 || constants.length > 0) return false;
  return isTestedBy(request, step.chosen, step.outer);
}

/** For NULL the lookup's table is read whole. MySQL: AlternativeIterator. */
export function isWholeForNull({ request }: JoinPlan, { chosen, outer }: JoinStep): boolean {
  return request.isGuarded === true && isTestedBy(request, chosen, outer);
}
