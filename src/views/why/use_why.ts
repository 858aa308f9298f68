/** The answer to "why?" for what is selected, or else for the event at the cursor. */
import { useMemo } from "react";
import { intMapGet } from "../../base/int_map.ts";
import { eventOfRef } from "../../diagrams/event_of_ref.ts";
import {
  useEventAtCursor,
  useLanguage,
  usePage,
  useSelection,
  useStateAtCursor,
} from "../../store/hooks.ts";
import { endedStatement } from "../../trace/ended_statement.ts";
import type { TraceEvent } from "../../trace/events.ts";
import { explain } from "../../trace/explain.ts";
import type { StatementId } from "../../trace/ids.ts";
import { outcomesAt } from "../../trace/outcomes.ts";
import type { Ref } from "../../trace/ref.ts";
import type { State } from "../../trace/state.ts";
import { eventAt, seek, storyStart } from "../../trace/timeline.ts";
import { type StatementStory, statementStory } from "../../trace/why/statement_story.ts";
import { type Why, why } from "../../trace/why/why.ts";

export interface WhyAnswer {
  /** Null: of the event at the cursor. */
  readonly selection: Ref | null;
  readonly event: TraceEvent | null;
  readonly sentence: string | null;
  readonly why: Why | null;
  /** Of the statement that ended at the cursor. */
  readonly story: StatementStory | null;
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
    const isStory = position > storyStart(timeline);
    const atLast = isStory ? (outcomesAt(timeline, position).at(-1) ?? atCursor) : null;
    const event = selection === null ? atLast : eventOfRef(timeline, position, state, selection);
    if (event === null) return { selection, event, sentence: null, why: null, story: null };
    const seqAt = (seq: number) => eventAt(timeline, seq);
    const ended = selection === null ? toldBefore(event, seqAt) : storyOf(selection, state);
    const story = ended === null ? null : statementStory(ended, state, language, seqAt);
    if (story !== null) return { selection, event, sentence: story.sentence, why: null, story };
    // A wait is answered with who is in the way now, everything else with what was so when it happened.
    const isStillSo = event.type === "lock.waiting" || event.type === "mdl.waiting";
    const after = isStillSo ? state : seek(timeline, event.seq + 1);
    const causeOf = (seq: number) => eventAt(timeline, seq);
    return {
      selection,
      event,
      sentence: explain(event, language),
      why: why(event, after, language, causeOf),
      story: null,
    };
  }, [timeline, position, state, atCursor, selection, language]);
}

/** The statement that has just ended without an error. */
function toldBefore(
  at: TraceEvent,
  eventOf: (seq: number) => TraceEvent | null,
): StatementId | null {
  const ended = endedStatement(at, eventOf);
  return ended === null || ended.outcome.kind === "error" ? null : ended.id;
}

/** A selected statement that is over is told in the same way; a failed one has its rule. */
function storyOf(selection: Ref, state: State): StatementId | null {
  if (selection.kind !== "statement") return null;
  const statement = intMapGet(state.statements, selection.id);
  const kind = statement?.outcome?.kind;
  return kind === undefined || kind === "error" ? null : selection.id;
}
