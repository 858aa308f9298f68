/** The page's end of the service worker: starts it, and offers a newer version when one is there. */
import type { PageStore } from "./page_store.ts";

export const TAKE_OVER = "SKIP_WAITING";
/** A page that is left open asks for a newer version when somebody comes back to it, so often at most. */
const ASK_EVERY_MS = 3_600_000;
/** A version that takes over does it at once. */
const TAKE_OVER_MS = 4000;

/** In a frame nothing is kept, and asking for it may throw. */
export async function watchSite(store: PageStore, saveNow: () => void): Promise<void> {
  if (window !== window.top || !hasServiceWorker()) return;
  if (document.readyState !== "complete") await loaded();
  const { serviceWorker } = navigator;
  let isAccepted = false;
  let isControlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener("controllerchange", () => {
    // The first of all comes to a page that is of its own version.
    const isNewer = isAccepted || isControlled;
    isControlled = true;
    if (!isNewer) return;
    // Accepted here or in another window: either way the files of the old version are gone.
    saveNow();
    window.location.reload();
  });
  const url = new URL("./service_worker.js", document.baseURI);
  // Storage full or forbidden: the page works, but only with the network.
  const registration = await serviceWorker.register(url).catch(() => null);
  if (registration === null) return;
  const accept = (worker: ServiceWorker): void => {
    isAccepted = true;
    saveNow();
    worker.postMessage({ type: TAKE_OVER });
    setTimeout(() => void beginAnew(), TAKE_OVER_MS);
  };
  whenOneWaits(registration, (worker) => store.setState({ update: () => accept(worker) }));
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - asked < ASK_EVERY_MS) return;
    asked = Date.now();
    void registration.update().catch(() => undefined);
  });
}

function loaded(): Promise<unknown> {
  return new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
}

/** Calls `offer` with a version that is there and waits for the running one to end, now or later. */
function whenOneWaits(
  registration: ServiceWorkerRegistration,
  offer: (worker: ServiceWorker) => void,
): void {
  const watch = (worker: ServiceWorker | null): void => {
    worker?.addEventListener("statechange", () => {
      // The first of all waits for nobody.
      if (worker.state === "installed" && registration.active !== null) offer(worker);
    });
  };
  if (registration.waiting !== null) offer(registration.waiting);
  watch(registration.installing);
  registration.addEventListener("updatefound", () => watch(registration.installing));
}

/**
 * The newer version was told to take over and does not: Chromium lets it wait, sometimes for minutes, until the running one is
 * idle. Without a service worker the page comes from the network, which has the newer version, and keeps it again.
 */
async function beginAnew(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  if (registration === undefined || !(await isReached())) return;
  await registration.unregister();
  window.location.reload();
}

/** An address that no service worker keeps is answered by the network or not at all. */
async function isReached(): Promise<boolean> {
  const url = new URL(`index.html?${Date.now()}`, document.baseURI);
  return fetch(url, { method: "HEAD", cache: "no-store" }).then(
    (answer) => answer.ok,
    () => false,
  );
}

function hasServiceWorker(): boolean {
  try {
    return navigator.serviceWorker !== undefined && window.isSecureContext;
  } catch {
    return false;
  }
}
