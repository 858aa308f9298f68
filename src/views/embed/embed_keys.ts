/**
 * What an embed does for a reader who has touched it: keys go through time, and back after an own statement; the statement at the
 * cursor is kept in sight.
 */
import { travelKey } from "../../editor/travel_key.ts";
import { pageStore } from "../../store/page_store.ts";
import { moveByKey } from "../shell/time_keys.ts";

const TAKES_TEXT = "input, textarea, select";

export function actOnKey(event: KeyboardEvent): void {
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.defaultPrevented || target.closest(TAKES_TEXT) !== null) return;
  const travel = travelKey(event);
  if (travel !== null) void pageStore.getState().commands[travel]();
  else if (!moveByKey(event, target)) return;
  event.preventDefault();
}

/**
 * Keeps the statement at the cursor in sight, in the frame alone: the post around it stays where its reader left it. A frame as
 * high as its content has all in sight, and beside the text of a lesson the text is what is read.
 */
export function followRow(): void {
  bringIntoSight();
  const observer = new MutationObserver(() => bringIntoSight());
  observer.observe(document.body, { subtree: true, attributeFilter: ["aria-current"] });
}

function bringIntoSight(): void {
  const row = document.querySelector("[aria-current=step]");
  const head = document.querySelector(".embed-head");
  const isWhole = document.documentElement.dataset.follows === "true";
  if (row === null || head === null || isWhole || head.querySelector(".embed-told") === null)
    return;
  const { top, bottom } = row.getBoundingClientRect();
  const above = getComputedStyle(head).position === "sticky" ? head.clientHeight : 0;
  const hidden = Math.max(0, Math.ceil(bottom - window.innerHeight));
  if (top < above || hidden > 0) window.scrollBy(0, Math.min(hidden || top - above, top - above));
}
