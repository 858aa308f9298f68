/** Which events the log shows: by family, by session, by what their sentence says. */
import { type EventFamily, isInFamily } from "../../trace/event_families.ts";
import type { TraceEvent } from "../../trace/events.ts";
import type { SessionName } from "../../trace/ids.ts";

export interface LogFilter {
  readonly family: EventFamily;
  readonly session: SessionName | null;
  readonly words: string;
}

/** Whether the event passes; the sentence is asked for only when words are looked for. */
export function passes(event: TraceEvent, filter: LogFilter, sentence: () => string): boolean {
  if (!isInFamily(event, filter.family)) return false;
  if (filter.session !== null && event.session !== filter.session) return false;
  const words = filter.words.trim().toLowerCase();
  return words === "" || sentence().toLowerCase().includes(words);
}
