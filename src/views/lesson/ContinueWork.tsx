/** The way back to what was left in the playground: before all else on the start page. */
import { type ReactNode, useEffect, useState } from "react";
import type { Lesson } from "../../lessons/lesson.ts";
import { useLanguage } from "../../store/hooks.ts";
import type { Language } from "../../store/preferences.ts";
import type { SavedPlace } from "../../store/saved_page.ts";
import { isUntouched, leftWork, type SavedWork, savedWork } from "../../store/saved_work.ts";
import { keptTexts } from "../../store/storage.ts";
import { PLAYGROUND } from "../shell/use_route.ts";

export function ContinueWork({ work, example }: WaitingWork): ReactNode {
  const language = useLanguage();
  const own = language === "zh" ? "你自己的 SQL" : "your own SQL";
  const title = work.title ?? example?.title[language] ?? own;
  return (
    <p className="map-continue">
      <a
        className="button map-go"
        href={PLAYGROUND}
        onClick={(event) => {
          if (work.left === null) return;
          event.preventDefault();
          void openLeft(work.left);
        }}
      >
        {continueText(work, title, language)}
      </a>
    </p>
  );
}

/** As a link to it would: what is there now is one Undo away. */
async function openLeft(place: SavedPlace): Promise<void> {
  const { fragmentOf } = await import("../../store/link/page_link.ts");
  const look = { selection: null, language: null, layouts: {}, stage: null };
  window.location.hash = fragmentOf({ ...place, ...look });
}

interface WaitingWork {
  readonly work: SavedWork;
  readonly example: Lesson | null;
}

/** The work that waits; where a lesson lies over it, the work before. An example's title is in the chunk of the examples. */
export function useWaitingWork(): WaitingWork | null {
  const [found, setFound] = useState<WaitingWork | null>(null);
  useEffect(() => {
    void findWork().then(setFound);
  }, []);
  return found;
}

async function findWork(): Promise<WaitingWork | null> {
  const kept = keptTexts(
    () => window.localStorage,
    () => window.sessionStorage,
  );
  const now = savedWork(kept);
  for (const work of now === null ? leftWork(kept) : [now, ...leftWork(kept)]) {
    const example = await exampleOf(work.lesson);
    // What a lesson ran by itself is nobody's work, once it has been left.
    if (work.left !== null && work.lesson !== null && example === null) continue;
    if (example === null || !isUntouched(work, example.scenario)) return { work, example };
  }
  return null;
}

async function exampleOf(id: string | null): Promise<Lesson | null> {
  if (id === null) return null;
  const { lessonById } = await import("../../lessons/lessons.ts");
  return lessonById(id);
}

export function continueText(work: SavedWork, title: string, language: Language): string {
  const when = work.at === null ? "" : timeText(work.at, language);
  if (language === "zh") {
    return `继续上次的工作：${title}，${work.statements} 条语句${when === "" ? "" : `，${when}`}`;
  }
  const statements = work.statements === 1 ? "1 statement" : `${work.statements} statements`;
  return `Continue: ${title}, ${statements}${when === "" ? "" : `, ${when}`}`;
}

function timeText(at: number, language: Language): string {
  return new Date(at).toLocaleString(language === "zh" ? "zh-CN" : "en", {
    dateStyle: "medium",
    timeStyle: "short",
  });
}
