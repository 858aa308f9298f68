/** What can be on a picture, and which moments a moving one has. */

import { append } from "../../base/lists.ts";
import type { Scenario } from "../../trace/scenario.ts";
import { boundaries, commandAt, stepInto, type Timeline } from "../../trace/timeline.ts";

export const PARTS = ["index", "versions", "waits", "levels", "tables", "stream"] as const;
export type Part = (typeof PARTS)[number];

/** More frames than this are a film nobody watches. */
export const FRAMES_MAX = 600;

/** A moment one can begin or end at: after the set-up, after each step. */
export interface Moment {
  readonly position: number;
  /** The step that has just been carried out, from 1; 0 after the set-up. */
  readonly step: number;
  readonly session: string;
  readonly text: string;
}

export function momentsOf(timeline: Timeline, scenario: Scenario): readonly Moment[] {
  return boundaries(timeline).map((position): Moment => {
    const at = commandAt(timeline, position);
    const step = scenario.steps[at];
    if (step === undefined) return { position, step: 0, session: "", text: "" };
    if ("advance" in step)
      return { position, step: at + 1, session: "", text: `+ ${step.advance} s` };
    const text = "sql" in step ? step.sql.replace(/\s+/g, " ") : "…";
    return { position, step: at + 1, session: step.session, text };
  });
}

/** The positions from one to the other, both included, by statements or by events worth a look. */
export function framesBetween(
  timeline: Timeline,
  from: number,
  to: number,
  pace: "statements" | "events",
): readonly number[] {
  const positions = [from];
  if (pace === "statements") {
    append(
      positions,
      boundaries(timeline).filter((position) => position > from && position < to),
    );
  } else {
    for (let at = stepInto(timeline, from); at < to; at = stepInto(timeline, at))
      positions.push(at);
  }
  if (to > from) positions.push(to);
  return positions;
}
