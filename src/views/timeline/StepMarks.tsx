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
import { type TimelineScale, xOf } from "./timeline_geometry.ts";

/** As wide as a mark with a number of two digits. */
const MARK_PX = 36;

export function StepMarks(props: {
  readonly session: SessionName;
  readonly scale: TimelineScale;
}): ReactNode {
  const text = useText().timeline;
  const { scale } = props;
  const timeline = usePage((page) => page.timeline);
  const steps = usePage((page) => page.script.scenario.steps);
  const rows = useMemo(() => scheduleRows(timeline, steps), [timeline, steps]);
  return rows
    .filter((row) => row.session === props.session)
    .map((row) => {
      const { command, end, refused, skipped, step } = row;
      if (refused === null && skipped === null) {
        return isOfClient(step) ? <ClientMark key={command} {...{ row, rows, scale }} /> : null;
      }
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
          data-skipped={skipped !== null}
          style={{ left: xOf(scale, end) - MARK_PX * beside(rows, row) }}
        >
          <CrossIcon />
          {refused?.errno ?? command + 1}
        </span>
      );
    });
}

/** How many marks of the same session stand at this place already. */
function beside(rows: readonly ScheduleRow[], { session, end, command }: ScheduleRow): number {
  return rows.filter(
    (row) =>
      row.command < command &&
      row.session === session &&
      row.end === end &&
      (row.skipped !== null || row.refused !== null),
  ).length;
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
