/**
 * Checks a lesson against what its steps really do: every claim holds, every question has an answer among its options,
 * every reference names something that is there. The trace comes from whoever runs the engine.
 */

import { append } from "../../base/lists.ts";
import { eventAt, type Timeline } from "../../trace/timeline.ts";
import { parseClaim } from "./claims.ts";
import { inChinese } from "./found_words.ts";
import { inlineOf } from "./inline.ts";
import type { LessonPart, LessonText, Problem } from "./lesson_text.ts";
import { isInState } from "./pointer.ts";
import { answersAfter, choicesBefore, isManyOf } from "./questions.ts";
import { notAClaim, notAThing, problem } from "./report.ts";
import { type Scene, sceneOf } from "./scene.ts";
import { sessionsOf } from "./steps_of.ts";
import { unexpectedErrors } from "./unexpected_errors.ts";

/** `lessons` are the ids that links may name. */
export function checkLesson(
  lesson: LessonText,
  timeline: Timeline,
  lessons: ReadonlySet<string>,
): readonly Problem[] {
  const problems: Problem[] = [];
  const report = (line: number, en: string, zh: string) => problems.push(problem(line, en, zh));
  append(problems, paragraphProblems(lesson.intro, null, lessons));
  let from = 0;
  for (const part of lesson.parts) {
    const to = from + part.steps.length;
    const scene = sceneOf(timeline, from, to);
    from = to;
    for (const { text, line } of part.claims) {
      const verdict = parseClaim(text)?.(scene) ?? null;
      if (verdict === null) report(line, ...notAClaim(text));
      else if (!verdict.holds) {
        report(
          line,
          `does not hold: ${text} (the engine says: ${verdict.got})`,
          `不成立：${text}（引擎的结果：${inChinese(verdict.got ?? "")}）`,
        );
      }
    }
    if (part.steps.length > 0 && part.claims.length === 0) {
      report(part.line, "nothing is claimed about these steps", "这些步骤没有任何断言");
    }
    append(problems, questionProblems(lesson, part, scene));
    for (const { pointer, target, line } of part.points) {
      if (!isInState(pointer, scene.after)) {
        report(
          line,
          `there is no such thing after this part: ${target}`,
          `这一节之后没有这个对象：${target}`,
        );
      }
    }
    append(problems, paragraphProblems(part.before, scene.before, lessons));
    append(problems, paragraphProblems(part.after, scene.after, lessons));
  }
  append(problems, unexpectedErrors(lesson, timeline));
  append(problems, skippedSteps(lesson, timeline));
  return problems;
}

function questionProblems(lesson: LessonText, part: LessonPart, scene: Scene): readonly Problem[] {
  const { question } = part;
  if (question === null) return [];
  const keys = choicesBefore(question, scene.before, sessionsOf(lesson)).map(({ key }) => key);
  const answers = answersAfter(question, scene);
  const unknown = answers.filter((answer) => !keys.includes(answer));
  if (unknown.length > 0) {
    const what = unknown.join(", ");
    return [
      problem(
        question.line,
        `the answer is not among the choices: ${what}`,
        `答案不在选项里：${what}`,
      ),
    ];
  }
  if (answers.length === 0 || (answers.length > 1 && !isManyOf(question))) {
    const count = answers.length;
    return [
      problem(
        question.line,
        `${count} of the choices come true, not one`,
        `成立的选项有 ${count} 个，应为一个`,
      ),
    ];
  }
  return keys.length < 2
    ? [problem(question.line, "there is nothing to choose from", "没有可选的")]
    : [];
}

function paragraphProblems(
  prose: LessonPart["before"],
  state: Scene["before"] | null,
  lessons: ReadonlySet<string>,
): readonly Problem[] {
  const problems: Problem[] = [];
  const placed = (["en", "zh"] as const).flatMap((language) =>
    prose[language].map((text, at) => ({ text, line: prose.lines[language][at] ?? 1 })),
  );
  for (const { text, line } of placed) {
    for (const piece of inlineOf(text)) {
      if (piece.kind === "unknown") {
        problems.push(problem(line, ...notAThing(piece.target)));
      } else if (piece.kind === "lesson" && !lessons.has(piece.id)) {
        problems.push(problem(line, `unknown lesson: ${piece.id}`, `未知课程：${piece.id}`));
      } else if (piece.kind === "pointer" && state !== null && !isInState(piece.pointer, state)) {
        problems.push(
          problem(
            line,
            `there is no such thing here: ${piece.target}`,
            `此处没有这个对象：${piece.target}`,
          ),
        );
      }
    }
  }
  return problems;
}

/** A step that its session could not take: it still waits, or is gone. */
function skippedSteps(lesson: LessonText, timeline: Timeline): readonly Problem[] {
  const seen = new Set<number>();
  for (let seq = 0; seq < timeline.length; seq += 1) {
    const event = eventAt(timeline, seq);
    if (event !== null) seen.add(event.command);
  }
  let step = 0;
  return lesson.parts.flatMap((part) =>
    part.steps.flatMap((_, at) => {
      step += 1;
      return seen.has(step - 1)
        ? []
        : [
            problem(
              part.stepLines[at] ?? part.line,
              "this step did nothing: its session waits or is gone",
              "这一步没有执行：会话在等待或已断开",
            ),
          ];
    }),
  );
}

/** Front matter that names nothing known, and steps that no lesson can have. */
export function checkNotes(lesson: LessonText, known: ReadonlySet<string>): readonly Problem[] {
  return lesson.notes
    .filter((note) => !known.has(note))
    .map((note) => problem(1, `the notes have no point ${note}`, `笔记里没有 ${note}`));
}
