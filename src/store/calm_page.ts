/**
 * The page as those views read it that nobody reads while the cursor races: lists of sentences and results. A move by itself
 * reaches them at once; while moves follow each other fast, the last one does, a few times a second.
 *
 *     moves   |  |||||||||||||||||||     |
 *     calm    |  |     |     |     |     |
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type PageState, type PageStore, pageStore } from "./page_store.ts";

/** Moves that are closer than this are a race: a frame or two, or a key that repeats. */
const RACE_MS = 90;
const REST_MS = 140;

export type CalmPage = StoreApi<{ readonly page: PageState }>;

/** `nowMs` is a clock that only goes forwards. */
export function createCalmPage(store: PageStore, nowMs: () => number): CalmPage {
  const calm = createStore<{ readonly page: PageState }>(() => ({ page: store.getState() }));
  let movedMs = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function catchUp(): void {
    clearTimeout(timer);
    timer = undefined;
    calm.setState({ page: store.getState() });
  }
  store.subscribe((page, old) => {
    const isMove = page.position !== old.position && page.timeline === old.timeline;
    if (!isMove) {
      // What else changes is shown at once, unless a race is on: then with its next rest.
      if (timer === undefined) catchUp();
      return;
    }
    const now = nowMs();
    const isRace = now - movedMs < RACE_MS;
    movedMs = now;
    if (!isRace) catchUp();
    else timer ??= setTimeout(catchUp, REST_MS);
  });
  return calm;
}

export const calmPage: CalmPage = createCalmPage(pageStore, () => performance.now());
