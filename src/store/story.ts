/** The beginning of a built-in story and what the simulated server does with it: `played.ts` keeps it, the build writes it. */
import type { Scenario } from "../trace/scenario.ts";
import type { ToldEvents } from "./told_events.ts";

export interface Played {
  /** Of what it is the trace, word for word. */
  readonly story: string;
  readonly told: ToldEvents;
}

/** All that the server is told of a scenario. */
export function storyOf({ setup, steps }: Pick<Scenario, "setup" | "steps">): string {
  return JSON.stringify({ setup, steps });
}
