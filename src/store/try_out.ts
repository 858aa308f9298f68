/** Runs a scenario on a second server beside the page's own, so that nothing on the page changes. */
import type { Scenario } from "../trace/scenario.ts";
import { appended, emptyTimeline, type Timeline } from "../trace/timeline.ts";
import { createEngineClient, type WorkerLike } from "./engine_client.ts";

/** Plays a scenario on a server of its own; rejects where that fails. */
export type TryOut = (scenario: Scenario) => Promise<Timeline>;

/** One at a time; the worker is started by the first and kept. */
export function createTryOut(spawn: () => WorkerLike, patienceMs: number): TryOut {
  const client = createEngineClient(spawn, patienceMs);
  let turn: Promise<unknown> = Promise.resolve();
  return (scenario) => {
    const run = async (): Promise<Timeline> => {
      let timeline = emptyTimeline;
      await client.reset(scenario, (events) => {
        timeline = appended(timeline, events);
      });
      return timeline;
    };
    const result = turn.then(run, run);
    turn = result.catch(() => undefined);
    return result;
  };
}
