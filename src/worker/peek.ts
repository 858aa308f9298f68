/** "What would it do?": a step on a server of its own, which is thrown away; the running one never hears of it. */
import { Simulation } from "../server/simulation.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { Scenario, Step } from "../trace/scenario.ts";
import { setupFailure } from "./aside.ts";

export interface Peeked {
  readonly events: readonly TraceEvent[];
  /** Why there is no answer; null when there is one. */
  readonly failure: string | null;
}

/** The events of the step alone, numbered as they would be on the running server. */
export function peeked(scenario: Scenario, step: Step, rowsExaminedMax: number): Peeked {
  let events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event), rowsExaminedMax });
  try {
    const failure = simulation.setup(scenario.setup);
    if (failure !== null) throw new Error(setupFailure(failure));
    for (const before of scenario.steps) simulation.step(before);
    events = [];
    simulation.step(step);
    return { events, failure: null };
  } catch (error) {
    return { events: [], failure: error instanceof Error ? error.message : String(error) };
  }
}
