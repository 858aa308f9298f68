/**
 * Composes the page: the store, the worker with the simulated server, the views. What the address shows was asked for before
 * (`main.ts`).
 */

import { loadWords } from "virtual:words";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { subject } from "./shown.ts";
import { browserWorker, startWorker } from "./store/browser_worker.ts";
import { keepGuideIn } from "./store/guide_store.ts";
import { tellAll } from "./store/leaving.ts";
import { followAddress } from "./store/link/follow_address.ts";
import { pageStore } from "./store/page_store.ts";
import { startPage } from "./store/start_page.ts";
import { keptTexts } from "./store/storage.ts";
import { GuardedSite, loadCrashScreen } from "./views/crash/GuardedSite.tsx";
import { takeLaunchedFiles } from "./views/files/launched_files.ts";
import { Site } from "./views/Site.tsx";
import { firstPictureStands } from "./views/shell/behind_picture.ts";
import engineUrl from "./worker/engine.worker.ts?worker&url";

/** A frame that takes longer than this is not coming. */
const NO_FRAME_MS = 2000;

export interface Begun {
  /** The simulated server, on its way already. */
  readonly worker: Worker | null;
  /** What draws what the address shows; settled when it is there. */
  readonly view: Promise<unknown>;
  /** Nothing of a scenario is shown: it may come when the page stands. */
  readonly isReading: boolean;
  /** What the scenario does is known without the server: the page is drawn once, with it. */
  readonly isTold: boolean;
}

/** The story that the build has played is there in no time; if it is not after all, the page comes without. */
const STORY_MS = 300;

export function startSite({ worker, view, isReading, isTold }: Begun): void {
  const root = document.getElementById("root");
  if (root === null) throw new Error("index.html has no #root");
  const { setSurroundings } = pageStore.getState();
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  dark.addEventListener("change", () => setSurroundings({ darkScheme: dark.matches }));
  still.addEventListener("change", () => setSurroundings({ reducedMotion: still.matches }));
  const spawnWorker = spawning(worker);
  keepGuideIn(
    keptTexts(() => window.localStorage),
    spawnWorker,
  );
  let draw = (): void => {};
  const isAsked = new Promise<void>((resolve) => {
    draw = () => {
      drawIn(root);
      resolve();
    };
  });
  const drawn = Promise.allSettled([isAsked, view]).then(painted);
  void drawn.then(firstPictureStands);
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
    mayOpen: isReading ? drawn : Promise.resolve(),
    fragment: window.location.hash,
    subject: { lesson: subject("lesson"), guide: subject("guide") },
  });
  window.addEventListener("pagehide", () => {
    tellAll();
    saveNow();
  });
  followAddress(pageStore, opened);
  takeLaunchedFiles();
  // A part of the page that is not there any more: the site has a newer version.
  window.addEventListener("vite:preloadError", () => saveNow());
  const mayDraw = isTold ? Promise.race([opened.catch(() => undefined), passed(STORY_MS)]) : null;
  void Promise.all([languageIsThere(), mayDraw]).then(() => draw());
  // The first picture is drawn when the first scenario stands and the browser has painted it.
  void Promise.allSettled([opened, drawn])
    .then(painted)
    .then(() => {
      root.setAttribute("data-ready", "true");
      // What somebody may type or open next should not wait for the network.
      (window.requestIdleCallback ?? window.setTimeout)(() => {
        prepare();
        void import("./views/Playground.tsx").catch(() => undefined);
        void import("./views/session/SessionColumn.tsx").catch(() => undefined);
        void loadCrashScreen().catch(() => undefined);
      });
      // Who leaves the page while it is on its way has no use for it.
      if (import.meta.env.PROD) void watchSite(saveNow).catch(() => undefined);
    });
}

async function watchSite(saveNow: () => void): Promise<void> {
  const { watchSite } = await import("./store/site_updates.ts");
  await watchSite(pageStore, saveNow);
}

/** The worker that is on its way goes to the first who asks. */
function spawning(worker: Worker | null) {
  let early = worker;
  return () => {
    const given = early ?? startWorker(engineUrl);
    early = null;
    return browserWorker(given);
  };
}

/** What is said in Chinese is a file of its own: it is there before anything is. */
async function languageIsThere(): Promise<void> {
  const { prefer, preferences } = pageStore.getState();
  pageStore.setState({
    prefer: (change) => {
      if (change.language !== "zh") prefer(change);
      else void loadWords("zh").then(() => prefer(change));
    },
  });
  if (preferences.language !== "zh") return;
  await loadWords("zh").catch(() => prefer({ language: "en" }));
}

function drawIn(root: HTMLElement): void {
  createRoot(root).render(
    <StrictMode>
      <GuardedSite>
        <Site />
      </GuardedSite>
    </StrictMode>,
  );
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** A tab in the background is painted when somebody comes to it; what follows does not wait for that. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, NO_FRAME_MS);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}
