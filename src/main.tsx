/** Composes the page: the store, the worker with the simulated server, the views. */

import { loadWords } from "virtual:words";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { browserWorker, startWorker } from "./store/browser_worker.ts";
import { keepGuideIn } from "./store/guide_store.ts";
import { followAddress } from "./store/link/follow_address.ts";
import { pageStore } from "./store/page_store.ts";
import { watchSite } from "./store/site_updates.ts";
import { startPage } from "./store/start_page.ts";
import { keptTexts } from "./store/storage.ts";
import { GuardedSite } from "./views/crash/CrashScreen.tsx";
import { takeLaunchedFiles } from "./views/files/launched_files.ts";
import { Site } from "./views/Site.tsx";
import engineUrl from "./worker/engine.worker.ts?worker&url";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

const subject = (kind: string): string | null =>
  document.querySelector<HTMLMetaElement>(`meta[name="interleave:${kind}"]`)?.content ?? null;
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
dark.addEventListener("change", () => setSurroundings({ darkScheme: dark.matches }));
still.addEventListener("change", () => setSurroundings({ reducedMotion: still.matches }));
const { setSurroundings } = pageStore.getState();

// Where a scenario is what somebody came for, the simulated server is fetched while the page draws itself for the first time.
const wantsScenario = /^#(s=|\/(playground|lesson\/))/.test(window.location.hash);
let early: Worker | null = wantsScenario ? startWorker(engineUrl) : null;
const spawnWorker = () => {
  const worker = early ?? startWorker(engineUrl);
  early = null;
  return browserWorker(worker);
};
keepGuideIn(
  keptTexts(() => window.localStorage),
  spawnWorker,
);
const { opened, saveNow, prepare } = startPage(pageStore, {
  spawnWorker,
  kept: keptTexts(
    () => window.localStorage,
    () => window.sessionStorage,
  ),
  surroundings: {
    darkScheme: dark.matches,
    reducedMotion: still.matches,
    languages: navigator.languages,
  },
  fragment: window.location.hash,
  subject: { lesson: subject("lesson"), guide: subject("guide") },
});
window.addEventListener("pagehide", saveNow);
followAddress(pageStore, opened);
takeLaunchedFiles();
// A part of the page that is not there any more: the site has a newer version.
window.addEventListener("vite:preloadError", () => saveNow());

// What is said in Chinese is a file of its own: it is there before anything is.
const { prefer, preferences } = pageStore.getState();
pageStore.setState({
  prefer: (change) => {
    if (change.language !== "zh") prefer(change);
    else void loadWords("zh").then(() => prefer(change));
  },
});
const isReady =
  preferences.language === "zh"
    ? loadWords("zh").catch(() => prefer({ language: "en" }))
    : Promise.resolve();
const drawn = isReady.then(draw);

function draw(): void {
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <GuardedSite>
        <Site />
      </GuardedSite>
    </StrictMode>,
  );
}

// The first picture is drawn when the first scenario stands and the browser has painted it.
void Promise.allSettled([opened, drawn]).then(() => {
  requestAnimationFrame(() => requestAnimationFrame(() => root.setAttribute("data-ready", "true")));
  // What somebody may type next should not wait for the network.
  (window.requestIdleCallback ?? window.setTimeout)(prepare);
  if (import.meta.env.PROD) void watchSite(pageStore, saveNow);
});
