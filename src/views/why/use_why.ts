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
import type { Peek } from "../../store/peek.ts";
import { endedStatement } from "../../trace/ended_statement.ts";
import type { TraceEvent } from "../../trace/events.ts";
import { type ExplainLanguage, explain } from "../../trace/explain.ts";
import type { LockId, StatementId } from "../../trace/ids.ts";
import { outcomesAt } from "../../trace/outcomes.ts";
import type { Ref } from "../../trace/ref.ts";
import type { State } from "../../trace/state.ts";
import { eventAt, seek, storyStart } from "../../trace/timeline.ts";
import { type StatementStory, statementStory } from "../../trace/why/statement_story.ts";
import { type Why, why } from "../../trace/why/why.ts";
import { usePeekPicture } from "../peek/use_peek.ts";

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
  const peek = usePage((page) => page.peek);
  const peeked = usePeekPicture();
  return useMemo(() => {
    const asked = selection?.kind === "lock" && peeked?.isNew.has(selection.id) === true;
    if (asked && peek !== null) {
      const rule = whyAsked(selection.id, peek, peeked.state, language);
      return { selection, event: null, sentence: null, why: rule, story: null };
    }
    // What made the tables is not asked about.
    const isStory = position > storyStart(timeline);
    const atLast = isStory ? (outcomesAt(timeline, position).at(-1) ?? atCursor) : null;
    const event = selection === null ? atLast : eventOfRef(timeline, position, state, selection);
    if (event === null) return { selection, event, sentence: null, why: null, story: null };
    const seqAt = (seq: number) => eventAt(timeline, seq);
    const stateAt = (seq: number) => seek(timeline, seq + 1);
    const ended = selection === null ? toldBefore(event, seqAt) : storyOf(selection, state);
    const story = ended === null ? null : statementStory(ended, state, language, seqAt, stateAt);
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
  }, [timeline, position, state, atCursor, selection, language, peek, peeked]);
}

/** Of a lock that is not there, and that a statement which was asked about would get or wait for. */
function whyAsked(
  lock: LockId,
  { events }: Peek,
  state: State,
  language: ExplainLanguage,
): Why | null {
  const found = events.find(
    (event) =>
      (event.type === "lock.granted" || event.type === "lock.waiting") && event.lock.id === lock,
  );
  const first = events[0]?.seq ?? 0;
  return found === undefined
    ? null
    : why(found, state, language, (seq) => events[seq - first] ?? null);
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
