/** What every panel of the stage takes from the store: state, words, and pointing. */
import { useMemo } from "react";
import { relatedKeys } from "../../diagrams/related.ts";
import {
  useEventAtCursor,
  useHover,
  useLanguage,
  usePoint,
  useSelect,
  useSelection,
  useStateAtCursor,
} from "../../store/hooks.ts";
import type { TraceEvent } from "../../trace/events.ts";
import { refKey } from "../../trace/ref.ts";
import type { State } from "../../trace/state.ts";
import { stageWords } from "./language.ts";
import type { Pointing } from "./pointing.ts";
import type { StageWords } from "./words.ts";

export interface Stage {
  readonly state: State;
  /** The event that led to it. */
  readonly event: TraceEvent | null;
  readonly words: StageWords;
  readonly pointing: Pointing;
}

export function useStage(): Stage {
  const state = useStateAtCursor();
  const event = useEventAtCursor();
  const words = stageWords(useLanguage());
  const hover = useHover();
  const selection = useSelection();
  const onPoint = usePoint();
  const onSelect = useSelect();
  const ref = hover ?? selection;
  const lit = useMemo(() => relatedKeys(state, ref), [state, ref]);
  const pointing = useMemo(
    () => ({
      lit,
      selection,
      selected: selection === null ? null : refKey(selection),
      onPoint,
      onSelect,
    }),
    [lit, selection, onPoint, onSelect],
  );
  return { state, event, words, pointing };
}
