/** Ranges of the story that are wanted often, one click away. */
import { boundaries, stepBack, storyStart, type Timeline } from "../../trace/timeline.ts";

export const RANGES = ["all", "statement", "ten", "tenHere"] as const;
export type RangeId = (typeof RANGES)[number];

/** Positions in the trace, both included. */
export interface EventRange {
  readonly from: number;
  readonly to: number;
}

const TEN = 10;

export function wholeOf(timeline: Timeline): EventRange {
  return { from: boundaries(timeline)[0] ?? 0, to: timeline.length };
}

export function rangeOf(id: RangeId, timeline: Timeline, cursor: number): EventRange {
  switch (id) {
    case "all":
      return wholeOf(timeline);
    case "statement": {
      const before = boundaries(timeline).filter((position) => position < cursor);
      const from = before.at(-1) ?? storyStart(timeline);
      const to = boundaries(timeline).find((position) => position >= cursor) ?? timeline.length;
      return { from, to: Math.max(from, to) };
    }
    case "ten":
      return lastTen(timeline, timeline.length);
    case "tenHere":
      return lastTen(timeline, cursor);
  }
}

/** Of events worth a look, as the animation has a frame for each. */
function lastTen(timeline: Timeline, to: number): EventRange {
  const start = storyStart(timeline);
  let from = Math.max(start, to);
  for (let count = 0; count < TEN && from > start; count += 1) {
    from = Math.max(start, stepBack(timeline, from));
  }
  return { from, to: Math.max(from, to) };
}

export function isSame(one: EventRange, other: EventRange): boolean {
  return one.from === other.from && one.to === other.to;
}
