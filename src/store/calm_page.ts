/**
 * The page as all views but the leading picture read it. What follows from a move of the cursor or from a statement's events
 * comes to them in the frame after the one that shows it on the stage; while moves follow each other fast, a few times a
 * second. Everything else (a letter typed, a hover, a preference) comes at once.
 *
 *     moves     |  |||||||||||||||||     |
 *     stage     |  |||||||||||||||||     |
 *     calm       |  |     |     |    |    |
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { afterPicture } from "./after_picture.ts";
import { type PageState, type PageStore, pageStore } from "./page_store.ts";

/** Moves that are closer than this are a race: a frame or two, or a key that repeats. */
const RACE_MS = 90;
const REST_MS = 140;

/** What belongs together: all of it comes, or none. */
const HELD = [
  "timeline",
  "position",
  "stateAtCursor",
  "eventAtCursor",
  "script",
  "peek",
] as const satisfies readonly (keyof PageState)[];

export type CalmPage = StoreApi<PageState>;

/** `nowMs` is a clock that only goes forwards; `afterwards` runs its work behind the next picture. */
export function createCalmPage(
  store: PageStore,
  nowMs: () => number,
  afterwards: (work: () => void) => () => void,
): CalmPage {
  const calm = createStore<PageState>(() => store.getState());
  let movedMs = Number.NEGATIVE_INFINITY;
  /** Calls off the catching up that is due; null when nothing is held back. */
  let callOff: (() => void) | null = null;
  function catchUp(): void {
    callOff?.();
    callOff = null;
    calm.setState(store.getState(), true);
  }
  store.subscribe((page, old) => {
    // Another script: nothing of the old one is of use.
    if (page.openings !== old.openings) return catchUp();
    if (page.position === old.position && page.timeline === old.timeline) {
      if (callOff === null) return catchUp();
      const shown = calm.getState();
      const held = Object.fromEntries(HELD.map((part) => [part, shown[part]]));
      return calm.setState({ ...page, ...held }, true);
    }
    const now = nowMs();
    const isRace = now - movedMs < RACE_MS;
    movedMs = now;
    if (callOff !== null) return;
    if (isRace) {
      const timer = setTimeout(catchUp, REST_MS);
      callOff = () => clearTimeout(timer);
    } else callOff = afterwards(catchUp);
  });
  return calm;
}

export const calmPage: CalmPage = createCalmPage(pageStore, () => performance.now(), afterPicture);
