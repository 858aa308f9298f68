/** Where the reader stands against a lesson: worked out from what has been run, so that it cannot be out of step with it. */
import type { LessonText } from "../lessons/format/lesson_text.ts";
import { sameStep, stepsBefore, stepsOfLesson } from "../lessons/format/steps_of.ts";
import type { Script } from "./script.ts";

/** Where a script stands within a lesson's part. */
export type GuidePlace =
  /** The part's steps are still to be run; `from` is the first of them that is. */
  | { readonly kind: "before"; readonly from: number }
  | { readonly kind: "after" }
  /** Something else was run: so many statements of the reader's own, or something was taken back. */
  | { readonly kind: "astray"; readonly own: number };

/** By comparing what was run with the part's steps. */
export function guidePlace(lesson: LessonText, part: number, script: Script): GuidePlace {
  if (script.lesson !== lesson.id) return { kind: "astray", own: script.scenario.steps.length };
  const steps = stepsOfLesson(lesson);
  const done = script.scenario.steps;
  const common = done.findIndex((step, at) => !sameStep(step, steps[at]));
  if (common >= 0) return { kind: "astray", own: done.length - common };
  const from = stepsBefore(lesson, part);
  if (done.length < from) return { kind: "astray", own: 0 };
  const to = from + (lesson.parts[part]?.steps.length ?? 0);
  return done.length >= to ? { kind: "after" } : { kind: "before", from: done.length };
}
