/** Statements of the schedule that the server was not given, where their turn was: not run, or refused by the client. */
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
    .filter((row) => row.session === props.session)
    .map(({ command, end, refused, skipped, step }) => {
      if (refused === null && skipped === null) return null;
      const sql = stepText(step);
      const title =
        refused !== null
          ? text.refused(sql, refused.errno, refused.message)
          : text.notRun[skipped ?? "gone"](sql);
      return (
        <span
          key={command}
          className="bar-skipped"
          title={title}
          style={{ left: xOf(props.scale, end) }}
        >
          <CrossIcon />
          {refused?.errno ?? command + 1}
        </span>
      );
    });
}
