/** Numbered pins on the things that a part of a lesson speaks of, and the same numbers beside the words in the guide. */
import { type ReactNode, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { Point } from "../../lessons/format/lesson_text.ts";
import type { Pointer } from "../../lessons/format/pointer.ts";
import { useLanguage } from "../../store/hooks.ts";
import { PointerButton } from "./PointerButton.tsx";
import { elementOf } from "./pointer_element.ts";
import "./guide_pins.css";
import { lessonWords } from "./words.ts";

/** Pixels between a thing and the ring around it. */
const RING_GAP = 4;

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

/** What glided or came in stands still, and no attribute changes then. */
const AT_REST = ["transitionend", "transitioncancel", "animationend", "animationcancel"] as const;

/** Where the things are on the screen, followed through scrolling, resizing, redrawing and motion. */
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
    for (const type of AT_REST) window.addEventListener(type, soon);
    soon();
    return () => {
      cancelAnimationFrame(frame);
      redrawn.disconnect();
      window.removeEventListener("scroll", soon, { capture: true });
      window.removeEventListener("resize", soon);
      for (const type of AT_REST) window.removeEventListener(type, soon);
    };
  }, [points]);
  return pins;
}

/** The ring around what can be seen of the thing; none when its head is scrolled out of sight. */
function pinOf(pointer: Pointer, number: number): readonly Pin[] {
  const element = elementOf(pointer);
  if (element === null) return [];
  const box = element.getBoundingClientRect();
  const view = viewOf(element);
  const x = box.left + box.width / 2;
  const y = box.top + Math.min(box.height / 2, 24);
  const isSeen = x >= view.left && x <= view.right && y >= view.top && y <= view.bottom;
  if (box.width === 0 || !isSeen) return [];
  const left = Math.max(box.left - RING_GAP, view.left);
  const top = Math.max(box.top - RING_GAP, view.top);
  return [
    {
      number,
      left,
      top,
      width: Math.min(box.right + RING_GAP, view.right) - left,
      height: Math.min(box.bottom + RING_GAP, view.bottom) - top,
    },
  ];
}

interface View {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What the parts of the page that scroll let through of what lies in them. */
function viewOf(element: Element): View {
  let view: View = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(at);
    if (overflowX === "visible" && overflowY === "visible") continue;
    const box = at.getBoundingClientRect();
    view = {
      left: Math.max(view.left, box.left),
      top: Math.max(view.top, box.top),
      right: Math.min(view.right, box.right),
      bottom: Math.min(view.bottom, box.bottom),
    };
  }
  return view;
}
