/**
 * The pages about lessons, by the address: its fragment alone decides.
 *
 *     (none), #/, #/lessons  the map             #/learn/ID            a lesson beside the playground
 *     #/write                the editor          #/learn/ID/3/zh       its third part, in Chinese
 *                                                #/learn-own           the one kept on this device
 *                                                #/learn-text/...      one that the link itself holds
 */
import { useMemo, useSyncExternalStore } from "react";
import type { Language } from "../../store/preferences.ts";

export type LessonRoute =
  | { readonly page: "lessons" | "write" }
  | {
      readonly page: "learn";
      readonly id: string | null;
      readonly packed: string | null;
      /** The part that a copied link opens, from 1, and its language. */
      readonly at: number | null;
      readonly language: Language | null;
    }
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
  return useMemo(() => routeAt(hash), [hash]);
}

/** Outside of what is drawn. */
export function lessonRouteNow(): LessonRoute {
  return routeAt(window.location.hash);
}

function routeAt(hash: string): LessonRoute {
  return (hash === "" ? ofDocument() : null) ?? lessonRouteOf(hash);
}

/** The document may be the page of a lesson; null when it is the site's own. */
function ofDocument(): LessonRoute | null {
  if (isAboutExample()) return NONE;
  const guide = document.querySelector<HTMLMetaElement>('meta[name="interleave:guide"]');
  return guide === null ? null : learn(guide.content, null);
}

/** The document is the page of one of the playground's examples. */
function isAboutExample(): boolean {
  return document.querySelector('meta[name="interleave:lesson"]') !== null;
}

/** The site's own address is the map of lessons. */
export function lessonRouteOf(hash: string): LessonRoute {
  if (/^#?\/?$/.test(hash) || hash === LESSONS) return { page: "lessons" };
  if (hash === WRITE) return { page: "write" };
  if (hash === OWN_LESSON) return learn(null, null);
  if (hash.startsWith(PACKED)) {
    const [packed = "", ...place] = hash.slice(PACKED.length).split("/");
    return learn(null, packed, place);
  }
  if (!hash.startsWith(LEARN)) return NONE;
  const [id = "", ...place] = hash.slice(LEARN.length).split("/");
  return learn(decodeURIComponent(id), null, place);
}

function learn(
  id: string | null,
  packed: string | null,
  [at = "", language = ""]: readonly string[] = [],
): LessonRoute {
  return {
    page: "learn",
    id,
    packed,
    at: /^[1-9]\d{0,3}$/.test(at) ? Number(at) : null,
    language: language === "en" || language === "zh" ? language : null,
  };
}

/** What is put behind a lesson's link to open it at a part, in a language. */
export function placeInLesson(at: number, language: Language): string {
  return `/${at}/${language}`;
}

export function lessonLink(id: string): string {
  return `${LEARN}${encodeURIComponent(id)}`;
}

export function packedLink(packed: string): string {
  return `${PACKED}${packed}`;
}
