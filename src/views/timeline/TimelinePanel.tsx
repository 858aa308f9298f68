/** Lanes of the sessions over time: statements as bars, waits hatched, the cursor, and scrubbing by pointer and keys. */
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import { explain } from "../../trace/explain.ts";
import { storyStart } from "../../trace/timeline.ts";
import { type Move, moveCursor } from "../header/moves.ts";
import { useText } from "../text/use_text.ts";
import { Lane } from "./Lane.tsx";
import { Ruler } from "./Ruler.tsx";
import { positionAt, timelineScale, xOf } from "./timeline_geometry.ts";
import { useSight } from "./use_sight.ts";

const END_PX = 12;

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

export function TimelinePanel(): ReactNode {
  const text = useText();
  const language = useLanguage();
  const timeline = usePage((page) => page.timeline);
  const position = usePage((page) => page.position);
  const event = usePage((page) => page.eventAtCursor);
  const sessions = usePage((page) => page.script.sessions);
  const seek = usePage((page) => page.seek);
  const track = useRef<HTMLDivElement>(null);
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
  const cursor = xOf(scale, position);
  const sight = useSight(scroller, available);
  // The cursor stays in sight.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const margin = 40;
    if (cursor < element.scrollLeft + margin) element.scrollLeft = cursor - margin;
    else if (cursor > element.scrollLeft + element.clientWidth - margin) {
      element.scrollLeft = cursor - element.clientWidth + margin;
    }
  }, [cursor]);

  const scrub = (pointer: PointerEvent): void => {
    if (pointer.buttons !== 1 || track.current === null) return;
    const x = pointer.clientX - track.current.getBoundingClientRect().left;
    seek(positionAt(scale, x));
  };
  const onKeyDown = (key: KeyboardEvent): void => {
    const move = key.shiftKey
      ? { ArrowLeft: "overBack" as const, ArrowRight: "over" as const }[key.key]
      : KEYS[key.key];
    if (move === undefined || key.ctrlKey || key.metaKey || key.altKey) return;
    key.preventDefault();
    moveCursor(move);
  };
  const start = storyStart(timeline);
  const says = event === null || position <= start ? text.time.setup : explain(event, language);
  return (
    <section className="timeline" aria-label={text.timeline.title}>
      <div className="timeline-names" aria-hidden="true">
        <div className="ruler-name" />
        {sessions.map((name) => (
          <div key={name} className="lane-name" data-session={name}>
            <span className="session-badge">{name}</span>
          </div>
        ))}
      </div>
      <div ref={scroller} className="timeline-scroller">
        <div
          ref={track}
          className="timeline-track"
          style={{ width: Math.max(scale.width + END_PX, available) }}
          title={text.timeline.hint}
          onPointerDown={(pointer) => {
            pointer.currentTarget.setPointerCapture(pointer.pointerId);
            scrub(pointer);
          }}
          onPointerMove={scrub}
        >
          <Ruler timeline={timeline} scale={scale} sight={sight} />
          {sessions.map((name) => (
            <Lane key={name} session={name} {...{ timeline, scale, position, sight }} />
          ))}
          <div
            className="timeline-cursor"
            role="slider"
            tabIndex={0}
            aria-label={text.timeline.scrub}
            aria-valuemin={0}
            aria-valuemax={timeline.length - start}
            aria-valuenow={Math.max(0, position - start)}
            aria-valuetext={says}
            style={{ transform: `translateX(${cursor}px)` }}
            onKeyDown={onKeyDown}
          />
        </div>
      </div>
    </section>
  );
}
