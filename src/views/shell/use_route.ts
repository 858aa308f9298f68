/** Which page is shown: the fragment decides, so that a static host needs no rules. */
import { useSyncExternalStore } from "react";

export type Route = "playground" | "fidelity" | "manual";

export const FIDELITY = "#/fidelity";
export const MANUAL = "#/manual";
export const PLAYGROUND = "#/";

export function useRoute(): Route {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener("hashchange", changed);
      return () => window.removeEventListener("hashchange", changed);
    },
    () => {
      const { hash } = window.location;
      if (hash === MANUAL) return "manual";
      return hash === FIDELITY ? "fidelity" : "playground";
    },
  );
}
