/** Keeps a stretch of a picture in view: scrolls there when it changes and is out of sight, and only then. */
import { type RefObject, useEffect } from "react";

/** `stuck`: pixels at the left that something else covers. */
export function useScrolledTo(
  scroller: RefObject<Element | null>,
  extent: { readonly left: number; readonly right: number } | null,
  stuck: number,
): void {
  const left = extent?.left ?? null;
  const right = extent?.right ?? null;
  useEffect(() => {
    const { current } = scroller;
    if (current === null || left === null || right === null) return;
    const room = current.clientWidth - stuck;
    const isInView = left >= current.scrollLeft && right <= current.scrollLeft + room;
    if (!isInView) current.scrollLeft = (left + right - room) / 2;
  }, [scroller, left, right, stuck]);
}
