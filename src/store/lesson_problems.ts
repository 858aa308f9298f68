/** What is wrong with a lesson that somebody writes; comes with the texts of all lessons. */
import { append } from "../base/lists.ts";
import { checkLesson } from "../lessons/format/check_lesson.ts";
import type { Problem } from "../lessons/format/lesson_text.ts";
import { parseLesson } from "../lessons/format/parse_lesson.ts";
import { problem } from "../lessons/format/report.ts";
import { scenarioOf } from "../lessons/format/steps_of.ts";
import { setupProblem } from "../lessons/format/unexpected_errors.ts";
import { LIBRARY, lessonNamed } from "../lessons/library.ts";
import type { TryOut } from "./try_out.ts";

/** What is wrong with a lesson's text, the engine's word included. */
export async function problemsOf(text: string, tryOut: TryOut): Promise<readonly Problem[]> {
  const { lesson, problems } = parseLesson(text);
  const found = [...problems, ...takenId(text, lesson.id)];
  try {
    const timeline = await tryOut(scenarioOf(lesson));
    const ids = new Set([...LIBRARY.map(({ id }) => id), lesson.id]);
    append(found, checkLesson(lesson, timeline, ids));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    found.push(setupProblem(text, message) ?? { line: 1, message: { en: message, zh: message } });
  }
  return found.toSorted((a, b) => a.line - b.line);
}

function takenId(text: string, id: string): readonly Problem[] {
  if (lessonNamed(id) === null) return [];
  const line = text.split(/\r?\n/).findIndex((each) => each.startsWith("id:")) + 1;
  return [
    problem(
      Math.max(line, 1),
      `id: ${id} is the name of a lesson that is here already; choose another`,
      `id：${id} 已是站内一课的名称，请换一个`,
    ),
  ];
}
