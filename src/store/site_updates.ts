/** The page's end of the service worker: starts it, and offers a newer version when one is there. */
import type { PageStore } from "./page_store.ts";

export const TAKE_OVER = "SKIP_WAITING";
/** A page that is left open asks for a newer version when somebody comes back to it, so often at most. */
const ASK_EVERY_MS = 3_600_000;

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

function hasServiceWorker(): boolean {
  try {
    return navigator.serviceWorker !== undefined && window.isSecureContext;
  } catch {
    return false;
  }
}
