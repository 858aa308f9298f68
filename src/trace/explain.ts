/**
 * The one narrator: the sentence about an event, for the event log, the hover text, the live narration and the
 * golden tests. Each sentence carries the numbers of this case and InnoDB's own words.
 */
import type { TraceEvent } from "./events.ts";
import { english } from "./explain/en/english.ts";
import { type Narrator, told } from "./explain/narrator.ts";
import { chinese } from "./explain/zh/chinese.ts";

export type ExplainLanguage = "en" | "zh";

const NARRATORS: { readonly [L in ExplainLanguage]: Narrator } = { en: english, zh: chinese };

/** One sentence about the event, from the event alone. */
export function explain(event: TraceEvent, language: ExplainLanguage): string {
  return told(NARRATORS[language], event);
}
