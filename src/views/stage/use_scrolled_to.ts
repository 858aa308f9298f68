/** Keeps a place of a picture in view: scrolls there when it changes, or is asked for anew, and is out of sight, and only then. */
import { type RefObject, useLayoutEffect, useMemo } from "react";
import type { Box } from "../../diagrams/geometry.ts";
import {
  type ScrollAim,
  type ScrollerPlace,
  scrolledWithPicture,
} from "../timeline/use_scroller.ts";
import { scrollBehavior, useOwnScrollOf } from "./use_own_scroll.ts";

/** Beside what was cut off. */
const MARGIN = 12;

/** `moment`: another one asks anew. `stuck`: pixels at the left that something else covers. `all`: how wide the whole is. */
export function useScrolledTo(
  scroller: RefObject<Element | null>,
  place: RefObject<ScrollerPlace>,
  box: Box | null,
  moment: unknown,
  stuck: number,
  all: number,
): ScrollAim | null {
  const left = box === null ? null : box.x;
  const right = box === null ? null : box.x + box.width;
  const isHeld = useOwnScrollOf(scroller);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width of the whole is no reason to scroll
  const aim = useMemo((): ScrollAim | null => {
    if (left === null || right === null || isHeld()) return null;
    const { left: from, width } = place.current;
    const room = width - stuck;
    if (left >= from && right <= from + room) return null;
    return { left: Math.max(0, Math.min(broughtTo(left, right, from, room), all - width)) };
  }, [place, left, right, moment, stuck, isHeld]);
  useLayoutEffect(
    () => (aim === null ? undefined : scrolledWithPicture(scroller, place, aim, scrollBehavior())),
    [scroller, place, aim],
  );
  return aim;
}

/** What is cut off comes whole into sight; what is not seen at all comes with what lies to both sides of it. */
function broughtTo(left: number, right: number, from: number, room: number): number {
  const fits = right - left + 2 * MARGIN <= room;
  if (fits && left < from && right > from) return left - MARGIN;
  if (fits && left < from + room && right > from + room) return right + MARGIN - room;
  return (left + right - room) / 2;
}
