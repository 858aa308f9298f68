/** Statements of the schedule that the server was not given, where their turn was. */
import { type ReactNode, useMemo } from "react";
import { usePage } from "../../store/hooks.ts";
import type { SessionName } from "../../trace/ids.ts";
import { scheduleRows, stepText } from "../schedule/schedule_rows.ts";
import { CrossIcon } from "../shell/Icons.tsx";
import { useText } from "../text/use_text.ts";
import { type TimelineScale, xOf } from "./timeline_geometry.ts";

export function SkippedMarks(props: {
  readonly session: SessionName;
  readonly scale: TimelineScale;
}): ReactNode {
  const text = useText().timeline;
  const timeline = usePage((page) => page.timeline);
  const steps = usePage((page) => page.script.scenario.steps);
  const rows = useMemo(() => scheduleRows(timeline, steps), [timeline, steps]);
  return rows
    .filter((row) => row.skipped !== null && row.session === props.session)
    .map((row) => (
      <span
        key={row.command}
        className="bar-skipped"
        title={text.notRun(stepText(row.step))}
        style={{ left: xOf(props.scale, row.end) }}
      >
        <CrossIcon />
        {row.command + 1}
      </span>
    ));
}
