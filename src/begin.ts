/**
 * Stands in the head of the built page itself: as soon as the browser has read the address, all files that it needs are asked
 * for at once, and not each when another has named it. The build puts their names in (`test/tools/build/early_chunks.ts`).
 */
import { type Shown, shownAt, subject } from "./shown.ts";
import { startWorker } from "./store/browser_worker.ts";

declare global {
  interface Window {
    /** The simulated server on its way; the first who asks takes it. */
    interleaveWorker?: Worker | undefined;
  }
}

/** Relative to the site. */
declare const FILES: Readonly<Record<Shown, readonly string[]>>;
/** The text of each guided lesson. */
declare const TEXTS: Readonly<Record<string, string>>;
declare const ENGINE_FILE: string;

const shown = shownAt(window.location);
// Where a scenario is what somebody came for, the simulated server is fetched with the page.
if (shown === "scenario") window.interleaveWorker = startWorker(ENGINE_FILE);
for (const file of FILES[shown]) ask(file);
if (shown === "lesson") {
  const text =
    TEXTS[subject("guide") ?? /^#\/learn\/([\w-]+)/.exec(window.location.hash)?.[1] ?? ""];
  // A page that is kept has them all in one file.
  if (text !== undefined && !navigator.serviceWorker?.controller) ask(text);
}

function ask(file: string): void {
  const link = document.createElement("link");
  const isStyle = file.endsWith(".css");
  link.rel = isStyle ? "preload" : "modulepreload";
  if (isStyle) link.as = "style";
  link.crossOrigin = "";
  link.href = file;
  document.head.append(link);
}
