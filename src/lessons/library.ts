/** Every lesson's text in the order of its file's number, read when first asked for: a chunk of its own in the build. */
import type { LessonText } from "./format/lesson_text.ts";
import { parseLesson } from "./format/parse_lesson.ts";

const FILES = import.meta.glob<string>("./texts/*.md", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** In the order of the notes. */
export const LIBRARY: readonly LessonText[] = Object.entries(FILES)
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([, text]) => parseLesson(text).lesson);

/** @param file the name of its file, without what comes behind the dot */
export function textNamed(file: string): string | null {
  return FILES[`./texts/${file}.md`] ?? null;
}

export function lessonNamed(id: string): LessonText | null {
  return LIBRARY.find((lesson) => lesson.id === id) ?? null;
}
