/** Keeps a stretch of a picture in view: scrolls there when it changes and is out of sight, and only then. */
import { type RefObject, useLayoutEffect, useMemo } from "react";
import type { ScrollerPlace } from "../timeline/use_scroller.ts";
import { scrollBehavior, useOwnScrollOf } from "./use_own_scroll.ts";

/** Where a scroller is about to be: what comes into sight there is drawn with the picture, not behind it. */
export interface ScrollAim {
  readonly left: number;
}

/** `stuck`: pixels at the left that something else covers. `all`: how wide the whole is. */
export function useScrolledTo(
  scroller: RefObject<Element | null>,
  place: RefObject<ScrollerPlace>,
  extent: { readonly left: number; readonly right: number } | null,
  stuck: number,
  all: number,
): ScrollAim | null {
  const left = extent?.left ?? null;
  const right = extent?.right ?? null;
  const isHeld = useOwnScrollOf(scroller);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width of the whole is no reason to scroll
  const aim = useMemo((): ScrollAim | null => {
    if (left === null || right === null || isHeld()) return null;
    const { left: from, width } = place.current;
    const room = width - stuck;
    if (left >= from && right <= from + room) return null;
    return { left: Math.max(0, Math.min((left + right - room) / 2, all - width)) };
  }, [place, left, right, stuck, isHeld]);
  useLayoutEffect(() => {
    if (aim === null) return;
    // In the frame of the picture, when all else in it has been drawn: one layout for both.
    const frame = requestAnimationFrame(() => {
      const behavior = scrollBehavior();
      scroller.current?.scrollTo({ left: aim.left, behavior });
      if (behavior === "auto") {
        place.current.left = aim.left;
        place.current.broughtMs = performance.now();
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [scroller, place, aim]);
  return aim;
}
