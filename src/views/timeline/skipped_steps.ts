/** Statements of a session that were not run: where their turn was, and the room that their chips take left of it. */
import { textWidth } from "../../diagrams/measure.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { Step } from "../../trace/scenario.ts";
import type { Timeline } from "../../trace/timeline.ts";
import { type ScheduleRow, scheduleRows } from "../schedule/schedule_rows.ts";
import { type TimelineScale, xOf } from "./timeline_geometry.ts";

/** More of them at one place are counted. */
const SIDE_BY_SIDE_MAX = 3;
/** A chip's icon, padding and borders. */
const CHIP_ASIDE_PX = 20;
const BETWEEN_PX = 3;
/** Beside the chips of a place. */
const GROUP_ASIDE_PX = 20;

export interface SkippedPlace {
  readonly end: number;
  /** Each with a chip of its own, as many as the command before has room for. */
  readonly shown: readonly ScheduleRow[];
  /** Counted together. */
  readonly hidden: readonly ScheduleRow[];
  /** Of all its chips. */
  readonly width: number;
}

export function skippedPlaces(
  rows: readonly ScheduleRow[],
  session: SessionName,
  scale: TimelineScale,
): readonly SkippedPlace[] {
  const places = new Map<number, ScheduleRow[]>();
  for (const row of rows) {
    if (row.session !== session || row.skipped === null || row.refused !== null) continue;
    places.set(row.end, [...(places.get(row.end) ?? []), row]);
  }
  return [...places].map(([end, all]) => {
    const room = xOf(scale, end) - xOf(scale, scale.positions.findLast((at) => at < end) ?? end);
    let most = all.length > SIDE_BY_SIDE_MAX ? SIDE_BY_SIDE_MAX - 1 : all.length;
    while (most > 0 && chipsWidth(all, most) > room) most -= 1;
    return {
      end,
      shown: all.slice(0, most),
      hidden: all.slice(most),
      width: chipsWidth(all, most),
    };
  });
}

function chipsWidth(rows: readonly ScheduleRow[], most: number): number {
  const texts = rows.slice(0, most).map(({ command }) => `${command + 1}`);
  if (rows.length > most) texts.push(`+${rows.length - most}`);
  const chips = texts.map((text) => CHIP_ASIDE_PX + textWidth(text, "note"));
  return chips.reduce((sum, chip) => sum + chip + BETWEEN_PX, GROUP_ASIDE_PX);
}

/** The stretches that the chips of a session's lane take. */
export function chipStretches(
  timeline: Timeline,
  steps: readonly Step[],
  session: SessionName,
  scale: TimelineScale,
): readonly { readonly from: number; readonly to: number }[] {
  return skippedPlaces(scheduleRows(timeline, steps), session, scale).map(({ end, width }) => {
    const to = xOf(scale, end);
    return { from: to - width, to };
  });
}
