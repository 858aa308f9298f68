/**
 * The page as all views but the leading picture read it. What follows from a move of the cursor or from a statement's events
 * comes to them behind the frame that shows it on the stage, one turn after the other, so that no frame has to draw all of it.
 * While moves follow each other fast there is a turn behind each picture; while every frame brings one, as when the cursor is
 * dragged, there is no room for any: all rest until it does, but for a turn now and then. Everything else (a letter typed, a
 * hover, a preference) comes at once.
 *
 *     moves     |          |  |  |  |             |||||||||||||||||
 *     stage     |          |  |  |  |             |||||||||||||||||
 *     turn 0     |          |        |             |                  |
 *     turn 1      |            |                                       |
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { afterPicture, afterTask } from "./after_picture.ts";
import { type PageState, type PageStore, pageStore } from "./page_store.ts";

/** Moves that are closer than this are a race: a frame or two, or a key that repeats. */
const RACE_MS = 90;
/** Moves that are closer, the last two or the last three in the mean, come in every frame of 60 Hz; one may have been late. */
const DENSE_MS = 30;
const REST_MS = 140;
/** As often is a turn taken between moves that come in every frame. */
const SELDOM_MS = 400;
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
const TURNS = 6;

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
  let movedBeforeMs = Number.NEGATIVE_INFINITY;
  let turnedMs = Number.NEGATIVE_INFINITY;
  /** Whose turn it is. */
  let turn = 0;
  /** Calls off what is due next; null when nothing is held back. */
  let callOff: (() => void) | null = null;

  function catchUp(): void {
    callOff?.();
    callOff = null;
    for (const page of pages) page.setState(store.getState(), true);
  }

  /** The next that shows a place that was left comes to where the cursor is. Returns whether another does. */
  function takeTurn(): boolean {
    callOff = null;
    const now = store.getState();
    const late = Array.from(pages, (_, at) => (turn + at) % turns).filter((at) => {
      const page = pages[at];
      return page !== undefined && isElsewhere(page.getState(), now);
    });
    const [next = 0] = late;
    turnedMs = nowMs();
    turn = (next + 1) % turns;
    if (late.length < 2) catchUp();
    else pages[next]?.setState(now, true);
    return late.length > 1;
  }

  /** One turn after the other, in this frame as long as there is room. */
  function takeTurns(frameMs: number): void {
    if (!takeTurn()) return;
    callOff = afterWork(() => {
      if (nowMs() - frameMs < ROOM_MS) takeTurns(frameMs);
      else callOff = afterFrame(begin);
    });
  }

  const begin = (): void => takeTurns(nowMs());

  function rest(): void {
    callOff = after(REST_MS, begin);
  }

  /**
   * A statement has been sent: what has not had its turn yet would be drawn in front of the answer, which brings another move.
   * Where the answer is long in coming the turns go on meanwhile.
   */
  function waitForAnswer(stop: () => void): void {
    stop();
    rest();
  }

  function moved(): void {
    const now = nowMs();
    const apartMs = now - movedMs;
    const isDense = apartMs < DENSE_MS || now - movedBeforeMs < 2 * DENSE_MS;
    movedBeforeMs = movedMs;
    movedMs = now;
    if (callOff === null) turn = 0;
    callOff?.();
    if (apartMs >= RACE_MS) callOff = afterFrame(begin);
    else if (isDense && now - turnedMs < SELDOM_MS) rest();
    else {
      callOff = afterFrame(() => {
        if (takeTurn()) rest();
      });
    }
  }

  store.subscribe((page, old) => {
    // Another script: nothing of the old one is of use.
    if (page.openings !== old.openings) return catchUp();
    if (!isElsewhere(page, old)) {
      if (callOff === null) return catchUp();
      if (page.phase === "working" && old.phase !== "working") waitForAnswer(callOff);
      for (const calm of pages) calm.setState(withHeld(page, calm.getState()), true);
      return;
    }
    moved();
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
