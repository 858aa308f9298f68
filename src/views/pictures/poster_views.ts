/** The page at a moment, as a poster shows it. */

import type { PageState } from "../../store/page_store.ts";
import type { Language, Theme } from "../../store/preferences.ts";
import { commandAt, eventAt, seek, storyStart } from "../../trace/timeline.ts";
import { titledScenario } from "../files/save_scenario.ts";
import { doingOf } from "./doing.ts";
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
  const state = seek(timeline, position);
  const event = position <= start ? null : eventAt(timeline, position - 1);
  return {
    ...choice,
    title: titledScenario(page).title ?? "Interleave",
    state,
    event,
    selection,
    doing: doingOf(event, step, state),
    progress: story === 0 ? 1 : Math.max(0, position - start) / story,
  };
}
