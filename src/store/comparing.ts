/**
 * Runs two scripts beside each other on servers of their own, for a look at where they part. The page's own server goes on
 * standing where it is.
 */
import { appended, emptyTimeline, type Timeline } from "../trace/timeline.ts";
import { type EngineClient, EngineFailure } from "./engine_client.ts";
import type { PageCommands } from "./page_commands.ts";
import type { PageStore } from "./page_store.ts";
import type { Script } from "./script.ts";

export interface ComparedRun {
  readonly script: Script;
  readonly timeline: Timeline;
}

/** Two runs beside each other; one worker each. */
export type Comparison =
  | { readonly kind: "running" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "done"; readonly left: ComparedRun; readonly right: ComparedRun };

/** `connect` gives a client with a worker of its own. */
export function createComparing(
  store: PageStore,
  connect: () => EngineClient,
): Pick<PageCommands, "compare" | "endComparison"> {
  /** Only the last one asked for is shown. */
  let asked = 0;
  let client: EngineClient | null = null;

  function end(): void {
    asked += 1;
    client?.stop("the comparison is over");
    client = null;
  }

  async function run(engine: EngineClient, script: Script): Promise<ComparedRun> {
    const now = store.getState();
    if (script === now.script && now.phase !== "working") return { script, timeline: now.timeline };
    let timeline = emptyTimeline;
    await engine.reset(script.scenario, (events) => {
      timeline = appended(timeline, events);
    });
    return { script, timeline };
  }

  async function compare(left: Script, right: Script): Promise<void> {
    end();
    const mine = asked;
    const engine = connect();
    client = engine;
    store.setState({ comparison: { kind: "running" } });
    let found: Comparison;
    try {
      found = { kind: "done", left: await run(engine, left), right: await run(engine, right) };
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
      found = { kind: "failed", message: error.message };
    }
    if (mine === asked) store.setState({ comparison: found });
  }

  return {
    compare,
    endComparison: () => {
      end();
      store.setState({ comparison: null });
    },
  };
}
