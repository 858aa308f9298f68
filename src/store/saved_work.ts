/** What the page was left with, as the start page tells of it: read without opening it. */

import type { Scenario, Step } from "../trace/scenario.ts";
import { savedHead } from "./saved_page.ts";
import type { KeptTexts } from "./storage.ts";

/** What the map of lessons says of the work that waits in the playground. */
export interface SavedWork {
  readonly title: string | null;
  /** The example that it began with. */
  readonly lesson: string | null;
  readonly steps: readonly Step[];
  readonly statements: number;
  /** Milliseconds; null where an older page did not note it. */
  readonly at: number | null;
}

/** Null where nothing was run. */
export function savedWork(kept: KeptTexts): SavedWork | null {
  const head = savedHead(kept);
  if (head === null) return null;
  const { script, at } = head;
  const { steps } = script.scenario;
  const statements = steps.filter((step) => "sql" in step).length;
  if (statements === 0) return null;
  return { title: script.scenario.title ?? null, lesson: script.lesson, steps, statements, at };
}

/** An example that was opened and left as it is. */
export function isUntouched(work: SavedWork, example: Pick<Scenario, "steps">): boolean {
  return JSON.stringify(work.steps) === JSON.stringify(example.steps);
}
