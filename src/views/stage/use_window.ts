/**
 * The stretch of a wide picture that is worth drawing: what is in sight and half a screen's width on both sides, in steps. Of a
 * picture that leaps only what is in sight, until it rests.
 */
import { type RefObject, useEffect, useMemo, useState } from "react";
import { isRapid } from "../shell/use_rapid_moves.ts";
import type { ScrollAim, ScrollerPlace } from "../timeline/use_scroller.ts";
import { scrollBehavior } from "./use_own_scroll.ts";

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What of it is drawn, and where its scroller stands, in steps. */
export interface Window extends Stretch {
  readonly left: number;
  /** Whether it goes by in a race. */
  readonly isFleeting: boolean;
}

const STEP = 500;
/** On both sides of what is in sight: a lock's mark reaches beyond its record. */
const BRIM = 40;
/** So often is asked whether it does. */
const REST_MS = 160;

/** `aim`: where the picture is about to be scrolled to, or null; `behavior` says how. */
export function useWindow(
  scroller: RefObject<Element | null>,
  place: RefObject<ScrollerPlace>,
  width: number,
  aim: ScrollAim | null,
  behavior: () => ScrollBehavior = scrollBehavior,
): Window {
  const [step, setStep] = useState(0);
  const [known, setKnown] = useState(aim);
  /** Where it has leapt to, and does not rest yet. */
  const [leapt, setLeapt] = useState<number | null>(null);
  if (aim !== known) {
    setKnown(aim);
    // On a soft way there all that is passed is drawn as it comes.
    if (aim !== null && behavior() === "auto") {
      setStep(Math.floor(aim.left / STEP));
      setLeapt(aim.left);
    }
  }
  useEffect(() => {
    if (leapt === null) return;
    const rest = (): void => {
      if (isRapid()) timer = setTimeout(rest, REST_MS);
      else setLeapt(null);
    };
    let timer = setTimeout(rest, REST_MS);
    return () => clearTimeout(timer);
  }, [leapt]);
  useEffect(() => {
    const { current } = scroller;
    if (current === null) return;
    const read = (): void => {
      const { left } = place.current;
      setStep(Math.floor(left / STEP));
      setLeapt((from) => (from === null || Math.abs(from - left) < BRIM / 2 ? from : null));
    };
    read();
    current.addEventListener("scroll", read, { passive: true });
    return () => current.removeEventListener("scroll", read);
  }, [scroller, place]);
  return useMemo(
    () =>
      leapt === null
        ? {
            from: step * STEP - width / 2,
            to: (step + 1) * STEP + 1.5 * width,
            left: step * STEP,
            isFleeting: false,
          }
        : { from: leapt - BRIM, to: leapt + width + BRIM, left: leapt, isFleeting: isRapid() },
    [step, leapt, width],
  );
}

/** Whether a thing touches the stretch. */
export function isWithin(
  thing: { readonly x: number; readonly width: number },
  stretch: Stretch,
): boolean {
  return thing.x <= stretch.to && thing.x + thing.width >= stretch.from;
}
