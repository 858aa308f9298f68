/** Which page is shown: the fragment decides, so that a static host needs no rules. */
import { useSyncExternalStore } from "react";

export type Route = "playground" | "fidelity";

export const FIDELITY = "#/fidelity";
export const PLAYGROUND = "#/";

export function useRoute(): Route {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener("hashchange", changed);
      return () => window.removeEventListener("hashchange", changed);
    },
    () => (window.location.hash === FIDELITY ? "fidelity" : "playground"),
  );
}
