/** A search in the texts of all lessons, which come with it; those whose title answers it come first. */
import { LESSON_LIST } from "virtual:lesson-list";
import type { LessonHead } from "../../lessons/format/lesson_head.ts";
import { LIBRARY } from "../../lessons/library.ts";
import { fits, fitsTitle } from "./search.ts";

export function found(search: string): readonly LessonHead[] {
  const ids = new Set(LIBRARY.filter((lesson) => fits(lesson, search)).map(({ id }) => id));
  const heads = LESSON_LIST.filter(({ id }) => ids.has(id));
  const isFirst = ({ title }: LessonHead): boolean => fitsTitle(title, search);
  return [...heads.filter(isFirst), ...heads.filter((head) => !isFirst(head))];
}
