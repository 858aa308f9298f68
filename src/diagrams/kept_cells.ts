/** The cells of an index as they were made last: thousands that a step left as they were are not made, or compared, again. */

import type { IndexState } from "../trace/state.ts";
import type { Cell } from "./index_cells.ts";

interface Known {
  readonly madeFrom: readonly unknown[];
  readonly cells: readonly Cell[];
}

const byIndex = new WeakMap<IndexState, Known>();

/** `madeFrom`: all besides the index that the cells depend on, compared by identity. */
export function keptCells(
  index: IndexState,
  madeFrom: readonly unknown[],
  make: () => readonly Cell[],
): readonly Cell[] {
  const known = byIndex.get(index);
  if (known?.madeFrom.every((part, at) => part === madeFrom[at])) return known.cells;
  const cells = make();
  byIndex.set(index, { madeFrom, cells });
  return cells;
}
