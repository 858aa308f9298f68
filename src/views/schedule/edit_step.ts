/** One statement of the past as another, with all the others in their order: the story is run again, and the old one is kept. */
import { statementsOf } from "../../editor/statements.ts";
import { pageStore } from "../../store/page_store.ts";
import type { Script } from "../../store/script.ts";
import { DISCONNECT, RECONNECT, type Step } from "../../trace/scenario.ts";
import { alignedRuns } from "../session/progress.ts";
import { notRunSteps } from "./schedule_rows.ts";

type Statement = Extract<Step, { readonly sql: string }>;

/** Null for what is no statement: time that passes, a client's settings, the end of a connection. */
export function statementAt(script: Script, command: number): Statement | null {
  const step = script.scenario.steps[command];
  return step !== undefined && isStatement(step) ? step : null;
}

/** Runs all steps with `sql`, one statement or several, in the place of the one at `command`. */
export async function rewriteStep(command: number, sql: string): Promise<void> {
  const { script, texts, commands } = pageStore.getState();
  const step = statementAt(script, command);
  const statements = statementsOf(sql).filter((one) => one.clientCommand === undefined);
  if (step === null || statements.length === 0) return;
  const { steps } = script.scenario;
  const rewritten = steps.toSpliced(
    command,
    1,
    ...statements.map(({ text }) => ({ ...step, sql: text })),
  );
  const text = rewrittenText(texts[step.session] ?? "", steps, command, sql);
  await commands.reschedule(rewritten, command, { ...texts, [step.session]: text });
  const now = pageStore.getState();
  if (now.script.scenario.steps !== rewritten || now.notice !== null) return;
  const notRun = notRunSteps(now.timeline, rewritten);
  pageStore.setState({ notice: { kind: "rewritten", place: command + 1, notRun } });
}

/** The session's text with `sql` where the step's statement stands; as it is where that does not stand in it. */
export function rewrittenText(
  text: string,
  steps: readonly Step[],
  command: number,
  sql: string,
): string {
  const step = steps[command];
  if (step === undefined || !isStatement(step)) return text;
  const ofSession = steps.flatMap((one, at) =>
    isStatement(one) && one.session === step.session ? [{ at, sql: one.sql }] : [],
  );
  const runs = alignedRuns(
    statementsOf(text),
    ofSession.map((one) => one.sql),
  );
  const place = runs.find(({ nth }) => ofSession[nth]?.at === command);
  if (place === undefined) return text;
  const written = sql.trim().replace(/;$/, "");
  return text.slice(0, place.start) + written + text.slice(place.end);
}

function isStatement(step: Step): step is Statement {
  return "sql" in step && step.sql !== DISCONNECT && step.sql !== RECONNECT;
}
