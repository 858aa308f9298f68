/** Numbered pins on the things that a part of a lesson speaks of, and the same numbers beside the words in the guide. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { Point } from "../../lessons/format/lesson_text.ts";
import { type Pointer, refOf } from "../../lessons/format/pointer.ts";
import { useLanguage } from "../../store/hooks.ts";
import { pageStore } from "../../store/page_store.ts";
import { refKey } from "../../trace/ref.ts";
import { PointerButton, panelOf } from "./PointerButton.tsx";
import { lessonWords } from "./words.ts";

interface Pin {
  readonly number: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function PointList({ points }: { readonly points: readonly Point[] }): ReactNode {
  const language = useLanguage();
  const said = points.filter(({ says }) => says[language] !== "");
  if (said.length === 0) return null;
  return (
    <section className="guide-points">
      <p className="guide-hint">{lessonWords(language).points}</p>
      <ol>
        {points.map(({ says, pointer, line }, at) =>
          says[language] === "" ? null : (
            <li key={line}>
              <span className="guide-pin-number">{at + 1}</span>
              <PointerButton pointer={pointer} className="guide-point">
                {says[language]}
              </PointerButton>
            </li>
          ),
        )}
      </ol>
    </section>
  );
}

/** Drawn over the page, where the things stand now; they let clicks through. */
export function Pins({ points }: { readonly points: readonly Point[] }): ReactNode {
  const pins = usePins(points);
  return createPortal(
    <div className="guide-pins" aria-hidden="true">
      {pins.map(({ number, ...box }) => (
        <div key={number} className="guide-ring" style={box}>
          <span className="guide-pin-number">{number}</span>
        </div>
      ))}
    </div>,
    document.body,
  );
}

/** Where the things are on the screen, followed through scrolling, resizing and redrawing. */
function usePins(points: readonly Point[]): readonly Pin[] {
  const [pins, setPins] = useState<readonly Pin[]>([]);
  const shown = useRef("");
  useEffect(() => {
    let frame = 0;
    const look = (): void => {
      frame = 0;
      const found = points.flatMap(({ pointer }, at) => pinOf(pointer, at + 1));
      const text = JSON.stringify(found);
      if (text === shown.current) return;
      shown.current = text;
      setPins(found);
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(look);
    };
    const root = document.getElementById("root");
    const redrawn = new MutationObserver(soon);
    if (root !== null) redrawn.observe(root, { childList: true, subtree: true, attributes: true });
    window.addEventListener("scroll", soon, { capture: true, passive: true });
    window.addEventListener("resize", soon);
    soon();
    return () => {
      cancelAnimationFrame(frame);
      redrawn.disconnect();
      window.removeEventListener("scroll", soon, { capture: true });
      window.removeEventListener("resize", soon);
    };
  }, [points]);
  return pins;
}

function pinOf(pointer: Pointer, number: number): readonly Pin[] {
  const element = elementOf(pointer);
  if (element === null) return [];
  const box = element.getBoundingClientRect();
  const isSeen = box.width > 0 && isInSight(element, box);
  if (!isSeen) return [];
  return [
    { number, left: box.left - 4, top: box.top - 4, width: box.width + 8, height: box.height + 8 },
  ];
}

function elementOf(pointer: Pointer): Element | null {
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
  // In the panel where it belongs, when several draw it.
  return (
    all.find((element) => element.closest(`[data-panel="${panelOf(pointer)}"]`) !== null) ??
    all[0] ??
    null
  );
}

/** Not scrolled out of the part of the page that shows it. */
function isInSight(element: Element, box: DOMRect): boolean {
  const middle = { x: box.left + box.width / 2, y: box.top + Math.min(box.height / 2, 24) };
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(at);
    if (overflowX === "visible" && overflowY === "visible") continue;
    const view = at.getBoundingClientRect();
    if (middle.y < view.top || middle.y > view.bottom) return false;
    if (middle.x < view.left || middle.x > view.right) return false;
  }
  return true;
}
