/** Guided lessons that the query fits, as commands: the texts that are searched are loaded for the first query. */
import { useEffect, useState } from "react";
import { lessonLink } from "../lesson/lesson_route.ts";
import type { PaletteCommand } from "./palette_commands.ts";

const SHOWN = 8;
/** One Latin letter is in every text; one Chinese sign may be a word. */
const WORTH_A_LOOK = /\p{Script=Han}|../u;
const NONE: readonly PaletteCommand[] = [];

export interface FoundLessons {
  /** While one looks, those of the query before. */
  readonly lessons: readonly PaletteCommand[];
  readonly isLooking: boolean;
}

export function useFoundLessons(query: string): FoundLessons {
  const [found, setFound] = useState({ query: "", lessons: NONE });
  const isWorthALook = WORTH_A_LOOK.test(query.trim());
  useEffect(() => {
    if (!isWorthALook) return;
    let isLate = false;
    const show = (lessons: readonly PaletteCommand[]): void => {
      if (!isLate) setFound({ query, lessons });
    };
    void lessonsFor(query).then(show, () => show(NONE));
    return () => {
      isLate = true;
    };
  }, [query, isWorthALook]);
  return {
    lessons: isWorthALook ? found.lessons : NONE,
    isLooking: isWorthALook && found.query !== query,
  };
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
