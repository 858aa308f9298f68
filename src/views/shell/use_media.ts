/** Whether a media query holds now; while the page is printed, whether it held before. */
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

interface Watched {
  readonly matches: () => boolean;
  readonly subscribe: (changed: () => void) => () => void;
}

const PAPER = "print";

/** One of each query: another `subscribe` would be subscribed to with each drawing, and a query made anew is worked out anew. */
const watched = new Map<string, Watched>();

function watch(query: string): Watched {
  const media = window.matchMedia(query);
  const paper = window.matchMedia(PAPER);
  let { matches } = media;
  const made: Watched = {
    // What is printed is the page as it is seen: a sheet is narrower than the window.
    matches: () => {
      if (!paper.matches) matches = media.matches;
      return matches;
    },
    subscribe: (changed) => {
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
  };
  watched.set(query, made);
  return made;
}

export function useMedia(query: string): boolean {
  const { subscribe, matches } = watched.get(query) ?? watch(query);
  return useSyncExternalStore(subscribe, matches);
}
