/** Lanes of the sessions over time: statements as bars, waits hatched, the cursor, and scrubbing by pointer and keys. */
import {
  type KeyboardEvent,
  lazy,
  type ReactNode,
  Suspense,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useLanguage, useLeadingPage, usePage } from "../../store/hooks.ts";
import { explain } from "../../trace/explain.ts";
import { isOfClient } from "../../trace/scenario.ts";
import { storyStart, type Timeline } from "../../trace/timeline.ts";
import { type Move, moveCursor } from "../header/moves.ts";
import { useWindow } from "../stage/use_window.ts";
import { useText } from "../text/use_text.ts";
import { BookmarkFlags } from "./BookmarkFlags.tsx";
import { Lane } from "./Lane.tsx";
import { LaneNames } from "./LaneNames.tsx";
import { Ruler } from "./Ruler.tsx";
import { positionAt, type TimelineScale, timelineScale, xOf } from "./timeline_geometry.ts";
import { useBarDrag } from "./use_bar_drag.ts";
import { MANY_LANES, useLanes } from "./use_lanes.ts";
import { useKeptInSight, useScrollerPlace } from "./use_scroller.ts";
import { useScrub } from "./use_scrub.ts";
import { useWay } from "./use_way.ts";

const END_PX = 12;
/** No track is longer. */
const FAR_PX = 10_000_000;

const Overview = lazy(async () => {
  const { Overview } = await import("./Overview.tsx");
  return { default: Overview };
});
const TimelineTools = lazy(async () => {
  const { TimelineTools } = await import("./TimelineTools.tsx");
  return { default: TimelineTools };
});

/** What `timeline_keys.ts` knows, which is loaded when the timeline gets the focus. */
const LETTERS = " wWeEdDnN<>";

const KEYS: Readonly<Record<string, Move>> = {
  ArrowLeft: "back",
  ArrowRight: "into",
  ArrowDown: "back",
  ArrowUp: "into",
  PageUp: "overBack",
  PageDown: "over",
  Home: "toStart",
  End: "toEnd",
};

const atOnce = (): ScrollBehavior => "auto";

export function TimelinePanel(): ReactNode {
  const text = useText();
  const language = useLanguage();
  const timeline = usePage((page) => page.timeline);
  const position = usePage((page) => page.position);
  const event = usePage((page) => page.eventAtCursor);
  const steps = usePage((page) => page.script.scenario.steps);
  const sessions = useLanes();
  // A command that left no event was not carried out.
  const begun = timeline.commandStarts.length - (timeline.commandStarts[0]?.command === -1 ? 1 : 0);
  const hasOthers = useMemo(() => steps.some(isOfClient), [steps]);
  const hasMarks = hasOthers || steps.length > begun || timeline.head.clientNotes.length > 0;
  const toggleBookmark = usePage((page) => page.toggleBookmark);
  const scroller = useRef<HTMLDivElement>(null);
  const [available, setAvailable] = useState(800);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setAvailable(element.clientWidth - END_PX));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const scale = useMemo(() => timelineScale(timeline, available), [timeline, available]);
  const trackWidth = Math.max(scale.width + END_PX, available);
  const isWhole = scale.width <= available;
  const place = useScrollerPlace(scroller);
  const aim = useKeptInSight(scroller, place, xOf(scale, position), available + END_PX, trackWidth);
  const sight = useWindow(scroller, place, available, aim, atOnce);

  const scrubbing = useScrub(scroller, place, scale);
  const [drag, grab] = useBarDrag(scroller, place, timeline, scale);
  const onKeyDown = (key: KeyboardEvent): void => {
    if (key.ctrlKey || key.metaKey || key.altKey) return;
    if (key.key === "b") {
      key.preventDefault();
      toggleBookmark();
      return;
    }
    if (LETTERS.includes(key.key)) {
      key.preventDefault();
      void import("./timeline_keys.ts").then(({ actOn }) => actOn(key.key));
      return;
    }
    const move = key.shiftKey
      ? { ArrowLeft: "overBack" as const, ArrowRight: "over" as const }[key.key]
      : KEYS[key.key];
    if (move === undefined) return;
    key.preventDefault();
    moveCursor(move);
  };
  const start = storyStart(timeline);
  const seen = useMemo(
    () => ({ from: positionAt(scale, sight.left), to: positionAt(scale, sight.left + available) }),
    [scale, sight.left, available],
  );
  const says = event === null || position <= start ? text.time.setup : explain(event, language);
  return (
    <section
      className="timeline"
      data-many={sessions.length > MANY_LANES}
      aria-label={text.timeline.title}
    >
      <div className="timeline-top">
        <Suspense fallback={<div className="timeline-tools" />}>
          <TimelineTools />
          {scale.width > available + END_PX && <Overview timeline={timeline} sight={seen} />}
        </Suspense>
      </div>
      <div className="timeline-body">
        <LaneNames sessions={sessions} />
        <div ref={scroller} className="timeline-scroller">
          <div
            className="timeline-track"
            // All of it in sight: a finger that moves along it scrubs.
            style={{ width: trackWidth, touchAction: isWhole ? "pan-y" : "pan-x" }}
            title={text.timeline.hint}
            {...scrubbing}
          >
            <BookmarkFlags scale={scale} sight={sight} />
            {drag !== null && drag.x !== null && (
              <div className="bar-drop" aria-hidden="true" style={{ left: drag.x }} />
            )}
            <Ruler timeline={timeline} steps={steps} scale={scale} sight={sight} />
            {sessions.map((name) => (
              <Lane
                key={name}
                session={name}
                {...{ timeline, scale, position, sight, drag, grab, hasMarks }}
              />
            ))}
            <TimelineCursor timeline={timeline} scale={scale} says={says} onKeyDown={onKeyDown} />
          </div>
        </div>
      </div>
    </section>
  );
}

/** Goes ahead of the lanes: it moves in the frame of the stage. */
function TimelineCursor(props: {
  readonly timeline: Timeline;
  readonly scale: TimelineScale;
  readonly says: string;
  readonly onKeyDown: (key: KeyboardEvent) => void;
}): ReactNode {
  const { timeline, scale } = props;
  const text = useText().timeline;
  const position = useLeadingPage((page) => page.position);
  const start = storyStart(timeline);
  const cursor = useRef<HTMLDivElement>(null);
  useWay(cursor, `${FAR_PX}px`, xOf(scale, position) / FAR_PX);
  return (
    <div
      ref={cursor}
      className="timeline-cursor"
      role="slider"
      tabIndex={0}
      aria-label={text.scrub}
      aria-valuemin={0}
      aria-valuemax={timeline.length - start}
      aria-valuenow={Math.max(0, Math.min(position, timeline.length) - start)}
      aria-valuetext={props.says}
      onFocus={() => void import("./timeline_keys.ts")}
      onKeyDown={props.onKeyDown}
    />
  );
}
