/** The stretch of a wide picture that is worth drawing: what is in sight and half a screen's width on both sides, in steps. */
import { type RefObject, useEffect, useMemo, useState } from "react";
import { scrollBehavior } from "./use_own_scroll.ts";
import type { ScrollAim } from "./use_scrolled_to.ts";

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const STEP = 500;

/** `aim`: where the picture is about to be scrolled to, or null. */
export function useWindow(
  scroller: RefObject<Element | null>,
  width: number,
  aim: ScrollAim | null,
): Stretch {
  const [step, setStep] = useState(0);
  const [known, setKnown] = useState(aim);
  if (aim !== known) {
    setKnown(aim);
    // On a soft way there all that is passed is drawn as it comes.
    if (aim !== null && scrollBehavior() === "auto") setStep(Math.floor(aim.left / STEP));
  }
  useEffect(() => {
    const { current } = scroller;
    if (current === null) return;
    const read = (): void => setStep(Math.floor(current.scrollLeft / STEP));
    read();
    current.addEventListener("scroll", read, { passive: true });
    return () => current.removeEventListener("scroll", read);
  }, [scroller]);
  return useMemo(
    () => ({ from: step * STEP - width / 2, to: (step + 1) * STEP + 1.5 * width }),
    [step, width],
  );
}

/** Whether a thing touches the stretch. */
export function isWithin(
  thing: { readonly x: number; readonly width: number },
  stretch: Stretch,
): boolean {
  return thing.x <= stretch.to && thing.x + thing.width >= stretch.from;
}
