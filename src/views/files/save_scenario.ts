/** Saves what the page shows as a file of its own format. */
import { scenarioFile } from "../../formats/export_scenario.ts";
import { FILE_EXTENSION } from "../../formats/json_files.ts";
import type { PageState } from "../../store/page_store.ts";
import type { Scenario } from "../../trace/scenario.ts";
import { scenarioTitle } from "../header/scenario_title.ts";
import { fileName, saveFile, scenarioBlob } from "./local_files.ts";

export async function saveScenario(page: PageState): Promise<void> {
  const scenario = titledScenario(page);
  const text = scenarioText(page);
  await saveFile(fileName(scenario.title ?? scenario.id, FILE_EXTENSION), scenarioBlob(text));
}

export function scenarioText(page: PageState): string {
  const { position, timeline, texts, branches } = page;
  const editors = Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ""));
  return scenarioFile(titledScenario(page), {
    editors,
    position: position === timeline.length ? null : position,
    futures: branches.map(({ script }) => script.scenario),
    log: page.script.log ?? null,
  });
}

/** The scenario under the name that the page has for it. */
export function titledScenario(page: PageState): Scenario {
  const { scenario } = page.script;
  const title = scenarioTitle(page.script, page.preferences.language);
  return title === null ? scenario : { ...scenario, title };
}
