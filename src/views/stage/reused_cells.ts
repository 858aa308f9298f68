/**
 * How the cells in sight are drawn when a line leaps and shows none of those that it showed, or few of them in a race: with the keys
 * and at the places of those before, in a group that has moved instead. So the shapes there are used again; to make hundreds,
 * or only to style each at another x, would cost most of a frame. Slots and records have keys of their own, and the first slots
 * stand where they stood.
 *
 *     cells     s4 r4 s5 r5         s5 r5 s6 r6          r52 s53 r53 s54
 *     keys      s4 r4 s5 r5   ──▶   s5 r5 s6 r6   ──▶     r4  s5  r5  s6
 *     origin    0                   0                    as far as s5 is from s53
 */
import { useRef } from "react";
import type { Cell } from "../../diagrams/index_cells.ts";
import { hasLeapt } from "./recycled_keys.ts";

export interface DrawnCells {
  /** The first, and the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Of the cells from the first to the last. */
  readonly keys: readonly string[];
  /** What the cells' own x are counted from. */
  readonly origin: number;
  readonly firstSlot: Numbered;
  /** What keys are behind the numbers. */
  readonly shift: { readonly slots: number; readonly records: number };
}

/** The first slot of a stretch: how many slots and other cells are before it in the line. */
interface Numbered {
  readonly slots: number;
  readonly records: number;
  readonly x: number;
}

export function drawnCells(
  before: DrawnCells | null,
  cells: readonly Cell[],
  from: number,
  to: number,
  isRacing?: boolean,
): DrawnCells {
  const firstSlot = firstSlotFrom(cells, from);
  let shift = before?.shift ?? { slots: 0, records: 0 };
  let origin = before?.origin ?? 0;
  if (before !== null && hasLeapt(before, from, to, isRacing)) {
    shift = {
      slots: shift.slots + firstSlot.slots - before.firstSlot.slots,
      records: shift.records + firstSlot.records - before.firstSlot.records,
    };
    origin += firstSlot.x - before.firstSlot.x;
  }
  let slots = cells.slice(0, from).filter(isSlot).length - shift.slots;
  let records = from - slots - shift.slots - shift.records;
  const keys = cells
    .slice(from, to)
    .map((cell) => (isSlot(cell) ? `slot ${slots++}` : `record ${records++}`));
  return { from, to, keys, origin, firstSlot, shift };
}

function firstSlotFrom(cells: readonly Cell[], from: number): Numbered {
  const at = Math.max(
    0,
    cells.findIndex((cell, at) => at >= from && isSlot(cell)),
  );
  const slots = cells.slice(0, at).filter(isSlot).length;
  return { slots, records: at - slots, x: cells[at]?.x ?? 0 };
}

function isSlot({ kind }: Cell): boolean {
  return kind === "gap";
}

export function useDrawnCells(cells: readonly Cell[], from: number, to: number): DrawnCells {
  const drawn = useRef<DrawnCells | null>(null);
  drawn.current = drawnCells(drawn.current, cells, from, to);
  return drawn.current;
}

/** To the hundredth, so that what stands where another stood is at the same x. */
export function xFrom({ origin }: DrawnCells, cell: Cell): number {
  return Math.round((cell.x - origin) * 100) / 100;
}
