/** What of the track is in sight, with something on both sides, in steps: so that scrolling seldom redraws. */
import { type RefObject, useEffect, useMemo, useState } from "react";
import type { Sight } from "./timeline_geometry.ts";

const STEP_PX = 400;

export function useSight(
  scroller: RefObject<Element | null>,
  width: number,
): Sight & { readonly view: number } {
  const [step, setStep] = useState(0);
  useEffect(() => {
    const { current } = scroller;
    if (current === null) return;
    const read = (): void => setStep(Math.floor(current.scrollLeft / STEP_PX));
    read();
    current.addEventListener("scroll", read, { passive: true });
    return () => current.removeEventListener("scroll", read);
  }, [scroller]);
  return useMemo(
    () => ({
      from: step * STEP_PX - width * 0.3,
      to: (step + 1) * STEP_PX + width * 1.3,
      view: step * STEP_PX,
    }),
    [step, width],
  );
}
