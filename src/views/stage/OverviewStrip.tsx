/** The whole width of a table in little: a click or the arrow keys bring a stretch of it into view. */
import { memo, type ReactNode, type RefObject, useEffect, useState } from "react";
import type { Overview } from "../../diagrams/overview.ts";
import type { ScrollerPlace } from "../timeline/use_scroller.ts";
import type { StageWords } from "./words.ts";

const STEP = 0.1;

export const OverviewStrip = memo(function OverviewStrip(props: {
  readonly overview: Overview;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly place: RefObject<ScrollerPlace>;
  /** Pixels of the scroller's left that stay. */
  readonly stuck: number;
  readonly words: StageWords;
}): ReactNode {
  const { overview, scroller, place, stuck } = props;
  const { width, height, scale } = overview;
  const left = useScrollLeft(scroller, place);
  const seen = width * scale;
  const all = width / scale;
  const goTo = (x: number): void => {
    if (scroller.current !== null) scroller.current.scrollLeft = x;
  };
  return (
    <div
      className="overview"
      style={{ marginLeft: stuck, width, height }}
      role="slider"
      tabIndex={0}
      aria-label={props.words.overview}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round((100 * left) / Math.max(1, all - width))}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(pointedAt(event) / scale - width / 2);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) goTo(pointedAt(event) / scale - width / 2);
      }}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -STEP, ArrowRight: STEP, PageUp: -1, PageDown: 1 }[event.key];
        const end = { Home: 0, End: all }[event.key];
        if (step === undefined && end === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        goTo(end ?? left + (step ?? 0) * width);
      }}
    >
      <svg width={width} height={height} aria-hidden="true">
        <Marks marks={overview.marks} />
        <rect x={left * scale} y="0.5" width={seen} height={height - 1} className="overview-seen" />
      </svg>
    </div>
  );
});

const Marks = memo(function Marks({ marks }: Pick<Overview, "marks">): ReactNode {
  return marks.map((mark) => (
    <path
      key={`${mark.session} ${mark.isWaiting}`}
      d={mark.path}
      data-session={mark.session}
      className={mark.isWaiting ? "overview-waiting" : "session-fill"}
    />
  ));
});

function pointedAt(event: {
  readonly clientX: number;
  readonly currentTarget: HTMLElement;
}): number {
  const { currentTarget: strip, clientX } = event;
  const { left, width } = strip.getBoundingClientRect();
  // Its own pixels are larger on a very large screen.
  return (clientX - left) * (strip.offsetWidth / width);
}

function useScrollLeft(
  scroller: RefObject<HTMLDivElement | null>,
  place: RefObject<ScrollerPlace>,
): number {
  const [left, setLeft] = useState(() => place.current.left);
  useEffect(() => {
    const { current } = scroller;
    if (current === null) return;
    const read = (): void => setLeft(place.current.left);
    current.addEventListener("scroll", read, { passive: true });
    return () => current.removeEventListener("scroll", read);
  }, [scroller, place]);
  return left;
}
