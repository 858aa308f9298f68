/** Rows of one height: which of them are in sight, and dragging one to another place. */
import { type PointerEvent, type RefObject, useLayoutEffect, useState } from "react";

export const ROW_PX = 32;
const OVERSCAN = 6;

/** The rows worth drawing, `to` excluded, as the nearest scroller shows them. */
export function useRowsInSight(
  list: RefObject<HTMLElement | null>,
  count: number,
): { readonly from: number; readonly to: number } {
  const [view, setView] = useState({ first: 0, rows: 40 });
  const hasRows = count > 0;
  useLayoutEffect(() => {
    const { current } = list;
    const scroller = hasRows ? scrollerOf(current) : null;
    if (current === null || scroller === null) return;
    const read = (): void => {
      const above = scroller.getBoundingClientRect().top - current.getBoundingClientRect().top;
      const first = Math.max(0, Math.floor(above / ROW_PX));
      const rows = Math.ceil(scroller.clientHeight / ROW_PX);
      setView((old) => (old.first === first && old.rows === rows ? old : { first, rows }));
    };
    const observer = new ResizeObserver(read);
    observer.observe(scroller);
    scroller.addEventListener("scroll", read, { passive: true });
    return () => {
      observer.disconnect();
      scroller.removeEventListener("scroll", read);
    };
  }, [list, hasRows]);
  const from = Math.max(0, Math.min(view.first, count) - OVERSCAN);
  return { from, to: Math.min(count, view.first + view.rows + OVERSCAN) };
}

function scrollerOf(element: HTMLElement | null): HTMLElement | null {
  for (let at = element?.parentElement ?? null; at !== null; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if (overflowY === "auto" || overflowY === "scroll") return at;
  }
  return null;
}

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
