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

interface Watched {
  readonly matches: () => boolean;
  readonly subscribe: (changed: () => void) => () => void;
}

/** One of each query: another `subscribe` would be subscribed to with each drawing, and a query made anew is worked out anew. */
const watched = new Map<string, Watched>();

function watch(query: string): Watched {
  const media = window.matchMedia(query);
  const made: Watched = {
    matches: () => media.matches,
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
