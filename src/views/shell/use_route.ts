/** Which page is shown: the fragment decides, so that a static host needs no rules. */
import { useSyncExternalStore } from "react";

export type Route = "playground" | "fidelity" | "gallery" | "manual";

export const FIDELITY = "#/fidelity";
export const GALLERY = "#/gallery";
export const MANUAL = "#/manual";
/** In it the code for what the playground shows. */
export const EMBED = "#/manual/embed";
export const PLAYGROUND = "#/playground";
export const EMPTY_PLAYGROUND = "#/lesson/playground";
/** The playground with one of its examples. */
export function exampleLink(id: string): string {
  return `#/lesson/${id}`;
}
/** The playground, with the sheet that takes a text. */
export const PASTE = "#/paste";

const ROUTES: Readonly<Record<string, Route>> = {
  [FIDELITY]: "fidelity",
  [GALLERY]: "gallery",
  [MANUAL]: "manual",
  [EMBED]: "manual",
};

export function useRoute(): Route {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener("hashchange", changed);
      return () => window.removeEventListener("hashchange", changed);
    },
    () => ROUTES[window.location.hash] ?? "playground",
  );
}
