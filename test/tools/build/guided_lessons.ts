/** The guided lessons as the build reads them, from their files. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LessonText } from "../../../src/lessons/format/lesson_text.ts";
import { parseLesson } from "../../../src/lessons/format/parse_lesson.ts";

/** In the order of their files' names. */
export function guidedLessons(root: string): readonly LessonText[] {
  const texts = join(root, "src/lessons/texts");
  return readdirSync(texts)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => parseLesson(readFileSync(join(texts, name), "utf8")).lesson);
}
