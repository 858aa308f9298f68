/** What an embed opens, where in it to begin, and what a host page is told about it. */
import { intMapGet } from "../base/int_map.ts";
import type { InTwoLanguages } from "../lessons/lesson.ts";
import { fetchedLesson } from "../lessons/lesson_files.ts";
import type { PageState } from "../store/page_store.ts";
import type { Language } from "../store/preferences.ts";
import type { SavedPlace } from "../store/saved_page.ts";
import { scriptOfLesson } from "../store/script.ts";
import { explain } from "../trace/explain.ts";
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
import type { EmbedPanel, EmbedScenario, FrameMessage } from "./contract.ts";
import type { Asked } from "./frame_talk.ts";
import { panelsFor } from "./guided.ts";

export interface Opened extends SavedPlace {
  readonly language: Language | null;
  /** What its author wants to be seen. */
  readonly panels: readonly EmbedPanel[];
  /** Of a lesson. */
  readonly title: InTwoLanguages | null;
}

/**
 * What somebody named; a text when it cannot be opened, for the reader. What reads it is loaded for it, as few frames need
 * all; rejects when that cannot be had.
 */
export async function openedBy(
  message: Extract<Asked, { readonly type: "load" }>,
): Promise<Opened | string> {
  if ("lesson" in message) {
    const lesson = await fetchedLesson(message.lesson);
    if (lesson === null) return `no lesson "${message.lesson}"`;
    const { editors: texts, arrangement, title } = lesson;
    const panels = panelsFor(arrangement);
    const script = scriptOfLesson(lesson);
    return { script, texts, position: null, language: null, panels, title };
  }
  if ("link" in message) {
    const { readFragment } = await import("../store/link/page_link.ts");
    const reading = readFragment(`#s=${message.link}`);
    if (reading.kind !== "page") return "the link is damaged or of a newer version";
    const { page } = reading;
    const lesson = page.script.lesson === null ? null : await fetchedLesson(page.script.lesson);
    return { ...page, panels: panelsFor("locks"), title: lesson?.title ?? null };
  }
  const scenario = "text" in message ? await inText(message.text) : message.scenario;
  if (scenario === null) return "no session is named in the text";
  return (await ofScenario(scenario)) ?? "this is no scenario";
}

async function inText(text: string): Promise<EmbedScenario | null> {
  return (await import("./session_comments.ts")).scenarioInText(text);
}

async function ofScenario(scenario: EmbedScenario): Promise<Opened | null> {
  const { scriptOf } = await import("../store/saved_page.ts");
  const names = scenario.steps.flatMap((step) =>
    typeof step === "object" && step !== null && "session" in step ? [String(step.session)] : [],
  );
  const script = scriptOf({
    lesson: null,
    scenario: { ...scenario, id: "embedded" },
    sessions: ["A", "B", ...names],
  });
  if (script === null) return null;
  return {
    script,
    texts: {},
    position: null,
    language: null,
    panels: panelsFor("locks"),
    title: null,
  };
}

/** Where `at` of the options is: `3` is behind step 3, `e12` behind event 12 of the story. */
export function positionAt(timeline: Timeline, at: string): number {
  const number = Number(at.replace(/^[ep]/, ""));
  if (at.startsWith("e")) return Math.min(timeline.length, storyStart(timeline) + number);
  return behindStep(timeline, number);
}

/** Behind a step of the schedule, from 1; 0 is the set-up. */
function behindStep(timeline: Timeline, step: number): number {
  const next = timeline.commandStarts.find((start) => start.command >= step);
  return Math.max(storyStart(timeline), next?.position ?? timeline.length);
}

/** Where a host page asks the cursor to go. */
export function askedPlace(
  message: Extract<Asked, { readonly type: "step" | "goto" }>,
  timeline: Timeline,
  position: number,
): number {
  const start = storyStart(timeline);
  if (message.type === "goto") {
    if ("position" in message) return start + message.position;
    if ("step" in message) return behindStep(timeline, message.step);
    return message.to === "start" ? start : timeline.length;
  }
  if (message.by === "event") {
    return message.back ? stepBack(timeline, position) : stepInto(timeline, position);
  }
  return message.back ? stepOverBack(timeline, position) : stepOver(timeline, position);
}

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
    sentence: inStory ? explain(eventAtCursor, preferences.language) : "",
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
