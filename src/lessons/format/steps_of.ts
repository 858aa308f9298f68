/** A lesson as a scenario: its steps in a row, where each part's begin, the sessions, what stands in their editors. */
import type { SessionName } from "../../trace/ids.ts";
import type { Scenario, Step } from "../../trace/scenario.ts";
import type { LessonText } from "./lesson_text.ts";
import { cellScenario, LEVELS } from "./matrix.ts";

export function stepsOfLesson(lesson: LessonText): readonly Step[] {
  return lesson.parts.flatMap((part) => part.steps);
}

/** How many steps the parts before this one have. */
export function stepsBefore(lesson: LessonText, part: number): number {
  return lesson.parts.slice(0, part).reduce((sum, { steps }) => sum + steps.length, 0);
}

export function scenarioOf(lesson: LessonText): Scenario {
  const { id, title, setup } = lesson;
  return { id, title: title.en, setup, steps: stepsOfLesson(lesson) };
}

/** As they stand in the recordings, under ids of their own there: the lesson, and the cells of its matrix. */
export function recordedScenarios(lesson: LessonText): readonly Scenario[] {
  if (lesson.unrecorded !== null) return [];
  const cells = lesson.matrix.flatMap((row) =>
    LEVELS.map((level) => cellScenario(lesson, row, level)),
  );
  return [scenarioOf(lesson), ...cells].map((scenario) => ({
    ...scenario,
    id: `lesson-${scenario.id}`,
    tags: ["lesson"],
  }));
}

export function sessionsOf(lesson: LessonText): readonly SessionName[] {
  const names = stepsOfLesson(lesson).flatMap((step) => ("session" in step ? [step.session] : []));
  return [...new Set(names)].sort();
}

/** By session, everything that it will run. */
export function editorsOf(lesson: LessonText): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (const step of stepsOfLesson(lesson)) {
    if (!("sql" in step) || step.sql.startsWith("@")) continue;
    const before = texts[step.session];
    texts[step.session] = `${before === undefined ? "" : `${before}\n`}${step.sql};`;
  }
  return texts;
}

export function sameStep(a: Step | undefined, b: Step | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
