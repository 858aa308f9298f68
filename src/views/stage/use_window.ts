/** The stretch of a wide picture that is worth drawing: what is in sight and half a screen's width on both sides, in steps. */
import { type RefObject, useEffect, useMemo, useState } from "react";

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const STEP = 500;

export function useWindow(scroller: RefObject<Element | null>, width: number): Stretch {
  const [step, setStep] = useState(0);
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
