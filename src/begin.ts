/**
 * Stands in the head of the built page itself: as soon as the browser has read the address, all files that it needs are asked
 * for at once, and not each when another has named it. The build puts their names in (`test/tools/build/early_chunks.ts`).
 */
import { isKeptOffline } from "./lessons/kept_offline.ts";
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
/** What each example does, where that is known without the server. */
declare const PLAYED: Readonly<Record<string, string>>;
declare const FIRST_EXAMPLE: string;
declare const ENGINE_FILE: string;

const { hash } = window.location;
const shown = shownAt(window.location);
for (const file of FILES[shown]) ask(file);
const story = storyFile();
if (story !== undefined) ask(story);
// Where a scenario is what somebody came for and only the server can tell it, it is fetched with the page.
else if (shown === "scenario") window.interleaveWorker = startWorker(ENGINE_FILE);

/** What the story that is shown has to itself: a lesson's text, what an example does. */
function storyFile(): string | undefined {
  // A page that is kept for offline has the server, and all texts in one file.
  if (isKeptOffline()) return undefined;
  if (shown === "lesson") {
    return TEXTS[subject("guide") ?? /^#\/learn\/([\w-]+)/.exec(hash)?.[1] ?? ""];
  }
  const example = subject("lesson") ?? /^#\/lesson\/([\w-]+)/.exec(hash)?.[1];
  if (example !== undefined) return PLAYED[example];
  const isFirst = shown === "scenario" && !hash.startsWith("#s=") && !wasHere();
  return isFirst ? PLAYED[FIRST_EXAMPLE] : undefined;
}

/** Somebody who was here before goes on with what they had. */
function wasHere(): boolean {
  try {
    return localStorage.getItem("interleave.page.1") !== null;
  } catch {
    return false;
  }
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
