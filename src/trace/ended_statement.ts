/** The statement that has just ended: nothing but bookkeeping came behind it. */
import { isQuiet } from "./event_families.ts";
import type { TraceEvent } from "./events.ts";

/** What a command does when its statement is over. */
const BEHIND: ReadonlySet<TraceEvent["type"]> = new Set([
  "purge.heldBack",
  "purge.ran",
  "rec.removed",
  "undo.discarded",
]);

/** `at`: the event at the cursor. Null in the middle of a statement, and of what a command without one does. */
export function endedStatement(
  at: TraceEvent,
  eventOf: (seq: number) => TraceEvent | null,
): Extract<TraceEvent, { readonly type: "statement.ended" }> | null {
  for (let seq: number = at.seq; seq >= 0; seq -= 1) {
    const event = eventOf(seq);
    if (event === null || event.command !== at.command) return null;
    if (event.type === "statement.ended") return event;
    if (!isQuiet(event) && !BEHIND.has(event.type)) return null;
  }
  return null;
}
