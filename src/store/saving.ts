/** Keeps what is done on the page, and says once when the browser does not. */
import type { PageState, PageStore } from "./page_store.ts";
import { savePage, savePlace, savePreferences } from "./saved_page.ts";
import type { KeptTexts } from "./storage.ts";

const SAVE_DELAY_MS = 250;

/** Writes shortly after the last change; returns what writes at once. */
export function startSaving(store: PageStore, kept: KeptTexts): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isTold = false;
  let hasNewScript = false;

  function saveNow(): void {
    clearTimeout(timer);
    const page = store.getState();
    if (page.openings === 0) return;
    const { script, texts, timeline, position, undo, redo, branches } = page;
    const place = position === timeline.length ? null : position;
    if (hasNewScript) {
      savePage(kept, { script, texts, position: place, undo, redo, branches }, Date.now());
    } else savePlace(kept, place);
    hasNewScript = false;
    tellOnce(page);
  }

  /** Not in the place of another notice, which a person reads just now: when it is gone. */
  function tellOnce({ notice, phase }: PageState): void {
    if (isTold || notice !== null || phase !== "ready" || kept.isKeeping()) return;
    isTold = true;
    store.setState({ notice: { kind: "notKept" } });
  }

  store.subscribe((page, old) => {
    if (page.preferences !== old.preferences) savePreferences(kept, page.preferences);
    if (page.notice !== old.notice) tellOnce(page);
    const isSameScript =
      page.script === old.script &&
      page.texts === old.texts &&
      page.branches === old.branches &&
      page.undo === old.undo;
    if (isSameScript && page.position === old.position) return;
    hasNewScript ||= !isSameScript;
    clearTimeout(timer);
    timer = setTimeout(saveNow, SAVE_DELAY_MS);
  });
  return saveNow;
}
