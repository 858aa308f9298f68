/**
 * Brings what a panel is about into its view, from top to bottom: the thing itself with its surroundings, as much of
 * them as there is room for. Only when what it is about changes, or the panel's height does, and never against a
 * person's own scrolling.
 */
import { type RefObject, useCallback, useEffect, useEffectEvent, useRef } from "react";
import { maxOf, minOf } from "../../base/lists.ts";
import { scrollBehavior, useOwnScroll } from "./use_own_scroll.ts";

/** Above and below what is brought into view. */
const MARGIN = 8;

/**
 * `surroundings`, `thing` and `company` are selectors inside `place`, null when there is no such thing; `company` is what
 * the thing is not understood without. `moment` changes when a look is due. What lies above all, marked `data-whole`, is
 * seen whole or not at all.
 */
export function useFocusInView(
  place: RefObject<HTMLElement | null>,
  surroundings: string | null,
  thing: string | null,
  moment: unknown,
  company: string | null = null,
): void {
  const isHeld = useOwnScroll(useCallback(() => scrollerOf(place.current), [place]));
  const lookedAt = useRef(Number.POSITIVE_INFINITY);
  const look = useEffectEvent(() => {
    const scroller = scrollerOf(place.current);
    const outer =
      surroundings === null ? null : (place.current?.querySelector(surroundings) ?? null);
    if (scroller === null || outer === null) return;
    const things = thing === null ? [] : [...outer.querySelectorAll(thing)];
    const others = company === null || things.length === 0 ? [] : outer.querySelectorAll(company);
    const view = scroller.getBoundingClientRect();
    const boxes = [...things, ...others].map((each) => each.getBoundingClientRect());
    const whole = place.current?.querySelector("[data-whole]")?.getBoundingClientRect();
    const by = keptWhole(distance(view, outer.getBoundingClientRect(), boxes), view, whole);
    if (place.current !== null) makeRoom(place.current, scroller, by);
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
function distance(view: Extent, outer: Extent, boxes: readonly Extent[]): number {
  const [inner] = boxes;
  const room = view.bottom - view.top - 2 * MARGIN;
  const [top, bottom] = [view.top + MARGIN, view.bottom - MARGIN];
  if (outer.bottom - outer.top <= room) return nearest(top, bottom, outer);
  if (inner !== undefined) {
    const all = around(boxes);
    // With its company and the beginning of what surrounds it; of these as much as fits.
    const wanted = [
      { top: outer.top, bottom: all.bottom },
      all,
      { top: outer.top, bottom: inner.bottom },
      inner,
    ];
    return nearest(top, bottom, wanted.find((box) => box.bottom - box.top <= room) ?? inner);
  }
  const isAnyInView = outer.top < bottom - room / 2 && outer.bottom > top + room / 2;
  return isAnyInView ? 0 : outer.top - top;
}

function around(boxes: readonly Extent[]): Extent {
  return {
    top: minOf(boxes.map(({ top }) => top)),
    bottom: maxOf(boxes.map(({ bottom }) => bottom)),
  };
}

/** What would be cut through is scrolled out. */
function keptWhole(by: number, view: Extent, whole: Extent | undefined): number {
  if (whole === undefined) return by;
  const isCut = whole.top - by < view.top && whole.bottom - by > view.top;
  return isCut ? whole.bottom - view.top : by;
}

/** Below what is drawn, where it ends too early to be scrolled so far. */
function makeRoom(place: HTMLElement, scroller: Element, by: number): void {
  const { style } = place;
  if (style.paddingBottom !== "") style.paddingBottom = "";
  if (by <= 0) return;
  const missing = by - (scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop);
  if (missing > 0) style.paddingBottom = `${Math.ceil(missing)}px`;
}

function nearest(top: number, bottom: number, box: Extent): number {
  // It is all in sight, if only just: what stands above it stays where it is.
  if (box.top >= top - MARGIN && box.bottom <= bottom + MARGIN) return 0;
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
