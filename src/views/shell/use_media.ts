/** Whether a media query holds now. */
import { useSyncExternalStore } from "react";

/** Narrower than this, the page is one column with tabs. */
export const NARROW = "(max-width: 1023px)";

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
