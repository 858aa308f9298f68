/** What the page was left with, as the start page tells of it: read without opening it. */

import type { Scenario, Step } from "../trace/scenario.ts";
import { type SavedPlace, savedHead, savedPage } from "./saved_page.ts";
import type { Script } from "./script.ts";
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
  /** Of work behind which something else was opened since; null: the playground opens with it. */
  readonly left: SavedPlace | null;
}

/** Null where nothing was run. */
export function savedWork(kept: KeptTexts): SavedWork | null {
  const head = savedHead(kept);
  return head === null ? null : workOf(head.script, head.at, null);
}

/** What was there before something else was opened, the latest first: Undo leads back to it. */
export function leftWork(kept: KeptTexts): readonly SavedWork[] {
  const undo = savedPage(kept)?.undo ?? [];
  return undo.toReversed().flatMap(({ script, texts, by }): readonly SavedWork[] => {
    if (by !== "opening") return [];
    const work = workOf(script, null, { script, texts: texts ?? {}, position: null });
    return work === null ? [] : [work];
  });
}

function workOf(
  { lesson, scenario }: Script,
  at: number | null,
  left: SavedPlace | null,
): SavedWork | null {
  const { steps, title = null } = scenario;
  const statements = steps.filter((step) => "sql" in step).length;
  return statements === 0 ? null : { title, lesson, steps, statements, at, left };
}

/** An example that was opened and left as it is. */
export function isUntouched(work: SavedWork, example: Pick<Scenario, "steps">): boolean {
  return JSON.stringify(work.steps) === JSON.stringify(example.steps);
}
