/**
 * "What would this do?": a statement that is not run. The worker makes a server of its own, replays the steps up to the
 * cursor, runs the statement there, sends what happened, and throws the server away.
 */
import type { TraceEvent } from "../trace/events.ts";
import type { SessionName } from "../trace/ids.ts";
import type { Scenario } from "../trace/scenario.ts";
import type { Outcome, State } from "../trace/state.ts";
import {
  appended,
  emptyTimeline,
  eventAt,
  seek,
  stepsUpTo,
  type Timeline,
} from "../trace/timeline.ts";
import { type EngineClient, EngineFailure, PeekFailure } from "./engine_client.ts";
import type { PageState } from "./page_store.ts";

/** What a statement would do at the cursor. */
export interface Peek {
  readonly session: SessionName;
  readonly sql: string;
  /** The state that it would find. */
  readonly before: State;
  readonly events: readonly TraceEvent[];
  /** In the middle of whose statement it was asked: the answer is for behind it. Null: in nobody's. */
  readonly amid: SessionName | null;
  /** Why there is no answer; null when there is one. */
  readonly failure: string | null;
}

type Page = Pick<PageState, "script" | "timeline" | "position">;

/** A session of nobody's, for questions about the server as a whole. */
const OBSERVER = "observer" as SessionName;

/** Of a cursor inside a statement, the end of the statement counts: the server cannot be stopped in the middle of one. */
export async function peekAt(
  page: Page,
  client: EngineClient,
  step: { readonly session: SessionName; readonly sql: string },
): Promise<Peek> {
  const { script, timeline, position } = page;
  const steps = stepsUpTo(timeline, script.scenario, position);
  const asked = { ...step, before: seek(timeline, position), amid: null };
  try {
    const events = await client.peek({ ...script.scenario, steps }, step);
    const before = seek(timeline, Math.min(events[0]?.seq ?? position, timeline.length));
    const amid = before.seq > position ? (eventAt(timeline, position)?.session ?? null) : null;
    return { ...asked, before, events, amid, failure: null };
  } catch (error) {
    if (!(error instanceof PeekFailure || error instanceof EngineFailure)) throw error;
    return { ...asked, events: [], failure: error.message };
  }
}

/** The answer to `sql` of a session of its own at the cursor; null: it waited, or there was none. */
export async function outcomeAt(
  page: Page,
  client: EngineClient,
  sql: string,
): Promise<Outcome | null> {
  const { events } = await peekAt(page, client, { session: OBSERVER, sql });
  for (const event of events) {
    if (event.type === "statement.ended" && event.session === OBSERVER) return event.outcome;
  }
  return null;
}

/** Played through from the beginning; one after the other, since a client has one server. */
export async function playedApart(
  client: EngineClient,
  scenario: Scenario,
): Promise<Timeline | null> {
  let timeline = emptyTimeline;
  const play = lastPlay.then(() =>
    client.reset(scenario, (events) => {
      timeline = appended(timeline, events);
    }),
  );
  lastPlay = play.catch(() => undefined);
  try {
    await play;
    return timeline;
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    return null;
  }
}

let lastPlay: Promise<void> = Promise.resolve();
