/** Steps from one movement of a session's stream to the next, whatever else the trace tells in between. */
import type { SessionName } from "../trace/ids.ts";
import { eventAt, storyStart, type Timeline } from "../trace/timeline.ts";

/** Behind the stream's next event; null when there is none. */
export function nextMovement(
  timeline: Timeline,
  position: number,
  session: SessionName,
): number | null {
  for (let at = position; at < timeline.length; at += 1) {
    if (isMovement(timeline, at, session)) return at + 1;
  }
  return null;
}

/** Behind the stream's event before the one that led here; null when there is none. */
export function movementBefore(
  timeline: Timeline,
  position: number,
  session: SessionName,
): number | null {
  const start = storyStart(timeline);
  for (let at = position - 2; at >= start; at -= 1) {
    if (isMovement(timeline, at, session)) return at + 1;
  }
  return null;
}

function isMovement(timeline: Timeline, seq: number, session: SessionName): boolean {
  const event = eventAt(timeline, seq);
  return event !== null && "now" in event && event.name === session;
}
