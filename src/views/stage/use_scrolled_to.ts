/** Keeps a stretch of a picture in view: scrolls there when it changes and is out of sight, and only then. */
import { type RefObject, useLayoutEffect, useMemo } from "react";
import {
  type ScrollAim,
  type ScrollerPlace,
  scrolledWithPicture,
} from "../timeline/use_scroller.ts";
import { scrollBehavior, useOwnScrollOf } from "./use_own_scroll.ts";

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
  useLayoutEffect(
    () => (aim === null ? undefined : scrolledWithPicture(scroller, place, aim, scrollBehavior())),
    [scroller, place, aim],
  );
  return aim;
}
