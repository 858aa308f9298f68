/** Guided lessons that the query fits, as commands: the texts that are searched are loaded for the first query. */
import { useEffect, useState } from "react";
import { lessonLink } from "../lesson/lesson_route.ts";
import type { PaletteCommand } from "./palette_commands.ts";

const SHOWN = 8;
/** One Latin letter is in every text; one Chinese sign may be a word. */
const WORTH_A_LOOK = /\p{Script=Han}|../u;
const NONE: readonly PaletteCommand[] = [];

export function useFoundLessons(query: string): readonly PaletteCommand[] {
  const [found, setFound] = useState(NONE);
  useEffect(() => {
    let isLate = false;
    const show = (commands: readonly PaletteCommand[]): void => {
      if (!isLate) setFound(commands);
    };
    if (WORTH_A_LOOK.test(query.trim())) void lessonsFor(query).then(show, () => show(NONE));
    else show(NONE);
    return () => {
      isLate = true;
    };
  }, [query]);
  return found;
}

async function lessonsFor(query: string): Promise<readonly PaletteCommand[]> {
  const { found } = await import("../lesson/search_texts.ts");
  return found(query)
    .slice(0, SHOWN)
    .map(({ id, title }) => ({
      id: `learn ${id}`,
      en: `Lesson: ${title.en}`,
      zh: `课程：${title.zh}`,
      act: () => {
        window.location.hash = lessonLink(id);
      },
    }));
}
