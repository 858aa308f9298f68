/**
 * Moves an element along a way, by an animation that stands still and is only put to another time: Chrome then moves the layer and
 * nothing else. A transform that is written as style has all layers of the page laid out anew (0.4 ms, with each move of the cursor).
 */
import { type RefObject, useLayoutEffect, useRef } from "react";

/** As long as the way is far: fine enough for any place on it. */
const WAY_MS = 1_000_000;

/** `end` is where the way leads, as for `translateX`; `part` how much of it has been gone, from 0 to 1. */
export function useWay(element: RefObject<Element | null>, end: string, part: number): void {
  const way = useRef<Animation | null>(null);
  useLayoutEffect(() => {
    const transform = ["translateX(0)", `translateX(${end})`];
    const animation = element.current?.animate({ transform }, { duration: WAY_MS, fill: "both" });
    animation?.pause();
    way.current = animation ?? null;
    return () => animation?.cancel();
  }, [element, end]);
  useLayoutEffect(() => {
    if (way.current !== null) way.current.currentTime = part * WAY_MS;
  });
}
