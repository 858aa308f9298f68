/** Jumping to the next or the one before: wait, error, deadlock, bookmark. */
import { pageStore } from "../../store/page_store.ts";
import { type LandmarkKind, landmarksOf } from "../../trace/landmarks.ts";
import type { Timeline } from "../../trace/timeline.ts";

export type JumpKind = LandmarkKind | "bookmark";
export const JUMP_KINDS: readonly JumpKind[] = ["wait", "error", "deadlock", "bookmark"];

/** On the timeline; with Shift they go back. */
export const JUMP_KEYS: Readonly<Record<JumpKind, string>> = {
  wait: "w",
  error: "e",
  deadlock: "d",
  bookmark: "n",
};

/** Ascending positions. */
export function placesOf(
  kind: JumpKind,
  timeline: Timeline,
  bookmarks: readonly number[],
): readonly number[] {
  if (kind === "bookmark") return bookmarks;
  return landmarksOf(timeline).flatMap((one) => (one.kind === kind ? [one.position] : []));
}

/** Where a jump leads; null when there is nothing on that side. */
export function jumpTarget(
  places: readonly number[],
  position: number,
  direction: -1 | 1,
): number | null {
  const found =
    direction > 0
      ? places.find((place) => place > position)
      : places.findLast((place) => place < position);
  return found ?? null;
}

/** False when there is nothing on that side. */
export function jump(kind: JumpKind, direction: -1 | 1): boolean {
  const { timeline, script, position, seek, setPlaying } = pageStore.getState();
  const target = jumpTarget(placesOf(kind, timeline, script.bookmarks ?? []), position, direction);
  if (target === null) return false;
  setPlaying(false);
  seek(target);
  return true;
}
