/** The beginning of a built-in story and what the simulated server does with it: `played.ts` keeps it, the build writes it. */
import type { TraceEvent } from "../trace/events.ts";
import type { Scenario } from "../trace/scenario.ts";

export interface Played {
  /** Of what it is the trace, word for word. */
  readonly story: string;
  readonly events: readonly TraceEvent[];
}

/** All that the server is told of a scenario. */
export function storyOf({ setup, steps }: Pick<Scenario, "setup" | "steps">): string {
  return JSON.stringify({ setup, steps });
}
