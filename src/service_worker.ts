/**
 * The service worker: keeps one whole build of the site, all files of it or none, and answers from it. A newer build is
 * fetched beside it and waits until the person takes it, so that no page ever runs with files of two builds.
 */
import { cleanupOutdatedCaches, precacheAndRoute } from "workbox-precaching";
import { optionsIn } from "./embed/options.ts";
import { TAKE_OVER } from "./store/site_updates.ts";

/** Put in by the build: every file of the site with a mark of its content. */
declare const PRECACHE: readonly { readonly url: string; readonly revision: string | null }[];

/** Put in by the build: the lessons that are examples of the playground; the others are guided. */
declare const EXAMPLES: readonly string[];

precacheAndRoute([...PRECACHE]);
cleanupOutdatedCaches();

/** Put in by the build: the files that are kept when they are first used. */
declare const LATE: string;

interface Scope {
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
}

interface Navigation extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const scope = globalThis as unknown as Scope;

// A lesson's own page, and an embed's, are for those that come from elsewhere; without a network the site itself shows the same.
addEventListener("fetch", (event) => {
  const { request } = event as Navigation;
  const inSite = request.mode === "navigate" ? routeOf(new URL(request.url)) : null;
  if (inSite === null) return;
  const there = new URL(`./${inSite}`, scope.registration.scope).href;
  (event as Navigation).respondWith(fetch(request).catch(() => Response.redirect(there)));
});

/** Where the site shows what another page of it does; null for the site itself. */
function routeOf({ pathname, hash }: URL): string | null {
  const lesson = /\/lessons\/([\w-]+)\.html$/.exec(pathname)?.[1];
  if (lesson !== undefined) return routeOfLesson(lesson);
  if (!pathname.endsWith("/embed.html")) return null;
  const shown = optionsIn(hash);
  if (shown.link !== null) return `#s=${shown.link}`;
  return shown.lesson === null ? "#/playground" : routeOfLesson(shown.lesson);
}

function routeOfLesson(id: string): string {
  return `#/${EXAMPLES.includes(id) ? "lesson" : "learn"}/${id}`;
}

// What few people want is kept from its first use on; a file's name is its version.
const late = new RegExp(LATE);
addEventListener("fetch", (event) => {
  const { request } = event as Navigation;
  const name = late.exec(new URL(request.url).pathname)?.[1];
  if (name !== undefined) (event as Navigation).respondWith(keptFromFirstUse(request, name));
});

async function keptFromFirstUse(request: Request, name: string): Promise<Response> {
  const cache = await caches.open(`late ${scope.registration.scope}`);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (!answer.ok) return answer;
  try {
    for (const { url } of await cache.keys()) if (url.includes(name)) await cache.delete(url);
    await cache.put(request, answer.clone());
  } catch {
    // Full: it works as long as there is a network.
  }
  return answer;
}

addEventListener("message", (event) => {
  if (event.data?.type === TAKE_OVER) void scope.skipWaiting();
});
