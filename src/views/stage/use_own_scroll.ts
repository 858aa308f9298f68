/** Whether a person has just moved this scroller: then nothing else moves it. */

import { type RefObject, useCallback, useEffect, useRef } from "react";
import { isRapid } from "../shell/use_rapid_moves.ts";

/** So long after the last touch the scroller is the person's. */
const HELD_MS = 2500;
const SCROLL_KEYS: readonly string[] = [
  "PageUp",
  "PageDown",
  "Home",
  "End",
  "ArrowUp",
  "ArrowDown",
];

/** `find` gives the element that scrolls. Asked with a moment, it is the person's if it was touched since, too. */
export function useOwnScroll(find: () => Element | null): (since?: number) => boolean {
  const touchedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const element = find();
    if (element === null) return;
    const touched = (event: Event): void => {
      // A press on the scroll bar is a press on the scroller itself.
      if (event.type === "pointerdown" && event.target !== element) return;
      if (event instanceof KeyboardEvent && !SCROLL_KEYS.includes(event.key)) return;
      touchedAt.current = performance.now();
    };
    const kinds = ["wheel", "touchmove", "pointerdown", "keydown"];
    for (const kind of kinds) element.addEventListener(kind, touched, { passive: true });
    return () => {
      for (const kind of kinds) element.removeEventListener(kind, touched);
    };
  }, [find]);
  return useCallback(
    (since = Number.POSITIVE_INFINITY) =>
      touchedAt.current > Math.min(since, performance.now() - HELD_MS),
    [],
  );
}

export function useOwnScrollOf(scroller: RefObject<Element | null>): () => boolean {
  return useOwnScroll(useCallback(() => scroller.current, [scroller]));
}

/** Softly, or at once for who asked for less motion or moves fast. */
export function scrollBehavior(): ScrollBehavior {
  if (isRapid()) return "auto";
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}
