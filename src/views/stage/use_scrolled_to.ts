/** Keeps a stretch of a picture in view: scrolls there when it changes and is out of sight, and only then. */
import { type RefObject, useEffect } from "react";
import type { ScrollerPlace } from "../timeline/use_scroller.ts";
import { scrollBehavior, useOwnScrollOf } from "./use_own_scroll.ts";

/** `stuck`: pixels at the left that something else covers. */
export function useScrolledTo(
  scroller: RefObject<Element | null>,
  place: RefObject<ScrollerPlace>,
  extent: { readonly left: number; readonly right: number } | null,
  stuck: number,
): void {
  const left = extent?.left ?? null;
  const right = extent?.right ?? null;
  const isHeld = useOwnScrollOf(scroller);
  useEffect(() => {
    const { current } = scroller;
    if (current === null || left === null || right === null || isHeld()) return;
    const { left: from, width } = place.current;
    const room = width - stuck;
    if (left >= from && right <= from + room) return;
    current.scrollTo({ left: (left + right - room) / 2, behavior: scrollBehavior() });
  }, [scroller, place, left, right, stuck, isHeld]);
}
