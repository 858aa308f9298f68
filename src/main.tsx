/** Composes the page: the store, the worker with the simulated server, the views. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { lazyWorker } from "./store/browser_worker.ts";
import { pageStore } from "./store/page_store.ts";
import { startPage } from "./store/start_page.ts";
import { keptTexts } from "./store/storage.ts";
import { App } from "./views/App.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

/** The simulated server is larger than the page: the page is drawn first. */
async function loadEngine(): Promise<Worker> {
  const { default: EngineWorker } = await import("./worker/engine.worker.ts?worker&inline");
  return new EngineWorker();
}

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
dark.addEventListener("change", () => setSurroundings({ darkScheme: dark.matches }));
still.addEventListener("change", () => setSurroundings({ reducedMotion: still.matches }));
const { setSurroundings } = pageStore.getState();

const { opened, saveNow } = startPage(pageStore, {
  spawnWorker: () => lazyWorker(loadEngine),
  kept: keptTexts(() => window.localStorage),
  surroundings: {
    darkScheme: dark.matches,
    reducedMotion: still.matches,
    languages: navigator.languages,
  },
});
window.addEventListener("pagehide", saveNow);

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

// The first picture is drawn when the first scenario stands and the browser has painted it.
void opened.then(() => {
  requestAnimationFrame(() => requestAnimationFrame(() => root.setAttribute("data-ready", "true")));
});
