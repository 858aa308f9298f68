/** The page at a moment, as a poster shows it. */

import type { PageState } from "../../store/page_store.ts";
import type { Language, Theme } from "../../store/preferences.ts";
import { commandAt, eventAt, seek, storyStart } from "../../trace/timeline.ts";
import { titledScenario } from "../files/save_scenario.ts";
import type { PosterView } from "./Poster.tsx";
import type { Part } from "./poster_parts.ts";

export interface PosterChoice {
  readonly parts: readonly Part[];
  readonly language: Language;
  readonly theme: Theme;
  readonly width: number;
}

export function posterView(page: PageState, position: number, choice: PosterChoice): PosterView {
  const { timeline, script, selection } = page;
  const start = storyStart(timeline);
  const step = script.scenario.steps[commandAt(timeline, position)];
  const story = timeline.length - start;
  const text =
    step === undefined
      ? ""
      : "sql" in step
        ? step.sql
        : "advance" in step
          ? `+ ${step.advance} s`
          : "";
  return {
    ...choice,
    title: titledScenario(page).title ?? "Interleave",
    state: seek(timeline, position),
    event: position <= start ? null : eventAt(timeline, position - 1),
    selection,
    doing:
      text === ""
        ? null
        : { session: step !== undefined && "session" in step ? step.session : "", text },
    progress: story === 0 ? 1 : Math.max(0, position - start) / story,
  };
}
