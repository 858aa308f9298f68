/** Deadlocks that one command closed. Apart from the stories, for the banner of the first picture needs no more. */
import type { TraceEvent } from "../events.ts";
import type { DeadlockState } from "../state.ts";

/** All that the command of the last deadlock brought about, the first of them first. */
export function deadlocksTogether(
  last: DeadlockState,
  eventOf: (seq: number) => TraceEvent | null,
): readonly DeadlockState[] {
  const found: DeadlockState[] = [last];
  const command = eventOf(last.seq)?.command;
  for (let seq = last.seq - 1; seq >= 0; seq -= 1) {
    const event = eventOf(seq);
    if (event === null || event.command !== command) break;
    if (event.type === "deadlock.found") {
      found.unshift({ ...event.deadlock, seq: event.seq, atMs: event.ms });
    }
  }
  return found;
}
