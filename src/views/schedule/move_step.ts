/** Puts the steps into another order, and says what that made impossible. */
import { pageStore } from "../../store/page_store.ts";
import { moved } from "../../store/variants.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { Step } from "../../trace/scenario.ts";
import { commandAt } from "../../trace/timeline.ts";
import { notRunSteps } from "./schedule_rows.ts";

/** The step at the cursor goes to an earlier or later place; the cursor goes with it. */
export function moveStep(by: -1 | 1): void {
  const { timeline, position, script } = pageStore.getState();
  const { steps } = script.scenario;
  const from = commandAt(timeline, position);
  const to = from + by;
  if (from < 0 || to < 0 || to >= steps.length) return;
  void reorder(moved(steps, from, to), to);
}

/** Opens the sheet in which the step at the cursor is written anew. */
export function editHere(): void {
  const { timeline, position, editStep } = pageStore.getState();
  const command = commandAt(timeline, position);
  if (command >= 0) editStep(command);
}

/** Runs the steps in the new order with the cursor on step `focus`; then a notice, if there is something to tell. */
export async function reorder(steps: readonly Step[], focus: number | null): Promise<void> {
  const { script, texts, commands } = pageStore.getState();
  const before = script.scenario.steps;
  await commands.reschedule(steps, focus);
  const now = pageStore.getState();
  // Something else came in between: this is no news any more.
  if (now.script.scenario.steps !== steps || now.notice !== null) return;
  const notRun = notRunSteps(now.timeline, steps);
  const oldTexts = script.sessions.filter(
    (name) =>
      hasOrder(texts[name] ?? "", said(before, name)) &&
      said(before, name).join("\n") !== said(steps, name).join("\n"),
  );
  if (notRun.length === 0 && oldTexts.length === 0) return;
  pageStore.setState({ notice: { kind: "reordered", notRun, oldTexts } });
}

/** At least two of the statements stand in the text. */
function hasOrder(text: string, statements: readonly string[]): boolean {
  return new Set(statements.filter((sql) => text.includes(sql))).size > 1;
}

/** What a session says, in its order. */
function said(steps: readonly Step[], session: SessionName): readonly string[] {
  return steps.flatMap((step) => ("sql" in step && step.session === session ? [step.sql] : []));
}
