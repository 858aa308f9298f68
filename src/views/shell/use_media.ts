/** Whether a media query holds now. */
import { useSyncExternalStore } from "react";

/** As in `tokens.css`, with its `--picture-zoom`. */
export const HUGE = "(min-width: 2500px) and (min-height: 1250px)";
export const HUGE_ZOOM = 1.5;
/** Narrower than this, the page is one column with tabs. */
export const NARROW = "(max-width: 1023px)";
/** Lower than this, the stage has two rows of panels. */
export const LOW = "(max-height: 800px)";

/** A finger points. */
export const TOUCH = "(pointer: coarse)";

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => window.matchMedia(query).matches,
  );
}
