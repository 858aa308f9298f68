/** The keys of everything that belongs to what is pointed at, or else selected; worked out once for all who ask. */
import { relatedKeys } from "../../diagrams/related.ts";
import { usePage, useStateAtCursor } from "../../store/hooks.ts";
import type { Ref } from "../../trace/ref.ts";
import type { State } from "../../trace/state.ts";
import type { Timeline } from "../../trace/timeline.ts";
import { usePeekPicture } from "../peek/use_peek.ts";

let last: {
  readonly state: State;
  readonly ref: Ref | null;
  readonly timeline: Timeline;
  readonly keys: ReadonlySet<string>;
} | null = null;

export function useLit(): ReadonlySet<string> {
  const atCursor = useStateAtCursor();
  const state = usePeekPicture()?.state ?? atCursor;
  const ref = usePage((page) => page.hover ?? page.selection);
  const timeline = usePage((page) => page.timeline);
  if (last?.state !== state || last.ref !== ref || last.timeline !== timeline) {
    last = { state, ref, timeline, keys: relatedKeys(state, ref, timeline) };
  }
  return last.keys;
}
