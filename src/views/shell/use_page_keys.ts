/**
 * Keys of the whole page. Arrows alone are for moments when nothing that has a use for them has the focus; with Alt
 * they work everywhere, so that one can step while typing.
 */
import { useEffect } from "react";
import { travelKey } from "../../editor/travel_key.ts";
import { pageStore } from "../../store/page_store.ts";
import { focusNextInput } from "./input_places.ts";
import { moveByKey, stepByKey } from "./time_keys.ts";

const TAKES_TEXT =
  'input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable], .monaco-editor, dialog';

export function usePageKeys(onHelp: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!event.defaultPrevented && act(event, onHelp)) event.preventDefault();
    };
    // Before the editors, which have uses of their own for them.
    const onOverEditors = (event: KeyboardEvent): void => {
      if (event.key === "F2" && document.querySelector("dialog[open]") === null) {
        event.preventDefault();
        event.stopPropagation();
        focusNextInput(event.shiftKey ? -1 : 1);
        return;
      }
      if (isPaletteKey(event)) {
        event.preventDefault();
        // A sheet that is open is to be closed first; the browser's own use of the key is no help there.
        if (document.querySelector("dialog[open]") !== null) return;
        event.stopPropagation();
        pageStore.getState().openSheet("palette");
        return;
      }
      const isArrow = event.key === "ArrowLeft" || event.key === "ArrowRight";
      if (!isArrow || !event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      stepByKey(event);
    };
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("keydown", onOverEditors, { capture: true });
    return () => {
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("keydown", onOverEditors, { capture: true });
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
  const travel = travelKey(event);
  if (travel !== null && target.closest(TAKES_TEXT) === null) {
    void pageStore.getState().commands[travel]();
    return true;
  }
  // In an editor or a sheet Escape has its own meaning.
  if (event.key === "Escape" && target.closest(`${TAKES_TEXT}, [popover]`) !== null) return false;
  return moveByKey(event, target);
}
