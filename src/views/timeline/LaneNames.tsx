/** The sessions' names, at the left of the timeline's lanes. */
import type { ReactNode } from "react";
import type { SessionName } from "../../trace/ids.ts";

export function LaneNames(props: { readonly sessions: readonly SessionName[] }): ReactNode {
  return (
    <div className="timeline-names" aria-hidden="true">
      <div className="ruler-name" />
      {props.sessions.map((name) => (
        <div key={name} className="lane-name" data-session={name}>
          <span className="session-badge">{name}</span>
        </div>
      ))}
    </div>
  );
}
