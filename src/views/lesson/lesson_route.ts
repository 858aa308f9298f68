/**
 * The pages about lessons, by the address: its fragment alone decides.
 *
 *     (none), #/lessons      the map             #/learn/ID            a lesson beside the playground
 *     #/write                the editor          #/learn-own           the one kept on this device
 *                                                #/learn-text/...      one that the link itself holds
 */
import { useMemo, useSyncExternalStore } from "react";

export type LessonRoute =
  | { readonly page: "lessons" | "write" }
  | { readonly page: "learn"; readonly id: string | null; readonly packed: string | null }
  /** Some other page. */
  | { readonly page: "none" };

export const LESSONS = "#/lessons";
export const WRITE = "#/write";
export const OWN_LESSON = "#/learn-own";
const LEARN = "#/learn/";
const PACKED = "#/learn-text/";
const NONE: LessonRoute = { page: "none" };

export function useLessonRoute(): LessonRoute {
  const hash = useSyncExternalStore(
    (changed) => {
      window.addEventListener("hashchange", changed);
      return () => window.removeEventListener("hashchange", changed);
    },
    () => window.location.hash,
  );
  return useMemo(() => (hash === "" ? ofDocument() : null) ?? lessonRouteOf(hash), [hash]);
}

/** The document may be the page of a lesson; null when it is the site's own. */
function ofDocument(): LessonRoute | null {
  if (isAboutExample()) return NONE;
  const guide = document.querySelector<HTMLMetaElement>('meta[name="interleave:guide"]');
  return guide === null ? null : { page: "learn", id: guide.content, packed: null };
}

/** The document is the page of one of the playground's examples. */
function isAboutExample(): boolean {
  return document.querySelector('meta[name="interleave:lesson"]') !== null;
}

/** The site's own address is the map of lessons. */
export function lessonRouteOf(hash: string): LessonRoute {
  if (hash === "" || hash === "#" || hash === LESSONS) return { page: "lessons" };
  if (hash === WRITE) return { page: "write" };
  if (hash === OWN_LESSON) return { page: "learn", id: null, packed: null };
  if (hash.startsWith(PACKED)) {
    return { page: "learn", id: null, packed: hash.slice(PACKED.length) };
  }
  if (!hash.startsWith(LEARN)) return NONE;
  return { page: "learn", id: decodeURIComponent(hash.slice(LEARN.length)), packed: null };
}

export function lessonLink(id: string): string {
  return `${LEARN}${encodeURIComponent(id)}`;
}

export function packedLink(packed: string): string {
  return `${PACKED}${packed}`;
}
