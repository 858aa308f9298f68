/** Conditions on the rows that stand in the slots: asked at once where nothing in them can wait. */
import type { Answer, Exec } from "../context.ts";
import { type Item, isTrue } from "../expr/item.ts";

/** Are all true? */
export function holds(conditions: readonly Item[]): Answer<boolean> {
  for (let at = 0; at < conditions.length; at += 1) {
    const compute = (conditions[at] as Item).eval;
    if (compute === null) return holdsFrom(conditions, at);
    const value = compute();
    if (value === null || value === 0) return false;
  }
  return true;
}

function* holdsFrom(conditions: readonly Item[], first: number): Exec<boolean> {
  for (let at = first; at < conditions.length; at += 1) {
    if (!(yield* isTrue(conditions[at] as Item))) return false;
  }
  return true;
}
