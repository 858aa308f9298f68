/** What a command came to, where the cursor stands behind all of it: purge, time and bytes that move on may come behind. */
import type { TraceEvent } from "./events.ts";
import { type ExplainLanguage, explain } from "./explain.ts";
import { eventAt, type Timeline } from "./timeline.ts";

const OUTCOMES: ReadonlySet<TraceEvent["type"]> = new Set([
  "statement.ended",
  "statement.waiting",
  "session.closed",
  "client.failed",
  "command.refused",
]);
/** So many events before the cursor are looked at, and so many outcomes told. */
const LOOKED_AT_MAX = 500;
const TOLD_MAX = 3;

/** The last of them, in their order; none within a command, nor where it came to nothing of the kind. */
export function outcomesAt(timeline: Timeline, position: number): readonly TraceEvent[] {
  const last = eventAt(timeline, position - 1);
  if (last === null || last.command < 0) return [];
  if (eventAt(timeline, position)?.command === last.command) return [];
  const found: TraceEvent[] = [];
  const end = Math.max(0, position - LOOKED_AT_MAX);
  for (let seq = position - 1; seq >= end && found.length < TOLD_MAX; seq -= 1) {
    const event = eventAt(timeline, seq);
    if (event === null || event.command !== last.command) break;
    if (OUTCOMES.has(event.type) && !isOvertaken(event, found)) found.unshift(event);
  }
  return found;
}

/** In words: these, or else the event at the cursor. */
export function toldAt(timeline: Timeline, position: number, language: ExplainLanguage): string {
  const at = eventAt(timeline, position - 1);
  const outcomes = outcomesAt(timeline, position);
  const told = outcomes.length > 0 || at === null ? outcomes : [at];
  return told.map((event) => explain(event, language)).join(language === "zh" ? "" : " ");
}

/** A wait that the same command ended. */
function isOvertaken({ type, session }: TraceEvent, later: readonly TraceEvent[]): boolean {
  return (
    type === "statement.waiting" &&
    later.some((other) => other.session === session && other.type === "statement.ended")
  );
}
