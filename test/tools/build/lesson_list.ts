/** `virtual:lesson-list`: what is said of each guided lesson before it is opened, without the texts of all of them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import type { LessonHead } from "../../../src/lessons/format/lesson_head.ts";
import { parseLesson } from "../../../src/lessons/format/parse_lesson.ts";

const NAME = "virtual:lesson-list";
const FOLDER = "src/lessons/texts";

export function lessonList(): Plugin {
  let root = "";
  return {
    name: "lesson-list",
    configResolved(config) {
      root = config.root;
    },
    resolveId: (source) => (source === NAME ? NAME : null),
    load(id) {
      return id === NAME ? `export const LESSON_LIST = ${JSON.stringify(heads(root))};` : null;
    },
  };
}

function heads(root: string): readonly LessonHead[] {
  const files = readdirSync(join(root, FOLDER)).filter((name) => name.endsWith(".md"));
  return files.sort().map((name) => {
    const { lesson } = parseLesson(readFileSync(join(root, FOLDER, name), "utf8"));
    const { id, section, title, shows, parts, matrix } = lesson;
    const asked = parts.filter(({ question }) => question !== null).length;
    return {
      id,
      file: name.replace(/\.md$/, ""),
      section,
      title,
      shows,
      parts: parts.length,
      questions: asked + (matrix.length > 0 ? 1 : 0),
    };
  });
}
