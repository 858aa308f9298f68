/** The dictionary of a language. */
import type { Language } from "../../store/preferences.ts";
import { en, type StageWords } from "./words.ts";
import { zh } from "./words_zh.ts";

export function stageWords(language: Language): StageWords {
  return language === "zh" ? zh : en;
}
