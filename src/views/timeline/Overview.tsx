/**
 * The whole trace in one strip, however long it is: every event has its place, so that one drag goes through 100,000 of
 * them. Waits, errors, deadlocks and bookmarks are marked; a frame shows what of it the lanes below have in sight.
 */
import { memo, type PointerEvent, type ReactNode, type RefObject, useMemo, useRef } from "react";
import { useLeadingPage, usePage } from "../../store/hooks.ts";
import { landmarksOf } from "../../trace/landmarks.ts";
import { storyStart, type Timeline } from "../../trace/timeline.ts";
import { useText } from "../text/use_text.ts";
import { overviewMarks, type Stretch } from "./overview_geometry.ts";
import { useWay } from "./use_way.ts";

export const Overview = memo(function Overview(props: {
  readonly timeline: Timeline;
  /** Positions that the lanes have in sight. */
  readonly sight: Stretch;
}): ReactNode {
  const { timeline, sight } = props;
  const text = useText().timeline;
  const strip = useRef<HTMLDivElement>(null);
  const onPointer = useStripScrub(strip, timeline);
  const start = storyStart(timeline);
  const length = Math.max(1, timeline.length - start);
  const percent = (position: number): number => ((position - start) / length) * 100;
  return (
    <div
      ref={strip}
      className="trace-strip"
      title={text.overview}
      aria-hidden="true"
      onPointerDown={onPointer}
      onPointerMove={onPointer}
    >
      <OverviewMarks timeline={timeline} />
      <div
        className="trace-strip-sight"
        style={{
          left: `${percent(sight.from)}%`,
          width: `${Math.max(0.5, percent(sight.to) - percent(sight.from))}%`,
        }}
      />
      <OverviewCursor start={start} length={length} />
    </div>
  );
});

const OverviewMarks = memo(function OverviewMarks(props: {
  readonly timeline: Timeline;
}): ReactNode {
  const { timeline } = props;
  const marks = useMemo(
    () => overviewMarks(landmarksOf(timeline), storyStart(timeline), timeline.length),
    [timeline],
  );
  return marks.map((mark) => (
    <span
      key={`${mark.kind}${mark.percent}`}
      className="trace-strip-mark"
      data-kind={mark.kind}
      style={{ left: `${mark.percent}%` }}
    />
  ));
});

function OverviewCursor(props: { readonly start: number; readonly length: number }): ReactNode {
  const { start, length } = props;
  const share = useLeadingPage((page) => Math.max(0, page.position - start) / length);
  const rail = useRef<HTMLDivElement>(null);
  useWay(rail, "100%", share);
  return (
    <div ref={rail} className="trace-strip-rail">
      <div className="trace-strip-cursor" />
    </div>
  );
}

/** Pressing and dragging goes there; the strip's place is asked for once, when it is pressed. */
function useStripScrub(strip: RefObject<HTMLElement | null>, timeline: Timeline) {
  const seek = usePage((page) => page.seek);
  const box = useRef({ left: 0, width: 1 });
  return (pointer: PointerEvent): void => {
    if (strip.current === null || pointer.buttons !== 1) return;
    // The bars between panels look for the pointer by asking the layout: not while it scrubs.
    pointer.stopPropagation();
    if (pointer.type === "pointerdown") {
      const { left, width } = strip.current.getBoundingClientRect();
      box.current = { left, width };
      strip.current.setPointerCapture(pointer.pointerId);
    }
    const share = (pointer.clientX - box.current.left) / box.current.width;
    const start = storyStart(timeline);
    seek(Math.max(start, start + share * (timeline.length - start)));
  };
}
