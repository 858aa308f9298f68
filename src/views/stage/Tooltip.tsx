/** The sentence about what is pointed at: beside it, inside the window, never under the pointer. */
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { Sentences } from "./sentences.ts";

const APART = 10;
const EDGE = 8;

export function Tooltip(props: {
  readonly id: string;
  readonly at: DOMRect;
  readonly sentences: Sentences;
}): ReactNode {
  const { at, sentences } = props;
  const element = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    const size = element.current?.getBoundingClientRect();
    if (size === undefined) return;
    const middle = at.x + at.width / 2 - size.width / 2;
    const left = Math.max(EDGE, Math.min(middle, window.innerWidth - size.width - EDGE));
    const above = at.top - size.height - APART;
    const below = Math.min(at.bottom + APART, window.innerHeight - size.height - EDGE);
    setPlace({ left, top: above >= EDGE ? above : below });
  }, [at]);
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
