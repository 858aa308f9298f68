/** The keys of everything that belongs to what is pointed at, or else selected; worked out once for all who ask. */
import { usePage } from "../../store/hooks.ts";
import type { Ref } from "../../trace/ref.ts";
import type { State } from "../../trace/state.ts";
import type { Timeline } from "../../trace/timeline.ts";
import { usePeekPicture } from "../peek/use_peek.ts";
import { lateFunction } from "./late_function.ts";

interface Answer {
  readonly state: State;
  readonly ref: Ref | null;
  readonly timeline: Timeline;
  readonly keys: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();
const useRelatedKeys = lateFunction(async () => {
  const { relatedKeys } = await import("../../diagrams/related.ts");
  return relatedKeys;
});

/** Of the picture that leads, of those that have followed, and of those whose turn has not come. */
const ASKERS = 3;
let answers: readonly Answer[] = [];

export function useLit(useHere: typeof usePage = usePage): ReadonlySet<string> {
  const ref = useHere((page) => page.hover ?? page.selection);
  const peeked = usePeekPicture(useHere);
  // Where nothing is pointed at, who asks is not drawn again with every step.
  const state = useHere((page) => (ref === null ? null : (peeked?.state ?? page.stateAtCursor)));
  const timeline = useHere((page) => (ref === null ? null : page.timeline));
  const relatedKeys = useRelatedKeys(ref !== null);
  if (relatedKeys === null || state === null || timeline === null) return NOTHING;
  return litKeys(relatedKeys, state, ref, timeline);
}

function litKeys(
  relatedKeys: NonNullable<ReturnType<typeof useRelatedKeys>>,
  state: State,
  ref: Ref | null,
  timeline: Timeline,
): ReadonlySet<string> {
  const known = answers.find(
    (answer) => answer.state === state && answer.ref === ref && answer.timeline === timeline,
  );
  if (known !== undefined) return known.keys;
  const keys = relatedKeys(state, ref, timeline);
  answers = [{ state, ref, timeline, keys }, ...answers].slice(0, ASKERS);
  return keys;
}
