/** Moves the step at the cursor to an earlier or later place; the cursor goes with it. */
import { pageStore } from "../../store/page_store.ts";
import { moved } from "../../store/variants.ts";
import { commandAt } from "../../trace/timeline.ts";

export function moveStep(by: -1 | 1): void {
  const { timeline, position, script, commands } = pageStore.getState();
  const { steps } = script.scenario;
  const from = commandAt(timeline, position);
  const to = from + by;
  if (from < 0 || to < 0 || to >= steps.length) return;
  void commands.reschedule(moved(steps, from, to), to);
}
