/**
 * A second server beside the one that the page shows: the same story told with something changed, of which only one
 * session's stream is kept.
 */
import { assert } from "../base/assert.ts";
import { Simulation } from "../server/simulation.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { SessionName } from "../trace/ids.ts";
import type { Scenario, Step } from "../trace/scenario.ts";
import { setupFailureText } from "../trace/setup_failure.ts";

export class Aside {
  readonly #simulation: Simulation;
  readonly #setup: string;
  readonly #session: SessionName;
  #steps: string[] = [];
  #events: TraceEvent[] = [];
  #told = 0;

  /** Throws when the set-up fails. */
  constructor(setup: readonly string[], session: SessionName, rowsExaminedMax: number) {
    this.#setup = JSON.stringify(setup);
    this.#session = session;
    this.#simulation = new Simulation({
      emit: (event) => {
        if ("now" in event && event.name === session) this.#events.push(event);
      },
      rowsExaminedMax,
    });
    const failure = this.#simulation.setup(setup);
    if (failure !== null) throw new Error(setupFailure(failure));
  }

  /** What has been run so far is the beginning of that. */
  leadsTo({ setup, steps }: Scenario, session: SessionName): boolean {
    return (
      session === this.#session &&
      JSON.stringify(setup) === this.#setup &&
      this.#steps.length <= steps.length &&
      this.#steps.every((step, at) => step === JSON.stringify(steps[at]))
    );
  }

  /** The steps that are new are run; returns what has not been told yet. */
  run(steps: readonly Step[]): { readonly from: number; readonly events: readonly TraceEvent[] } {
    assert(this.#steps.length <= steps.length, "a story goes on");
    for (const step of steps.slice(this.#steps.length)) {
      this.#simulation.step(step);
      this.#steps.push(JSON.stringify(step));
    }
    const from = this.#told;
    this.#told = this.#events.length;
    return { from, events: this.#events.slice(from) };
  }
}

export function setupFailure(failure: NonNullable<ReturnType<Simulation["setup"]>>): string {
  const { sql, outcome } = failure;
  const reason =
    outcome.kind === "error" ? `ERROR ${outcome.errno}: ${outcome.message}` : outcome.kind;
  return setupFailureText({ sql, reason });
}
