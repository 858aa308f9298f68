/**
 * The same story with the result taken the other way, on a second server in a worker of its own: where the session's
 * client reads row by row, the twin stores the result, and the other way round. Follows the script as it grows.
 *
 *     script ──every client step of the session with the twin's call──▶ second worker ──its stream──▶ page.twin
 */
import type { TraceEvent } from "../trace/events.ts";
import type { SessionName } from "../trace/ids.ts";
import type { Scenario } from "../trace/scenario.ts";
import { type ClientApi, type ClientSettings, OTHER_WAY } from "../trace/state_net.ts";
import type { EngineClient } from "./engine_client.ts";
import type { PageState, PageStore } from "./page_store.ts";

/** The other way to take the same result, as far as it has come. */
export interface Twin {
  readonly session: SessionName;
  readonly api: ClientApi;
  /** What moved between the twin's server and its client. */
  readonly events: readonly TraceEvent[];
  /** What went wrong; null when it stands at the end of the script. */
  readonly problem: string | null;
}

/** The story with something changed in every place where the session's client is described. */
export function withClient(
  scenario: Scenario,
  session: SessionName,
  change: Partial<ClientSettings>,
): Scenario {
  const steps = scenario.steps.map((step) =>
    "client" in step && step.session === session
      ? { ...step, client: { ...step.client, ...change } }
      : step,
  );
  return { ...scenario, steps };
}

/** Follows the page's timeline, on a worker of its own. */
export function startTwin(store: PageStore, client: EngineClient): void {
  let isRunning = false;
  /** The script that the twin stands at the end of, and for whom. */
  let shown: { readonly script: PageState["script"]; readonly key: string } | null = null;

  async function follow(): Promise<void> {
    if (isRunning) return;
    const { script, timeline, twinOf, phase } = store.getState();
    if (phase !== "ready") return;
    const net = timeline.head.net.find(({ session }) => session === twinOf) ?? timeline.head.net[0];
    if (net === undefined) {
      shown = null;
      if (store.getState().twin !== null) store.setState({ twin: null });
      return;
    }
    const { session } = net;
    const api = OTHER_WAY[net.settings.api].twin;
    const key = `${session} ${api}`;
    if (shown?.script === script && shown.key === key) return;
    isRunning = true;
    try {
      const before = store.getState().twin;
      let events = before?.session === session && before.api === api ? before.events : [];
      await client.aside(withClient(script.scenario, session, { api }), session, (from, more) => {
        events = [...events.slice(0, from), ...more];
      });
      store.setState({ twin: { session, api, events, problem: null } });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      store.setState({ twin: { session, api, events: [], problem } });
    } finally {
      shown = { script, key };
      isRunning = false;
    }
    void follow();
  }

  store.subscribe((page, old) => {
    const isSame =
      page.script === old.script && page.phase === old.phase && page.twinOf === old.twinOf;
    if (!isSame) void follow();
  });
}
