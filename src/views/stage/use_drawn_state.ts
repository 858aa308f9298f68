/**
 * The state as far as an index's picture is made from it: the one before, while nothing that the picture shows has changed.
 * A result on its way to a client changes the state thousands of times and no record.
 */
import { useState } from "react";
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
  const [drawn, setDrawn] = useState(state);
  if (DRAWN.every((part) => drawn[part] === state[part])) return drawn;
  setDrawn(state);
  return state;
}
