/** Arrows, Home, End and Space move through time, Escape lets go of what is selected; on the page and in an embed alike. */
import { pageStore } from "../../store/page_store.ts";
import { moveCursor, togglePlaying } from "../header/moves.ts";

const KEEPS_ARROWS =
  'input, textarea, select, [contenteditable], [role="listbox"], [role="tablist"], [role="slider"], [role="separator"], [role="option"], [popover], dialog, .monaco-editor, .stage-area [tabindex], .results';
const KEEPS_SPACE = `${KEEPS_ARROWS}, button, summary, a`;

/** An arrow: by an event, with Shift by a statement. */
export function stepByKey(event: KeyboardEvent): void {
  if (event.key === "ArrowLeft") moveCursor(event.shiftKey ? "overBack" : "back");
  else moveCursor(event.shiftKey ? "over" : "into");
}

/** For moments when nothing that has a use for these keys has the focus. Whether the key meant something. */
export function moveByKey(event: KeyboardEvent, target: Element): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key !== "Escape" && target.closest(KEEPS_ARROWS) !== null) return false;
  switch (event.key) {
    case "ArrowLeft":
    case "ArrowRight":
      stepByKey(event);
      return true;
    case "Home":
      moveCursor("toStart");
      return true;
    case "End":
      moveCursor("toEnd");
      return true;
    case " ":
      if (target.closest(KEEPS_SPACE) !== null) return false;
      togglePlaying();
      return true;
    case "Escape": {
      const { selection, select } = pageStore.getState();
      select(null);
      return selection !== null;
    }
    default:
      return false;
  }
}
