/** The way back to what was left in the playground: before all else on the start page. */
import { type ReactNode, useEffect, useState } from "react";
import type { Lesson } from "../../lessons/lesson.ts";
import { useLanguage } from "../../store/hooks.ts";
import type { Language } from "../../store/preferences.ts";
import { isUntouched, type SavedWork, savedWork } from "../../store/saved_work.ts";
import { keptTexts } from "../../store/storage.ts";
import { PLAYGROUND } from "../shell/use_route.ts";

export function ContinueWork(): ReactNode {
  const language = useLanguage();
  const [work] = useState(readWork);
  const title = useTitle(work, language);
  if (work === null || title === null) return null;
  return (
    <p className="map-continue">
      <a className="button map-go" href={PLAYGROUND}>
        {continueText(work, title, language)}
      </a>
    </p>
  );
}

function readWork(): SavedWork | null {
  return savedWork(
    keptTexts(
      () => window.localStorage,
      () => window.sessionStorage,
    ),
  );
}

/** An example's title is in the chunk of the examples. Null: not known yet, or nobody has changed the example. */
function useTitle(work: SavedWork | null, language: Language): string | null {
  const [found, setFound] = useState<{ readonly example: Lesson | null } | null>(null);
  const lesson = work?.lesson ?? null;
  useEffect(() => {
    void exampleOf(lesson).then((example) => setFound({ example }));
  }, [lesson]);
  if (work === null || found === null) return null;
  const { example } = found;
  if (example !== null && isUntouched(work, example.scenario)) return null;
  const own = language === "zh" ? "你自己的 SQL" : "your own SQL";
  return work.title ?? example?.title[language] ?? own;
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
