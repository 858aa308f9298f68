/** What every panel of the stage takes from the store: state, words, and pointing. */
import { useMemo } from "react";
import { usePage } from "../../store/hooks.ts";
import type { TraceEvent } from "../../trace/events.ts";
import type { LockId } from "../../trace/ids.ts";
import { refKey } from "../../trace/ref.ts";
import type { State } from "../../trace/state.ts";
import { usePeekPicture } from "../peek/use_peek.ts";
import { stageWords } from "./language.ts";
import type { Pointing } from "./pointing.ts";
import { useLit } from "./use_lit.ts";
import type { StageWords } from "./words.ts";

const NO_GHOSTS: ReadonlySet<LockId> = new Set();

export interface Stage {
  /** At the cursor, or as it would be after the statement that was asked about. */
  readonly state: State;
  /** The event that led to it. */
  readonly event: TraceEvent | null;
  readonly words: StageWords;
  readonly pointing: Pointing;
}

/** `useHere`: as the picture that leads, or as those that follow. */
export function useStage(useHere: typeof usePage = usePage): Stage {
  const atCursor = useHere((page) => page.stateAtCursor);
  const eventAtCursor = useHere((page) => page.eventAtCursor);
  const peeked = usePeekPicture(useHere);
  const state = peeked?.state ?? atCursor;
  const event = peeked === null ? eventAtCursor : null;
  const words = stageWords(useHere((page) => page.preferences.language));
  const selection = useHere((page) => page.selection);
  const onPoint = useHere((page) => page.point);
  const onSelect = useHere((page) => page.select);
  const lit = useLit(useHere);
  const pointing = useMemo(
    () => ({
      lit,
      selection,
      selected: selection === null ? null : refKey(selection),
      ghosts: peeked?.isNew ?? NO_GHOSTS,
      onPoint,
      onSelect,
    }),
    [lit, selection, peeked, onPoint, onSelect],
  );
  return { state, event, words, pointing };
}
