/** Which events the log shows: by family, by session, by what their sentence says. */

import type { Language } from "../../store/preferences.ts";
import { type EventFamily, isInFamily } from "../../trace/event_families.ts";
import type { TraceEvent } from "../../trace/events.ts";
import { explain } from "../../trace/explain.ts";
import type { SessionName } from "../../trace/ids.ts";

export interface LogFilter {
  readonly family: EventFamily;
  readonly session: SessionName | null;
  readonly words: string;
}

/** Filters a timeline's chunks; a chunk never changes, so each is looked through once and a long trace grows cheaply. */
export function chunkFilter(
  filter: LogFilter,
  language: Language,
): (chunk: readonly TraceEvent[]) => readonly TraceEvent[] {
  const known = new WeakMap<readonly TraceEvent[], readonly TraceEvent[]>();
  return (chunk) => {
    let passing = known.get(chunk);
    if (passing === undefined) {
      passing = chunk.filter((event) => passes(event, filter, () => explain(event, language)));
      known.set(chunk, passing);
    }
    return passing;
  };
}

/** Whether the event passes; the sentence is asked for only when words are looked for. */
function passes(event: TraceEvent, filter: LogFilter, sentence: () => string): boolean {
  if (!isInFamily(event, filter.family)) return false;
  if (filter.session !== null && event.session !== filter.session) return false;
  const words = filter.words.trim().toLowerCase();
  return words === "" || sentence().toLowerCase().includes(words);
}
