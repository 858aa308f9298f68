/** Of a long list of rows of one height, those that are in sight. */
import { type RefObject, useLayoutEffect, useState } from "react";

const OVERSCAN = 6;

/** The rows worth drawing, `to` excluded, as the nearest scroller shows them. `list` begins with the first row's top. */
export function useRowsInSight(
  list: RefObject<HTMLElement | null>,
  count: number,
  rowPx: number,
): { readonly from: number; readonly to: number } {
  const [view, setView] = useState({ first: 0, rows: 40 });
  const hasRows = count > 0;
  useLayoutEffect(() => {
    const { current } = list;
    const scroller = hasRows ? scrollerOf(current) : null;
    if (current === null || scroller === null) return;
    const read = (): void => {
      const above = scroller.getBoundingClientRect().top - current.getBoundingClientRect().top;
      const first = Math.max(0, Math.floor(above / rowPx));
      const rows = Math.ceil(scroller.clientHeight / rowPx);
      setView((old) => (old.first === first && old.rows === rows ? old : { first, rows }));
    };
    const observer = new ResizeObserver(read);
    observer.observe(scroller);
    scroller.addEventListener("scroll", read, { passive: true });
    return () => {
      observer.disconnect();
      scroller.removeEventListener("scroll", read);
    };
  }, [list, hasRows, rowPx]);
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
