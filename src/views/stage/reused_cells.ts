/**
 * How the cells in sight are drawn when a line leaps and shows none of those that it showed: with the keys and at the places of
 * those before, in a group that has moved instead. So the shapes there are used again; to make hundreds, or only to style each at
 * another x, would cost most of a frame.
 *
 *     cells   4  5  6  7            5  6  7  8           53 54 55 56
 *     keys    4  5  6  7    ──▶     5  6  7  8    ──▶     5  6  7  8
 *     origin  0                     0                    as far as 5 is from 53
 */
import { useRef } from "react";
import type { Cell } from "../../diagrams/index_cells.ts";

export interface DrawnCells {
  /** The first, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** What a cell's key is behind its place in the line. */
  readonly shift: number;
  /** What the cells' own x are counted from. */
  readonly origin: number;
  readonly first: Cell | undefined;
}

const NONE: DrawnCells = { from: 0, to: 0, shift: 0, origin: 0, first: undefined };

export function drawnCells(
  before: DrawnCells,
  cells: readonly Cell[],
  from: number,
  to: number,
): DrawnCells {
  const first = cells[from];
  const hasLeapt = from >= before.to || to <= before.from;
  if (!hasLeapt || first === undefined || before.first === undefined) {
    return { ...before, from, to, first };
  }
  // Slots and records take turns: one that begins otherwise is drawn as if it began with the second.
  const isSame = (first.kind === "gap") === (before.first.kind === "gap");
  const key = before.from - before.shift + (isSame ? 0 : 1);
  const x = before.first.x - before.origin + (isSame ? 0 : before.first.width);
  return { from, to, shift: from - key, origin: first.x - x, first };
}

export function useDrawnCells(cells: readonly Cell[], from: number, to: number): DrawnCells {
  const drawn = useRef(NONE);
  drawn.current = drawnCells(drawn.current, cells, from, to);
  return drawn.current;
}

/** To the hundredth, so that what stands where another stood is at the same x. */
export function xFrom({ origin }: DrawnCells, cell: Cell): number {
  return Math.round((cell.x - origin) * 100) / 100;
}
