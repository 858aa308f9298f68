/** Streaming lessons as they go, for tests of their pictures. */
import type { Lesson } from "../../src/lessons/lesson.ts";
import { Simulation } from "../../src/server/simulation.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Scenario, Step } from "../../src/trace/scenario.ts";
import type { State } from "../../src/trace/state.ts";
import type { NetState } from "../../src/trace/state_net.ts";
import { appended, emptyTimeline, type Timeline } from "../../src/trace/timeline.ts";

export const SESSION_A = "A" as SessionName;

export function playedLesson(lesson: Lesson, more: readonly Step[]): Timeline {
  return played({ ...lesson.scenario, steps: [...lesson.scenario.steps, ...more] });
}

export function played({ setup, steps }: Pick<Scenario, "setup" | "steps">): Timeline {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  const failure = simulation.setup(setup);
  if (failure !== null) throw new Error(JSON.stringify(failure));
  for (const step of steps) simulation.step(step);
  return appended(emptyTimeline, events);
}

export function netOf(state: State): NetState | null {
  return state.net.find(({ session }) => session === SESSION_A) ?? null;
}
