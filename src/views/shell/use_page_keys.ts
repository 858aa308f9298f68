/**
 * Keys of the whole page. Arrows alone are for moments when nothing that has a use for them has the focus; with Alt
 * they work everywhere, so that one can step while typing.
 */
import { useEffect } from "react";
import { travelKey } from "../../editor/travel_key.ts";
import { pageStore } from "../../store/page_store.ts";
import { moveCursor, togglePlaying } from "../header/moves.ts";

const KEEPS_ARROWS =
  'input, textarea, select, [contenteditable], [role="listbox"], [role="tablist"], [role="slider"], [role="separator"], [role="option"], [popover], dialog, .monaco-editor, .stage-area, .results';
const KEEPS_SPACE = `${KEEPS_ARROWS}, button, summary, a`;

const TAKES_TEXT =
  'input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable], .monaco-editor, dialog';

export function usePageKeys(onHelp: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!event.defaultPrevented && act(event, onHelp)) event.preventDefault();
    };
    // Before the editors, which have uses of their own for Alt+arrows.
    const onAltArrow = (event: KeyboardEvent): void => {
      if (isPaletteKey(event)) {
        event.preventDefault();
        event.stopPropagation();
        pageStore.getState().openSheet("palette");
        return;
      }
      const isArrow = event.key === "ArrowLeft" || event.key === "ArrowRight";
      if (!isArrow || !event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      step(event);
    };
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("keydown", onAltArrow, { capture: true });
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("keydown", onAltArrow, { capture: true });
    };
  }, [onHelp]);
}

/** Ctrl+K or Cmd+K; Monaco would begin a chord with it. */
function isPaletteKey(event: KeyboardEvent): boolean {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  return isCommand && event.key.toLowerCase() === "k";
}

/** Whether the key meant something. */
function act(event: KeyboardEvent, onHelp: () => void): boolean {
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.key === "F1") {
    onHelp();
    return true;
  }
  if (event.key === "?" && target.closest(TAKES_TEXT) === null) {
    onHelp();
    return true;
  }
  const isCommand = event.ctrlKey || event.metaKey;
  const travel = travelKey(event);
  if (travel !== null && target.closest(TAKES_TEXT) === null) {
    void pageStore.getState().commands[travel]();
    return true;
  }
  if (target.closest(KEEPS_ARROWS) !== null) return false;
  if (isCommand || event.altKey) return false;
  switch (event.key) {
    case "ArrowLeft":
    case "ArrowRight":
      step(event);
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
    default:
      return false;
  }
}

function step(event: KeyboardEvent): void {
  if (event.key === "ArrowLeft") moveCursor(event.shiftKey ? "overBack" : "back");
  else moveCursor(event.shiftKey ? "over" : "into");
}
