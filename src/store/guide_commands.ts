/**
 * What the guide does: opens a lesson, runs a part's steps on the page's own server, compares a prediction with what the
 * engine did, comes back to where the reader left. Knows no lesson by name: `lesson_source.ts` does.
 */
import type { LessonText } from "../lessons/format/lesson_text.ts";
import { answersAfter } from "../lessons/format/questions.ts";
import { positionBefore, sceneOf } from "../lessons/format/scene.ts";
import { editorsOf, scenarioOf, stepsBefore } from "../lessons/format/steps_of.ts";
import type { Step } from "../trace/scenario.ts";
import { guidePlace } from "./guide_place.ts";
import { guideStore } from "./guide_store.ts";
import { isDone, withPart } from "./lesson_progress.ts";
import { pageStore } from "./page_store.ts";

const { getState: guide, setState: setGuide } = guideStore;
const { getState: page } = pageStore;

/** Opens the lesson, or goes on with it where it was left when the page still holds it. */
export async function openLessonText(lesson: LessonText, ownText: string | null): Promise<void> {
  await pageIsReady();
  const isSame = guide().lesson?.id === lesson.id && guide().ownText === ownText;
  if (isSame && guide().failure === null && page().script.lesson === lesson.id) return;
  const before = guide().progress[lesson.id];
  const last = lesson.parts.length - 1;
  begin(lesson, ownText);
  const isKept = page().script.lesson === lesson.id && page().script.scenario.steps.length > 0;
  if (isKept && ownText === null) return setGuide({ part: Math.min(before?.at ?? 0, last) });
  // Where the reader left off, unless there is nothing left.
  const isBegun = before !== undefined && ownText === null && !isDone(before);
  return goTo(lesson, isBegun ? Math.min(before.at + 1, last) : 0);
}

/** Opens it before one of its parts, whatever was there. */
export async function openLessonAt(
  lesson: LessonText,
  part: number,
  ownText: string | null = null,
): Promise<void> {
  begin(lesson, ownText);
  await goTo(lesson, Math.min(part, lesson.parts.length - 1));
}

function begin(lesson: LessonText, ownText: string | null): void {
  setGuide({ lesson, ownText, part: 0, predictions: {}, picked: [], failure: null });
}

/** From its beginning. */
export async function startOver(): Promise<void> {
  const { lesson } = guide();
  if (lesson === null) return;
  setGuide({ predictions: {} });
  await goTo(lesson, 0);
}

/** The page as the lesson has it before this part; what the reader had is one undo away. */
export async function goTo(lesson: LessonText, part: number): Promise<void> {
  const title = lesson.title[page().preferences.language];
  const scenario = { ...scenarioOf(lesson), title };
  setGuide({ part, picked: [] });
  await page().commands.openLesson({
    id: lesson.id,
    arrangement: lesson.view,
    title: lesson.title,
    intro: lesson.shows,
    scenario: { ...scenario, steps: scenario.steps.slice(0, stepsBefore(lesson, part)) },
    editors: editorsOf(lesson),
  });
}

/** Runs what is left of the part's steps; a prediction was made before, or none was wanted. */
export async function runPart(prediction: readonly string[]): Promise<void> {
  const { lesson, part } = guide();
  const chosen = lesson?.parts[part];
  if (lesson === null || chosen === undefined) return;
  await untilReady();
  const place = guidePlace(lesson, part, page().script);
  if (place.kind !== "before") return;
  setGuide({ predictions: { ...guide().predictions, [part]: prediction }, picked: [] });
  // Steps that were run already stay: the cursor goes to their end.
  page().seek(page().timeline.length);
  for (const step of chosen.steps.slice(place.from - stepsBefore(lesson, part))) {
    await runStep(step);
    if (page().notice?.kind === "crashed") return;
  }
  noteSeen(lesson, part);
}

/** A picture may be a frame behind the page: what was pressed in it waits for the command before. */
function untilReady(): Promise<void> {
  if (page().phase !== "working") return Promise.resolve();
  return new Promise((resolve) => {
    const stop = pageStore.subscribe(({ phase }) => {
      if (phase === "working") return;
      stop();
      resolve();
    });
  });
}

async function runStep(step: Step): Promise<void> {
  const { commands } = page();
  if ("advance" in step) return commands.advance(step.advance);
  if ("client" in step) return commands.setClient(step.session, step.client);
  if ("call" in step) return commands.callClient(step.session, step.call);
  // A hang-up as a step of the script: the session's card stays.
  return commands.run(step.session, [step.sql]);
}

/** Whether what was predicted came true; null where nothing was. */
function isRight(lesson: LessonText, part: number): boolean | null {
  const prediction = guide().predictions[part] ?? [];
  const question = lesson.parts[part]?.question ?? null;
  if (question === null || prediction.length === 0) return null;
  const from = stepsBefore(lesson, part);
  const to = from + (lesson.parts[part]?.steps.length ?? 0);
  const answers = answersAfter(question, sceneOf(page().timeline, from, to));
  return answers.length === prediction.length && answers.every((key) => prediction.includes(key));
}

function noteSeen(lesson: LessonText, part: number): void {
  const { progress, setProgress } = guide();
  setProgress(withPart(progress, lesson.id, part, lesson.parts.length, isRight(lesson, part)));
}

/** To another part: steps that have been run already are looked at again, those between are run. */
export async function turnTo(part: number): Promise<void> {
  const { lesson } = guide();
  if (lesson === null || part < 0 || part >= lesson.parts.length) return;
  setGuide({ part, picked: [] });
  const from = stepsBefore(lesson, part);
  const to = from + (lesson.parts[part]?.steps.length ?? 0);
  const place = guidePlace(lesson, part, page().script);
  if (place.kind === "astray") return goTo(lesson, part);
  if (place.kind === "after") {
    page().seek(positionBefore(page().timeline, to));
    noteSeen(lesson, part);
  }
}

function pageIsReady(): Promise<void> {
  if (page().phase !== "starting" && page().openings > 0) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = pageStore.subscribe((state) => {
      if (state.openings === 0) return;
      stop();
      resolve();
    });
  });
}
