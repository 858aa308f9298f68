/** Makes links; loaded when somebody wants one. */
import type { PageStore } from "../page_store.ts";
import { putInAddress } from "./follow_address.ts";
import { fragmentOf } from "./page_link.ts";

/** The link to what is seen now; it stands in the address too. */
export function linkToHere(store: PageStore): string {
  const { script, texts, timeline, position, selection, preferences } = store.getState();
  const fragment = fragmentOf({
    script,
    texts,
    position: position === timeline.length ? null : position,
    selection,
    language: preferences.language,
    layouts: preferences.layouts,
    stage: preferences.stage,
  });
  putInAddress(fragment);
  return window.location.href;
}
