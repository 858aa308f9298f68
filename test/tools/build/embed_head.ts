/** What `src/embed_begin.ts` knows: which files of the frame's build a lesson needs for its first view. */
import { readFileSync } from "node:fs";
import type { Rolldown } from "vite";
import { panelsFor, panelsOf } from "../../../src/embed/guided.ts";
import { LESSONS } from "../../../src/lessons/lessons.ts";
import { guidedLessons } from "./guided_lessons.ts";
import { inHead } from "./in_head.ts";

type OutputChunk = Rolldown.OutputChunk;

const EXAMPLES = /src\/lessons\/\w+\.ts$/;

/** @param chunks of the frame; @param guide the files of the guide */
export function embedHead(
  root: string,
  chunks: readonly OutputChunk[],
  guide: readonly string[],
): Promise<string> {
  const having = (part: RegExp): string => {
    const chunk = chunks.find(({ facadeModuleId }) => part.test(facadeModuleId ?? ""));
    if (chunk === undefined) throw new Error(`no chunk of the frame is ${part}`);
    return chunk.fileName;
  };
  const files = chunks.filter(({ facadeModuleId }) => EXAMPLES.test(facadeModuleId ?? ""));
  /** What an example says, and what it does if that was played. */
  const ofExample = (id: string): readonly string[] => {
    const told = files.find(({ facadeModuleId }) => {
      return readFileSync(facadeModuleId ?? "", "utf8").includes(`id: "${id}"`);
    });
    if (told === undefined) throw new Error(`no chunk of the frame tells ${id}`);
    const played = chunks.filter((one) => one.facadeModuleId === `virtual:played/${id}`);
    return [told, ...played].map(({ fileName }) => fileName);
  };
  return inHead(root, "embed_begin.ts", {
    WORDS: {
      en: having(/words-en-0$/),
      zh: having(/words-zh-0$/),
    },
    PICTURES: {
      index: having(/\/IndexPicture\.tsx$/),
      versions: having(/\/VersionView\.tsx$/),
      waits: having(/\/WaitGraphView\.tsx$/),
    },
    EXAMPLES: Object.fromEntries(
      LESSONS.map(({ id, arrangement }) => [
        id,
        [panelsFor(arrangement).join(" "), ...ofExample(id)],
      ]),
    ),
    GUIDED: Object.fromEntries(
      guidedLessons(root).map((lesson) => [lesson.id, panelsOf(lesson).join(" ")]),
    ),
    GUIDE: guide,
  });
}
