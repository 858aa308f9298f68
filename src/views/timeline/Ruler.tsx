/** The steps of the script by number, over the lanes; where time passed, by how much. */
import { memo, type ReactNode } from "react";
import type { Step } from "../../trace/scenario.ts";
import type { Timeline } from "../../trace/timeline.ts";
import { ClockIcon } from "../shell/Icons.tsx";
import { useText } from "../text/use_text.ts";
import { commandsWithin, type Sight, type TimelineScale } from "./timeline_geometry.ts";

export const Ruler = memo(function Ruler(props: {
  readonly timeline: Timeline;
  readonly steps: readonly Step[];
  readonly scale: TimelineScale;
  readonly sight: Sight;
}): ReactNode {
  const { timeline, steps, scale, sight } = props;
  const text = useText().time;
  return (
    <div className="ruler" aria-hidden="true">
      {commandsWithin(timeline, scale, sight).map(({ command, x }) => {
        const step = steps[command];
        return (
          <span key={command} className="tick" style={{ left: x }}>
            {step !== undefined && "advance" in step ? (
              <>
                <ClockIcon />+{text.seconds(step.advance)}
              </>
            ) : (
              command + 1
            )}
          </span>
        );
      })}
    </div>
  );
});
