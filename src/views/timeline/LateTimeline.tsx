/** The timeline, behind the first picture; its lanes have their places before. */
import { type ReactNode, Suspense } from "react";
import { behindPicture } from "../shell/behind_picture.ts";
import { LaneNames } from "./LaneNames.tsx";
import { MANY_LANES, useLanes } from "./use_lanes.ts";

const TimelinePanel = behindPicture(async () => {
  const { TimelinePanel } = await import("./TimelinePanel.tsx");
  return TimelinePanel;
});

export function LateTimeline(): ReactNode {
  return (
    <Suspense fallback={<Places />}>
      <TimelinePanel />
    </Suspense>
  );
}

function Places(): ReactNode {
  const sessions = useLanes();
  return (
    <section className="timeline" data-many={sessions.length > MANY_LANES}>
      <div className="timeline-top">
        <div className="timeline-tools" />
      </div>
      <div className="timeline-body">
        <LaneNames sessions={sessions} />
      </div>
    </section>
  );
}
