/**
 * The state as far as an index's picture is made from it: the one before, while nothing that the picture shows has changed.
 * A result on its way to a client changes the state thousands of times and no record.
 */
import { useRef } from "react";
import type { State } from "../../trace/state.ts";

const DRAWN = [
  "recs",
  "indexes",
  "tables",
  "recLocks",
  "tableLocks",
  "trxs",
  "undo",
] as const satisfies readonly (keyof State)[];

export function useDrawnState(state: State): State {
  const drawn = useRef(state);
  if (DRAWN.some((part) => drawn.current[part] !== state[part])) drawn.current = state;
  return drawn.current;
}
