/**
 * The service worker: keeps one whole build of the site, all files of it or none, and answers from it. A newer build is
 * fetched beside it and waits until the person takes it, so that no page ever runs with files of two builds.
 */
import { cleanupOutdatedCaches, precacheAndRoute } from "workbox-precaching";
import { TAKE_OVER } from "./store/site_updates.ts";

/** Put in by the build: every file of the site with a mark of its content. */
declare const PRECACHE: readonly { readonly url: string; readonly revision: string | null }[];

precacheAndRoute([...PRECACHE]);
cleanupOutdatedCaches();

interface Waiting {
  skipWaiting(): Promise<void>;
}

addEventListener("message", (event) => {
  if (event.data?.type === TAKE_OVER) void (globalThis as unknown as Waiting).skipWaiting();
});
