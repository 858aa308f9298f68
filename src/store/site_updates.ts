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
  const { Workbox } = await import("workbox-window");
  const worker = new Workbox(new URL("./service_worker.js", document.baseURI).href);
  let isAccepted = false;
  worker.addEventListener("waiting", () => {
    store.setState({
      update: () => {
        isAccepted = true;
        saveNow();
        worker.messageSkipWaiting();
        setTimeout(() => void beginAnew(), TAKE_OVER_MS);
      },
    });
  });
  worker.addEventListener("controlling", ({ isUpdate }) => {
    // Accepted here or in another window: either way the files of the old version are gone.
    if (!isAccepted && isUpdate !== true) return;
    saveNow();
    window.location.reload();
  });
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - asked < ASK_EVERY_MS) return;
    asked = Date.now();
    void worker.update().catch(() => undefined);
  });
  try {
    await worker.register();
  } catch {
    // Storage full or forbidden: the page works, but only with the network.
  }
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
