/**
 * Where the scripts of an embedded frame meet. A classic script cannot import another, and a frame without an origin
 * cannot load modules; so what is wanted only by some embeds comes as further classic scripts, which find here what the
 * first has, and leave here what they bring.
 *
 *     embed-*.js ──makes──▶ interleaveFrame.shared      React, the store, the trace's functions: one of each in a frame
 *     embed_guide-*.js ───▶ interleaveFrame.guide       the guide of a lesson (src/embed_guide.tsx)
 *     embed_why-*.js ─────▶ interleaveFrame.why         the answer to "why?" (src/embed_why.tsx)
 *     lessons/NAME.js ────▶ interleaveFrame.lessons     the text of one lesson, read by the build; how it begins, played there
 */
import type { LessonText } from "../lessons/format/lesson_text.ts";
import type { WorkerLike } from "../store/engine_client.ts";
import type { Played } from "../store/story.ts";

export interface Guide<View> {
  /** Opens the lesson where `at` says, its beginning if null; resolves when the server is there. */
  open(lesson: LessonText, at: string | null): Promise<void>;
  /** Whether what is seen is a place in the lesson, and not something of the reader's own. */
  isOnItsWay(): boolean;
  /** Takes where links to other lessons lead. */
  readonly View: View;
}

/** What the frame's own script shares with its chunks, which are classic scripts and import nothing. */
export interface FrameDoor<View, Why> {
  readonly shared: Readonly<Record<string, unknown>>;
  readonly spawnWorker: () => WorkerLike;
  readonly lessons: Record<string, LessonText>;
  /** Takes what a lesson's beginning does, on the server of this file. */
  readonly told: (server: string, played: Played) => void;
  guide: Guide<View> | null;
  why: Why | null;
}

const place = globalThis as { interleaveFrame?: unknown };

/** Opens it for the chunks that come, as a global of the frame. */
export function makeDoor<View, Why>(door: FrameDoor<View, Why>): FrameDoor<View, Why> {
  place.interleaveFrame = door;
  return door;
}

/** The one that the frame's first script has made. */
export function frameDoor<View, Why>(): FrameDoor<View, Why> {
  if (place.interleaveFrame === undefined) throw new Error("the frame's script has not run");
  return place.interleaveFrame as FrameDoor<View, Why>;
}

/** Once each. Rejects when the file is not there, or the network. */
export function fetchPart(url: string): Promise<void> {
  const before = fetched.get(url);
  if (before !== undefined) return before;
  const isStyle = url.endsWith(".css");
  const element = document.createElement(isStyle ? "link" : "script");
  const done = new Promise<void>((resolve, reject) => {
    element.addEventListener("load", () => resolve());
    element.addEventListener("error", () => {
      fetched.delete(url);
      element.remove();
      reject(new Error(url));
    });
  });
  if (element instanceof HTMLLinkElement) {
    element.rel = "stylesheet";
    element.href = url;
  } else element.src = url;
  document.head.append(element);
  fetched.set(url, done);
  return done;
}

const fetched = new Map<string, Promise<void>>();
