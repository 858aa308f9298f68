/**
 * Steps of the schedule that are no statement of the server's, where their turn was: statements that were not run or that
 * the client refused, and what the client does by itself: its settings, its calls, hanging up.
 */
import { type ReactNode, useMemo } from "react";
import { useLanguage, usePage } from "../../store/hooks.ts";
import type { SessionName } from "../../trace/ids.ts";
import { isOfClient, RECONNECT, type Step } from "../../trace/scenario.ts";
import { type ScheduleRow, scheduleRows, stepText } from "../schedule/schedule_rows.ts";
import { stepSaid } from "../schedule/step_words.ts";
import { CrossIcon } from "../shell/Icons.tsx";
import { useText } from "../text/use_text.ts";
import { skippedPlaces } from "./skipped_steps.ts";
import { type TimelineScale, xOf } from "./timeline_geometry.ts";

export function StepMarks(props: {
  readonly session: SessionName;
  readonly scale: TimelineScale;
}): ReactNode {
  const text = useText().timeline;
  const { scale } = props;
  const timeline = usePage((page) => page.timeline);
  const steps = usePage((page) => page.script.scenario.steps);
  const rows = useMemo(() => scheduleRows(timeline, steps), [timeline, steps]);
  const own = rows.filter((row) => row.session === props.session);
  const titleOf = ({ refused, skipped, step }: ScheduleRow): string =>
    refused === null
      ? text.notRun[skipped ?? "gone"](stepText(step))
      : text.refused(stepText(step), refused.errno, refused.message);
  return (
    <>
      {own.map((row) => {
        const { command, end, refused, step } = row;
        if (refused === null && row.skipped === null && isOfClient(step))
          return <ClientMark key={command} {...{ row, rows, scale }} />;
        if (refused === null) return null;
        return (
          <span
            key={command}
            className="bar-skipped"
            title={titleOf(row)}
            style={{ left: xOf(scale, end) }}
          >
            <CrossIcon />
            {refused.errno}
          </span>
        );
      })}
      {skippedPlaces(rows, props.session, scale).map(({ end, shown, hidden }) => (
        <span key={end} className="bar-skips" style={{ left: xOf(scale, end) }}>
          {shown.map((row) => (
            <span key={row.command} className="bar-skipped" data-skipped title={titleOf(row)}>
              <CrossIcon />
              {row.command + 1}
            </span>
          ))}
          {hidden.length > 0 && (
            <span
              className="bar-skipped"
              data-skipped
              title={hidden.map((row) => `${row.command + 1}: ${titleOf(row)}`).join("\n")}
            >
              +{hidden.length}
            </span>
          )}
        </span>
      ))}
    </>
  );
}

function ClientMark(props: {
  readonly row: ScheduleRow;
  readonly rows: readonly ScheduleRow[];
  readonly scale: TimelineScale;
}): ReactNode {
  const text = useText().timeline;
  const { row, rows, scale } = props;
  const left = xOf(scale, rows[row.command - 1]?.end ?? scale.positions[0] ?? 0);
  return (
    <span
      className="bar-client"
      title={text.ofClient(stepSaid(row.step, useLanguage()))}
      style={{ left, maxWidth: Math.max(0, xOf(scale, row.end) - left - 2) }}
    >
      {wordOf(row.step, text.client)}
    </span>
  );
}

function wordOf(
  step: Step,
  words: { readonly settings: string; readonly leaves: string; readonly returns: string },
): string {
  if ("call" in step) return `${step.call}()`;
  if (!("sql" in step)) return words.settings;
  return step.sql === RECONNECT ? words.returns : words.leaves;
}
