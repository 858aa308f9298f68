/** What an embed opens, where in it to begin, and what a host page is told about it. */
import { intMapGet } from "../base/int_map.ts";
import type { InTwoLanguages } from "../lessons/lesson.ts";
import { fetchedLesson } from "../lessons/lesson_files.ts";
import type { PageState } from "../store/page_store.ts";
import type { Language } from "../store/preferences.ts";
import type { SavedPlace } from "../store/saved_page.ts";
import { scriptOfLesson } from "../store/script.ts";
import { toldAt } from "../trace/outcomes.ts";
import type { Outcome } from "../trace/state.ts";
import {
  eventsBetween,
  stepBack,
  stepInto,
  stepOver,
  stepOverBack,
  storyStart,
  type Timeline,
} from "../trace/timeline.ts";
import type { EmbedPanel, FrameMessage } from "./contract.ts";
import type { OpenFault } from "./faults.ts";
import type { Asked } from "./frame_talk.ts";
import { panelsFor } from "./guided.ts";

/** What a fragment or a message opens, and what its author wants to be seen of it. */
export interface Opened extends SavedPlace {
  readonly language: Language | null;
  /** What its author wants to be seen. */
  readonly panels: readonly EmbedPanel[];
  /** Of a lesson. */
  readonly title: InTwoLanguages | null;
  /** Where to begin once it has run, when neither `position` nor the embed says; null: at its end. */
  readonly begin: ((timeline: Timeline) => number) | null;
}

/**
 * What somebody named, or why it cannot be opened. What reads it is loaded for it, as few frames need all; rejects when that
 * cannot be had.
 */
export async function openedBy(
  message: Extract<Asked, { readonly type: "load" }>,
): Promise<Opened | OpenFault> {
  if ("lesson" in message) {
    const lesson = await fetchedLesson(message.lesson);
    if (lesson === null) return { fault: "noLesson", name: message.lesson };
    const { editors: texts, arrangement, title } = lesson;
    const panels = panelsFor(arrangement);
    const script = scriptOfLesson(lesson);
    return { script, texts, position: null, language: null, panels, title, begin: null };
  }
  if ("link" in message) {
    const { readFragment } = await import("../store/link/page_link.ts");
    const reading = readFragment(`#s=${message.link}`);
    if (reading.kind !== "page") return { fault: "damagedLink" };
    const { page } = reading;
    const lesson = page.script.lesson === null ? null : await fetchedLesson(page.script.lesson);
    return { ...page, panels: panelsFor("locks"), title: lesson?.title ?? null, begin: null };
  }
  const [{ openedGiven }, { scriptOf }] = await Promise.all([
    import("./given_scenario.ts"),
    // What reads links needs it too.
    import("../store/saved_page.ts"),
  ]);
  return openedGiven(message, { scriptOf, panels: panelsFor("locks") });
}

type Place = Pick<PageState, "timeline" | "position" | "script">;

/** What `at` of the options asks for: `3` is behind step 3, `e12` behind event 12 of the story. */
export function placeNamed(at: string): Extract<Asked, { readonly type: "goto" }> {
  const number = Number(at.replace(/^[ep]/, ""));
  return { type: "goto", ...(at.startsWith("e") ? { position: number } : { step: number }) };
}

/** Where a host page asks the cursor to go; null when there is no such place, or it is there already. */
export function askedPlace(
  message: Extract<Asked, { readonly type: "step" | "goto" }>,
  { timeline, position, script }: Place,
): number | null {
  const start = storyStart(timeline);
  const { length } = timeline;
  if (message.type === "goto") {
    if ("position" in message) {
      const place = start + message.position;
      return place > length ? null : place;
    }
    if ("to" in message) return message.to === "start" ? start : length;
    const { step } = message;
    if (step > script.scenario.steps.length) return null;
    // 0 is the set-up.
    const next = timeline.commandStarts.find((one) => one.command >= step);
    return Math.max(start, next?.position ?? length);
  }
  const [forth, back] = message.by === "event" ? [stepInto, stepBack] : [stepOver, stepOverBack];
  const place = (message.back ? back : forth)(timeline, position);
  return place === position ? null : place;
}

/** Where the frame stands, as the host page is told. */
export function stateMessage(page: PageState): Extract<FrameMessage, { readonly type: "state" }> {
  const { timeline, position, playing, stateAtCursor, eventAtCursor, script, preferences } = page;
  const start = storyStart(timeline);
  const begun = timeline.commandStarts.filter((one) => one.command >= 0 && one.position < position);
  const inStory = eventAtCursor !== null && position > start;
  return {
    type: "state",
    position: Math.max(0, position - start),
    length: timeline.length - start,
    step: (begun.at(-1)?.command ?? -1) + 1,
    steps: script.scenario.steps.length,
    playing,
    sessions: stateAtCursor.sessions
      .filter(({ name }) => script.sessions.includes(name))
      .map(({ name, status, wait }) => ({ name, status, waitsFor: wait?.blockers ?? [] })),
    sentence: inStory ? toldAt(timeline, position, preferences.language) : "",
  };
}

/** The statements that have ended since the trace was `from` events long. */
export function outcomesSince(
  timeline: Timeline,
  from: number,
  print: (outcome: Outcome, tookMs: number) => string,
): readonly FrameMessage[] {
  const messages: FrameMessage[] = [];
  for (const event of eventsBetween(timeline, from, timeline.length)) {
    if (event.type !== "statement.ended" || event.command < 0) continue;
    const statement = intMapGet(timeline.head.statements, event.id);
    if (statement === undefined) continue;
    const { outcome } = event;
    messages.push({
      type: "outcome",
      session: statement.session,
      sql: statement.sql,
      kind: outcome.kind,
      errno: outcome.kind === "error" ? outcome.errno : null,
      output: print(outcome, (statement.endedMs ?? 0) - statement.startedMs),
    });
  }
  return messages;
}
