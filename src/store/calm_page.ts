/**
 * The page as all views but the leading picture read it. What follows from a move of the cursor or from a statement's events
 * comes to them behind the frame that shows it on the stage, one turn after the other, so that no frame has to draw all of it;
 * while moves follow each other fast, a few times a second. Everything else (a letter typed, a hover, a preference) comes at once.
 *
 *     moves     |  |||||||||||||||||     |
 *     stage     |  |||||||||||||||||     |
 *     turn 0     |  |     |     |    |    |
 *     turn 1      |  |     |     |    |    |
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { afterPicture, afterTask } from "./after_picture.ts";
import { type PageState, type PageStore, pageStore } from "./page_store.ts";

/** Moves that are closer than this are a race: a frame or two, or a key that repeats. */
const RACE_MS = 90;
const REST_MS = 140;
/** A turn that took no longer leaves the next one room in its frame. */
const ROOM_MS = 3;

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

/** The session cards and the bar at the top; the timeline; then the panels of the stage in their order. */
const TURNS = 5;

/** Runs something later, and returns what calls it off. */
type Later = (work: () => void) => () => void;

/**
 * One page for each turn. `nowMs` is a clock that only goes forwards; `afterFrame` runs its work behind the next picture,
 * `afterWork` when what was begun has been worked out.
 */
export function createCalmPages(
  store: PageStore,
  turns: number,
  nowMs: () => number,
  afterFrame: Later,
  afterWork: Later,
): readonly CalmPage[] {
  const pages = Array.from({ length: turns }, () => createStore<PageState>(() => store.getState()));
  let movedMs = Number.NEGATIVE_INFINITY;
  /** Calls off the turn that is due; null when nothing is held back. */
  let callOff: (() => void) | null = null;

  function catchUp(): void {
    callOff?.();
    callOff = null;
    for (const page of pages) page.setState(store.getState(), true);
  }

  /** Catches up with one turn after the other; moves made meanwhile come with those whose turn is not over. */
  function takeTurn(turn: number, frameMs: number): void {
    callOff = null;
    pages[turn]?.setState(store.getState(), true);
    if (turn + 1 < pages.length) {
      callOff = afterWork(() => {
        const next = (): void => takeTurn(turn + 1, nowMs());
        if (nowMs() - frameMs < ROOM_MS) takeTurn(turn + 1, frameMs);
        else callOff = afterFrame(next);
      });
      return;
    }
    const now = store.getState();
    if (pages.some((page) => isElsewhere(page.getState(), now))) begin();
  }

  function begin(): void {
    const isRace = nowMs() - movedMs < RACE_MS;
    const first = (): void => takeTurn(0, nowMs());
    callOff = isRace ? after(REST_MS, first) : afterFrame(first);
  }

  store.subscribe((page, old) => {
    // Another script: nothing of the old one is of use.
    if (page.openings !== old.openings) return catchUp();
    if (!isElsewhere(page, old)) {
      if (callOff === null) return catchUp();
      for (const calm of pages) calm.setState(withHeld(page, calm.getState()), true);
      return;
    }
    if (callOff === null) begin();
    movedMs = nowMs();
  });
  return pages;
}

function isElsewhere(page: PageState, old: PageState): boolean {
  return page.position !== old.position || page.timeline !== old.timeline;
}

/** The page, but what belongs to a move as it is shown. */
function withHeld(page: PageState, shown: PageState): PageState {
  return { ...page, ...Object.fromEntries(HELD.map((part) => [part, shown[part]])) };
}

function after(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}

/** In the order of their turns. */
export const calmPages: readonly CalmPage[] = createCalmPages(
  pageStore,
  TURNS,
  () => performance.now(),
  afterPicture,
  afterTask,
);
