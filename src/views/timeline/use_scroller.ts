/** A scroller's place and width, known without asking the layout for them: that would cost a layout with every step. */
import { type RefObject, useLayoutEffect, useRef } from "react";

export interface ScrollerPlace {
  left: number;
  width: number;
  /** When the page itself brought it to `left`: the event about that has nothing to tell. */
  broughtMs: number;
}

/** The event comes with the next frame. */
const TOLD_MS = 50;

export function useScrollerPlace(scroller: RefObject<Element | null>): RefObject<ScrollerPlace> {
  const place = useRef<ScrollerPlace>({ left: 0, width: 800, broughtMs: -TOLD_MS });
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null) return;
    const onScroll = (): void => {
      const isKnown = performance.now() - place.current.broughtMs < TOLD_MS;
      place.current.broughtMs = -TOLD_MS;
      if (!isKnown) place.current.left = current.scrollLeft;
    };
    const measure = (): void => {
      place.current.left = current.scrollLeft;
      place.current.width = current.clientWidth;
    };
    // Once at once: what is to be brought into sight is asked for before the observer has looked.
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    current.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener("scroll", onScroll);
    };
  }, [scroller]);
  return place;
}

/** Brings `x` into sight, with some room at either side. */
export function useKeptInSight(
  scroller: RefObject<Element | null>,
  place: RefObject<ScrollerPlace>,
  x: number,
): void {
  useLayoutEffect(() => {
    const { current } = scroller;
    const { left, width } = place.current;
    const margin = Math.min(40, width / 4);
    const wanted =
      x < left + margin ? x - margin : x > left + width - margin ? x - width + margin : left;
    if (current === null || wanted === left) return;
    place.current.left = Math.max(0, wanted);
    current.scrollLeft = wanted;
  }, [scroller, place, x]);
}
