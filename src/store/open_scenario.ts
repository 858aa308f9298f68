/** Opens a scenario that came from outside: a file, a paste. What was there before is one Undo away. */
import type { Scenario } from "../trace/scenario.ts";
import type { PageStore } from "./page_store.ts";
import { type Script, scriptOfScenario, withLog } from "./script.ts";

export interface OpenedScenario {
  readonly scenario: Scenario;
  /** By session; null: each editor gets what its session runs. */
  readonly editors: Readonly<Record<string, string>> | null;
  /** In events; null: at the end. */
  readonly position: number | null;
  /** What was run from earlier places, and left. */
  readonly futures: readonly Scenario[];
  /** The deadlock log that it was made from. */
  readonly log?: string;
}

/** Null when it stands; else what was wrong with it, and nothing has changed. */
export async function openScenario(
  store: PageStore,
  opened: OpenedScenario,
): Promise<string | null> {
  const texts = opened.editors ?? textsOf(opened.scenario);
  const plain = scriptOfScenario(opened.scenario, texts);
  const script: Script = opened.log === undefined ? plain : withLog(plain, opened.log);
  const branches = opened.futures.map((future, at) => ({
    id: at + 1,
    script: scriptOfScenario(future, texts),
    at: null,
  }));
  await store.getState().commands.open(script, opened.position, texts, branches);
  const { script: now, notice } = store.getState();
  if (now === script) return null;
  store.setState({ notice: null });
  return notice?.kind === "notOpened" ? notice.message : "";
}

/** What each session runs, as it would have been typed. */
function textsOf(scenario: Scenario): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const step of scenario.steps) {
    if (!("sql" in step) || step.sql.startsWith("@")) continue;
    // A comment to the end of its line would swallow the semicolon.
    const end = /(?:--\s|#)[^\n]*$/.test(step.sql) ? "\n;\n" : ";\n";
    texts[step.session] = `${texts[step.session] ?? ""}${step.sql}${end}`;
  }
  return texts;
}
