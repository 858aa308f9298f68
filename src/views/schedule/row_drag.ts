/** Dragging a row of the schedule to another place. */
import { type PointerEvent, type RefObject, useState } from "react";

export const ROW_PX = 32;

export interface RowDrag {
  readonly from: number | null;
  /** Where the row would come to stand. */
  readonly to: number | null;
  /** The edge between rows that it would go to. */
  readonly edge: number;
  readonly grab: (pointer: PointerEvent, from: number) => void;
}

/** From pressing the handle to letting go; Escape, or another pointer, gives up. */
export function useRowDrag(
  list: RefObject<HTMLElement | null>,
  count: number,
  onMove: (from: number, to: number) => void,
): RowDrag {
  const [drag, setDrag] = useState<{ readonly from: number; readonly edge: number } | null>(null);

  const grab = (pointer: PointerEvent, from: number): void => {
    const { current } = list;
    if (pointer.button !== 0 || current === null) return;
    pointer.preventDefault();
    const over = new AbortController();
    const { signal } = over;
    const edgeAt = (y: number): number => {
      const top = current.getBoundingClientRect().top;
      return Math.max(0, Math.min(count, Math.round((y - top) / ROW_PX)));
    };
    const end = (): void => {
      over.abort();
      setDrag(null);
    };
    setDrag({ from, edge: from });
    window.addEventListener(
      "pointermove",
      (event) => setDrag({ from, edge: edgeAt(event.clientY) }),
      { signal },
    );
    window.addEventListener(
      "pointerup",
      (event) => {
        const edge = edgeAt(event.clientY);
        end();
        onMove(from, placeOf(from, edge));
      },
      { signal },
    );
    window.addEventListener("pointercancel", end, { signal });
    window.addEventListener("keydown", (event) => event.key === "Escape" && end(), { signal });
  };
  if (drag === null) return { from: null, to: null, edge: 0, grab };
  const to = placeOf(drag.from, drag.edge);
  return { from: drag.from, to: to === drag.from ? null : to, edge: drag.edge, grab };
}

/** The place of what is taken out at `from` and put in at an edge between the rows as they were. */
export function placeOf(from: number, edge: number): number {
  return edge > from ? edge - 1 : edge;
}
