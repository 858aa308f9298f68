/** Ways to move the cursor, for buttons and keys alike. */
import { unreachable } from "../../base/assert.ts";
import { pageStore } from "../../store/page_store.ts";
import { landmarksOf } from "../../trace/landmarks.ts";
import {
  stepBack,
  stepInto,
  stepOver,
  stepOverBack,
  storyStart,
  type Timeline,
} from "../../trace/timeline.ts";

export type Move = "toStart" | "overBack" | "back" | "into" | "over" | "toEnd";

export function moveCursor(move: Move): void {
  const { timeline, position, playing, seek, setPlaying } = pageStore.getState();
  if (playing) setPlaying(false);
  seek(moved(move, timeline, position));
}

/** Playing from the end begins at the start. */
export function togglePlaying(): void {
  const { playing, timeline, position, seek, setPlaying } = pageStore.getState();
  if (!playing && position === timeline.length) seek(storyStart(timeline));
  setPlaying(!playing);
}

/** A deadlock within the statement is not gone past unseen: all of it comes and goes in one command. */
function overTo(timeline: Timeline, position: number): number {
  const end = stepOver(timeline, position);
  const found = landmarksOf(timeline).find(
    (one) => one.kind === "deadlock" && one.position > position && one.position < end,
  );
  return found?.position ?? end;
}

function moved(move: Move, timeline: Timeline, position: number): number {
  switch (move) {
    case "toStart":
      return storyStart(timeline);
    case "overBack":
      return stepOverBack(timeline, position);
    case "back":
      return stepBack(timeline, position);
    case "into":
      return stepInto(timeline, position);
    case "over":
      return overTo(timeline, position);
    case "toEnd":
      return timeline.length;
    default:
      return unreachable(move);
  }
}
