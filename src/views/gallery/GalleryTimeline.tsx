/** The timeline and the event log of a scene, to be looked at: a bar or a line goes nowhere. */
import { type ReactNode, useMemo, useRef, useState } from "react";
import { inOrder } from "../../store/script.ts";
import { type Ref, refKey } from "../../trace/ref.ts";
import type { Scenario } from "../../trace/scenario.ts";
import { EventLog } from "../log/EventLogPanel.tsx";
import { useWidth } from "../stage/use_width.ts";
import { useText } from "../text/use_text.ts";
import { Lane } from "../timeline/Lane.tsx";
import { LaneNames } from "../timeline/LaneNames.tsx";
import { Ruler } from "../timeline/Ruler.tsx";
import { timelineScale, xOf } from "../timeline/timeline_geometry.ts";
import "../styles/log.css";
import "../styles/timeline.css";
import type { Played } from "./scenes.ts";

const EVERYWHERE = { from: 0, to: Number.POSITIVE_INFINITY };
const MARGIN = 24;
const NOTHING: ReadonlySet<string> = new Set();

export function GalleryTimeline(props: {
  readonly played: Played;
  readonly scenario: Scenario;
}): ReactNode {
  const { timeline, position } = props.played;
  const { steps } = props.scenario;
  const text = useText().timeline;
  const track = useRef<HTMLElement>(null);
  const width = useWidth(track);
  const scale = useMemo(() => timelineScale(timeline, width - MARGIN), [timeline, width]);
  const sessions = inOrder(timeline.head.sessions.map(({ name }) => name));
  return (
    <div className="timeline gallery-timeline">
      <div className="timeline-body">
        <LaneNames sessions={sessions} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard */}
        <section className="timeline-scroller" ref={track} tabIndex={0} aria-label={text.title}>
          <div className="timeline-track" style={{ width: Math.max(scale.width, width) }}>
            {width > 0 && (
              <>
                <Ruler {...{ timeline, steps, scale }} sight={EVERYWHERE} />
                {sessions.map((session) => (
                  <Lane
                    key={session}
                    {...{ session, timeline, scale, position }}
                    sight={EVERYWHERE}
                    drag={null}
                    grab={neverGrabbed}
                    hasMarks={false}
                  />
                ))}
                <div
                  className="timeline-cursor"
                  style={{ transform: `translateX(${xOf(scale, position)}px)` }}
                />
              </>
            )}
          </div>
        </section>
      </div>
    </div>
  );
}

function neverGrabbed(): boolean {
  return false;
}

export function GalleryLog({ played }: { readonly played: Played }): ReactNode {
  const { timeline } = played;
  const [position, seek] = useState(played.position);
  const [pointed, point] = useState<Ref | null>(null);
  return (
    <div className="gallery-log">
      <EventLog
        {...{ timeline, position }}
        sessions={inOrder(timeline.head.sessions.map(({ name }) => name))}
        lit={pointed === null ? NOTHING : new Set([refKey(pointed)])}
        onSeek={seek}
        onAsk={seek}
        onPoint={point}
      />
    </div>
  );
}
