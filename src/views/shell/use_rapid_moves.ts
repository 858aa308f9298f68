/**
 * Says on the document when the cursor moves faster than pictures can glide: while somebody scrubs or holds a key down, each
 * picture is drawn where it belongs, and nothing is half-way to a place that is already left.
 */
import { useEffect, useReducer, useState } from "react";
import { pageStore } from "../../store/page_store.ts";

/** Longer than a motion takes. */
const RAPID_MS = 240;

export function isRapid(): boolean {
  return document.documentElement.dataset.rapid === "true";
}

/** Who draws less while the cursor races, and draws the rest when it does not any more. */
const atRest = new Set<() => void>();

/** Whether the cursor races as this is drawn; when it rests, it is drawn again. For lists: in a race what is in sight will do. */
export function useIsRacing(): boolean {
  const [, drawAgain] = useReducer((times: number) => times + 1, 0);
  const isRacing = isRapid();
  useEffect(() => {
    if (!isRacing) return;
    atRest.add(drawAgain);
    return () => void atRest.delete(drawAgain);
  }, [isRacing]);
  return isRacing;
}

/** The class of the motion with which something comes in. */
export type Arrival = "arrives" | "arrives-fading";

/** What first appears while the cursor moves fast is simply there, and stays so. */
export function useArrival(arrival: Arrival | undefined): Arrival | null {
  return useState(() => (arrival === undefined || isRapid() ? null : arrival))[0];
}

export function useRapidMoves(): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    let movedAt = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = pageStore.subscribe((page, old) => {
      if (page.position === old.position) return;
      const now = performance.now();
      if (now - movedAt < RAPID_MS && !isRapid()) dataset.rapid = "true";
      movedAt = now;
      clearTimeout(timer);
      timer = setTimeout(() => {
        delete dataset.rapid;
        for (const drawAgain of atRest) drawAgain();
      }, RAPID_MS);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, []);
}
