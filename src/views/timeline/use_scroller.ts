/** A scroller's place and width, known without asking the layout for them: that would cost a layout with every step. */
import { type RefObject, useLayoutEffect, useMemo, useRef } from "react";

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

/** Where a scroller is about to be: what comes into sight there is drawn with the picture, not behind it. */
export interface ScrollAim {
  readonly left: number;
}

/** Brings `x` into sight, with some room at either side, of a scroller of this width that holds something as wide as `all`. */
export function useKeptInSight(
  scroller: RefObject<Element | null>,
  place: RefObject<ScrollerPlace>,
  x: number,
  width: number,
  all: number,
): ScrollAim | null {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width of the whole is no reason to scroll
  const aim = useMemo((): ScrollAim | null => {
    const { left } = place.current;
    const margin = Math.min(40, width / 4);
    const wanted =
      x < left + margin ? x - margin : x > left + width - margin ? x - width + margin : left;
    const possible = Math.max(0, Math.min(wanted, all - width));
    return possible === left ? null : { left: possible };
  }, [place, x, width]);
  useLayoutEffect(
    () => (aim === null ? undefined : scrolledWithPicture(scroller, place, aim, "auto")),
    [scroller, place, aim],
  );
  return aim;
}

/**
 * When all else that this task draws has been drawn: one layout for both. The scroll's event comes with the picture's frame then, and
 * needs none of its own: behind a frame that shows nothing new the next input waits. Returns what calls it off.
 */
export function scrolledWithPicture(
  scroller: RefObject<Element | null>,
  place: RefObject<ScrollerPlace>,
  { left }: ScrollAim,
  behavior: ScrollBehavior,
): () => void {
  let isOff = false;
  queueMicrotask(() => {
    if (isOff) return;
    scroller.current?.scrollTo({ left, behavior });
    if (behavior !== "auto") return;
    place.current.left = left;
    place.current.broughtMs = performance.now();
  });
  return () => {
    isOff = true;
  };
}
