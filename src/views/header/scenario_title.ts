/** What a scenario is called: by the title that it was given, else as its lesson is. */
import { lessonById } from "../../lessons/lessons.ts";
import type { Language } from "../../store/preferences.ts";
import type { Script } from "../../store/script.ts";

export function scenarioTitle({ lesson, scenario }: Script, language: Language): string | null {
  return scenario.title ?? lessonById(lesson)?.title[language] ?? null;
}
