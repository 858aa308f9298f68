/** A search in the texts of all lessons, which come with it; those whose head answers it best come first. */
import { LESSON_LIST } from "virtual:lesson-list";
import type { LessonHead } from "../../lessons/format/lesson_head.ts";
import { LIBRARY } from "../../lessons/library.ts";
import { fits, rankOf } from "./search.ts";

export function found(search: string): readonly LessonHead[] {
  const ids = new Set(LIBRARY.filter((lesson) => fits(lesson, search)).map(({ id }) => id));
  const heads = LESSON_LIST.filter(({ id }) => ids.has(id));
  const ranks = new Map(heads.map((head) => [head, rankOf(head, search)]));
  return heads.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}
