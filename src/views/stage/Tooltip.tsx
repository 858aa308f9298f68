/** The sentence about what is pointed at: beside it, inside the window, never under the pointer. */
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { Sentences } from "./sentences.ts";

const APART = 10;
const EDGE = 8;

export function Tooltip(props: {
  readonly id: string;
  readonly at: DOMRect;
  /** Locks hang below the line: their words go below them, those of a record above it. */
  readonly side: "above" | "below";
  readonly sentences: Sentences;
}): ReactNode {
  const { at, side, sentences } = props;
  const element = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    const size = element.current?.getBoundingClientRect();
    if (size === undefined) return;
    const middle = at.x + at.width / 2 - size.width / 2;
    const left = Math.max(EDGE, Math.min(middle, window.innerWidth - size.width - EDGE));
    const above = at.top - size.height - APART;
    const below = at.bottom + APART;
    const lowest = window.innerHeight - size.height - EDGE;
    const isBelow = side === "below" ? below <= lowest : above < EDGE;
    setPlace({ left, top: isBelow ? Math.min(below, lowest) : Math.max(EDGE, above) });
  }, [at, side]);
  return createPortal(
    <div
      ref={element}
      id={props.id}
      className="stage-tooltip"
      role="tooltip"
      style={place ?? { left: 0, top: 0, visibility: "hidden" }}
    >
      {sentences.map((sentence, at) => (
        <p key={sentence} className={at === 0 ? "stage-tooltip-name" : undefined}>
          {sentence}
        </p>
      ))}
    </div>,
    document.body,
  );
}
