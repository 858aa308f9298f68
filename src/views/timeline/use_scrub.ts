/** The cursor follows a pointer that is held down on the timeline; a finger, once it goes sideways: until then it may be scrolling the page. */
import { type PointerEvent, type RefObject, useRef } from "react";
import { pageStore } from "../../store/page_store.ts";
import { positionAt, type TimelineScale } from "./timeline_geometry.ts";
import type { ScrollerPlace } from "./use_scroller.ts";

const SIDEWAYS_PX = 6;

/** What the track listens to. */
export interface Scrubbing {
  readonly onPointerDown: (pointer: PointerEvent) => void;
  readonly onPointerMove: (pointer: PointerEvent) => void;
  readonly onPointerUp: (pointer: PointerEvent) => void;
  readonly onPointerCancel: () => void;
}

export function useScrub(
  scroller: RefObject<HTMLElement | null>,
  place: RefObject<ScrollerPlace>,
  scale: TimelineScale,
): Scrubbing {
  /** Where the scroller's left edge is, while the pointer scrubs; a bar that is dragged scrubs nothing. */
  const edge = useRef<number | null>(null);
  /** Where a finger came down that has not gone sideways yet. */
  const touched = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const scrub = (pointer: PointerEvent): void => {
    if (edge.current === null) return;
    // The bars between panels look for the pointer by asking the layout: not while it scrubs.
    pointer.stopPropagation();
    const { seek } = pageStore.getState();
    seek(positionAt(scale, pointer.clientX - edge.current + place.current.left));
  };
  const end = (): void => {
    edge.current = null;
    touched.current = null;
  };
  return {
    onPointerDown: (pointer) => {
      pointer.currentTarget.setPointerCapture(pointer.pointerId);
      edge.current = scroller.current?.getBoundingClientRect().left ?? null;
      const isFinger = pointer.pointerType === "touch";
      touched.current = isFinger ? { x: pointer.clientX, y: pointer.clientY } : null;
      if (!isFinger) scrub(pointer);
    },
    onPointerMove: (pointer) => {
      if (pointer.buttons !== 1) return end();
      if (touched.current !== null) {
        const right = Math.abs(pointer.clientX - touched.current.x);
        const down = Math.abs(pointer.clientY - touched.current.y);
        if (right < SIDEWAYS_PX || right < down) return;
        touched.current = null;
      }
      scrub(pointer);
    },
    onPointerUp: (pointer) => {
      // A tap.
      if (touched.current !== null) scrub(pointer);
      end();
    },
    onPointerCancel: end,
  };
}
