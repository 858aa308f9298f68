/** The answer to "why?" for what is selected, or else for the event at the cursor. */
import { useMemo } from "react";
import { eventOfRef } from "../../diagrams/event_of_ref.ts";
import {
  useEventAtCursor,
  useLanguage,
  usePage,
  useSelection,
  useStateAtCursor,
} from "../../store/hooks.ts";
import type { TraceEvent } from "../../trace/events.ts";
import { explain } from "../../trace/explain.ts";
import type { Ref } from "../../trace/ref.ts";
import { eventAt, seek, storyStart } from "../../trace/timeline.ts";
import { type Why, why } from "../../trace/why/why.ts";

export interface WhyAnswer {
  /** Null: of the event at the cursor. */
  readonly selection: Ref | null;
  readonly event: TraceEvent | null;
  readonly sentence: string | null;
  readonly why: Why | null;
}

export function useWhy(): WhyAnswer {
  const timeline = usePage((page) => page.timeline);
  const position = usePage((page) => page.position);
  const state = useStateAtCursor();
  const atCursor = useEventAtCursor();
  const selection = useSelection();
  const language = useLanguage();
  return useMemo(() => {
    // What made the tables is not asked about.
    const atLast = position > storyStart(timeline) ? atCursor : null;
    const event = selection === null ? atLast : eventOfRef(timeline, position, state, selection);
    if (event === null) return { selection, event, sentence: null, why: null };
    // A wait is answered with who is in the way now, everything else with what was so when it happened.
    const isStillSo = event.type === "lock.waiting" || event.type === "mdl.waiting";
    const after = isStillSo ? state : seek(timeline, event.seq + 1);
    const causeOf = (seq: number) => eventAt(timeline, seq);
    return {
      selection,
      event,
      sentence: explain(event, language),
      why: why(event, after, language, causeOf),
    };
  }, [timeline, position, state, atCursor, selection, language]);
}
