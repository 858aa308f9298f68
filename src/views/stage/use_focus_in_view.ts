/**
 * Brings what a panel is about into its view, from top to bottom: the thing itself with its surroundings, as much of
 * them as there is room for. Only when what it is about changes, or the panel's height does, and never against a
 * person's own scrolling.
 */
import { type RefObject, useCallback, useEffect, useEffectEvent, useRef } from "react";
import { scrollBehavior, useOwnScroll } from "./use_own_scroll.ts";

/** Above and below what is brought into view. */
const MARGIN = 8;

/**
 * `surroundings` and `thing` are selectors inside `place`, null when there is no such thing; `moment` changes when a
 * look is due.
 */
export function useFocusInView(
  place: RefObject<Element | null>,
  surroundings: string | null,
  thing: string | null,
  moment: unknown,
): void {
  const isHeld = useOwnScroll(useCallback(() => scrollerOf(place.current), [place]));
  const lookedAt = useRef(Number.POSITIVE_INFINITY);
  const look = useEffectEvent(() => {
    const scroller = scrollerOf(place.current);
    const outer =
      surroundings === null ? null : (place.current?.querySelector(surroundings) ?? null);
    if (scroller === null || outer === null) return;
    const inner = thing === null ? null : outer.querySelector(thing);
    const view = scroller.getBoundingClientRect();
    const by = distance(view, outer.getBoundingClientRect(), inner?.getBoundingClientRect());
    if (by !== 0) scroller.scrollBy({ top: by, behavior: scrollBehavior() });
    lookedAt.current = performance.now();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new moment is a reason to look again
  useEffect(() => {
    if (surroundings === null) return;
    // When the pictures have been measured and drawn.
    const frame = requestAnimationFrame(() => !isHeld() && look());
    return () => cancelAnimationFrame(frame);
  }, [surroundings, thing, moment, isHeld]);
  // A new lane of the timeline or a notice has taken room from it.
  useEffect(() => {
    const scroller = scrollerOf(place.current);
    if (scroller === null) return;
    const observer = new ResizeObserver(() => {
      if (!isHeld(lookedAt.current)) look();
    });
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [place, isHeld]);
}

interface Extent {
  readonly top: number;
  readonly bottom: number;
}

/** How far to scroll: so that the outer one is in view if it fits, else its beginning, but the inner one for certain. */
function distance(view: Extent, outer: Extent, inner: Extent | undefined): number {
  const room = view.bottom - view.top - 2 * MARGIN;
  const [top, bottom] = [view.top + MARGIN, view.bottom - MARGIN];
  if (outer.bottom - outer.top <= room) return nearest(top, bottom, outer);
  if (inner !== undefined) {
    // With the beginning of what surrounds it, when both fit.
    const both = { top: outer.top, bottom: inner.bottom };
    if (both.bottom - both.top <= room) return nearest(top, bottom, both);
    return nearest(top, bottom, inner);
  }
  const isAnyInView = outer.top < bottom - room / 2 && outer.bottom > top + room / 2;
  return isAnyInView ? 0 : outer.top - top;
}

function nearest(top: number, bottom: number, box: Extent): number {
  if (box.top < top) return box.top - top;
  return box.bottom > bottom ? Math.min(box.bottom - bottom, box.top - top) : 0;
}

/** It or its nearest ancestor that scrolls from top to bottom. */
export function scrollerOf(element: Element | null): Element | null {
  for (let at = element; at !== null; at = at.parentElement) {
    const { overflowY } = getComputedStyle(at);
    if (overflowY === "auto" || overflowY === "scroll") return at;
  }
  return null;
}
