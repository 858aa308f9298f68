/** Where on the page a pointer's thing is drawn. */
import { type PanelId, type Pointer, refOf } from "../../lessons/format/pointer.ts";
import { pageStore } from "../../store/page_store.ts";
import { refKey } from "../../trace/ref.ts";

/** A panel that is asked for is drawn some frames later, and may have to be loaded. */
const FRAMES = 90;

/** Null while it is not drawn. */
export function elementOf(pointer: Pointer): Element | null {
  if (pointer.kind === "result" || pointer.kind === "editor" || pointer.kind === "session") {
    const part = { result: ".results", editor: ".session-editor", session: ".session-header" };
    return document.querySelector(
      `.session-card[data-session="${pointer.session}"] ${part[pointer.kind]}`,
    );
  }
  if (pointer.kind === "panel") {
    const { panel } = pointer;
    return document.querySelector(`[data-panel="${panel}"] h2, [role="tab"][data-tab="${panel}"]`);
  }
  const ref = refOf(pointer, pageStore.getState().stateAtCursor);
  if (ref === null) return null;
  const all = [...document.querySelectorAll(`[data-scope] [data-ref~="${refKey(ref)}"]`)];
  // In the panel where it belongs, when several draw it; an embed has no panels.
  const panel = `[data-panel="${panelOf(pointer)}"]`;
  const inPanel = all.filter((element) => element.closest(panel) !== null);
  const own = inPanel.length > 0 ? inPanel : all;
  // A view is what lies on the axis of transaction ids, last in its picture; the rest is said of it.
  const onAxis =
    pointer.kind === "view" ? own.findLast((element) => element instanceof SVGElement) : undefined;
  return onAxis ?? own[0] ?? null;
}

/** Scrolls to it when it is there. Not in somebody's post, which would be scrolled too. */
export function bringIntoSight(pointer: Pointer): void {
  if (document.querySelector(".page") === null) return;
  let left = FRAMES;
  const look = (): void => {
    const element = elementOf(pointer);
    left -= 1;
    if (element !== null) element.scrollIntoView({ block: "nearest", inline: "nearest" });
    else if (left > 0) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

export function panelOf(pointer: Pointer): PanelId {
  switch (pointer.kind) {
    case "panel":
      return pointer.panel;
    case "rec":
    case "gap":
    case "table":
      return "index";
    case "version":
    case "view":
      return "versions";
    case "lock":
      return pointer.key === null ? "levels" : "index";
    case "mdl":
      return "levels";
    case "trx":
      return "waits";
    case "session":
    case "result":
    case "editor":
      return "sessions";
  }
}
