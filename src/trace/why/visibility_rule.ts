/** Why a read view sees a version, or does not: apart from the other rules, as the picture of the versions needs no more. */
import type { ExplainLanguage } from "../explain.ts";
import { englishVisibility } from "./en_visibility.ts";
import type { CheckCase, VisibilityWords } from "./visibility_words.ts";
import { chineseVisibility } from "./zh_visibility.ts";

const WORDS: Readonly<Record<ExplainLanguage, VisibilityWords>> = {
  en: englishVisibility,
  zh: chineseVisibility,
};

/** The comparisons of one version with a read view, in the order in which they are made. */
export function visibilityRule(check: CheckCase, language: ExplainLanguage): readonly string[] {
  return WORDS[language].compared(check);
}
