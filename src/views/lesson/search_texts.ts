/** A search in the texts of all lessons and examples, which come with it; lessons whose head answers it best come first. */
import { LESSON_LIST } from "virtual:lesson-list";
import type { LessonHead } from "../../lessons/format/lesson_head.ts";
import type { Lesson } from "../../lessons/lesson.ts";
import { LESSONS } from "../../lessons/lessons.ts";
import { LIBRARY } from "../../lessons/library.ts";
import { fits, fitsExample, rankOf, wordsHeld } from "./search.ts";

export function found(search: string): readonly LessonHead[] {
  const fitting = LIBRARY.filter((lesson) => fits(lesson, search));
  const ranks = new Map(fitting.map((lesson) => [lesson.id, rankOf(lesson, search)]));
  const heads = LESSON_LIST.filter(({ id }) => ranks.has(id));
  return heads.toSorted((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0));
}

/** The playground's, in the order of its menu. */
export function foundExamples(search: string): readonly Lesson[] {
  return LESSONS.filter((example) => fitsExample(example, search));
}

const NEAREST = 6;

/** Of a search that no lesson fits: those with most of its words. */
export function nearest(search: string): readonly LessonHead[] {
  const held = LIBRARY.map((lesson) => ({ id: lesson.id, count: wordsHeld(lesson, search) }));
  return held
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, NEAREST)
    .flatMap(({ id }) => LESSON_LIST.filter((head) => head.id === id));
}
