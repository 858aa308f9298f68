/**
 * Virtual time that passes by itself: while somebody's wait or sleep will end before long, a tick lets some seconds pass
 * at the rate that was chosen. Time stands still when nobody waits, in the past, and while the trace is played.
 */
import { minOf } from "../base/lists.ts";
import type { State } from "../trace/state.ts";
import type { PageState, PageStore } from "./page_store.ts";

/** Virtual seconds a second; 0 is paused. */
export type TimeRate = 0 | 1 | 10 | 60;

interface Tick {
  readonly everyMs: number;
  readonly seconds: number;
}

const TICKS: Readonly<Record<TimeRate, Tick | null>> = {
  0: null,
  1: { everyMs: 1000, seconds: 1 },
  10: { everyMs: 500, seconds: 5 },
  60: { everyMs: 500, seconds: 30 },
};

/** Virtual seconds a second. */
export const TIME_RATES = [0, 1, 10, 60] as const satisfies readonly TimeRate[];

/** A wait that ends later than this is not worth watching: metadata locks wait for a year. */
const WORTH_WAITING_MS = 3_600_000;

/** Until the first wait or sleep ends by itself, in virtual milliseconds; null when none will. */
export function untilNextEndMs(state: State): number | null {
  const ends = [
    ...state.sessions.flatMap(({ wait }) => wait?.untilMs ?? []),
    ...state.net.flatMap(({ client, server }) => client.untilMs ?? server.deadlineMs ?? []),
  ];
  return ends.length === 0 ? null : Math.max(0, minOf(ends) - state.clockMs);
}

/** While the rate is not 0 and no command runs. */
export function startPassingTime(store: PageStore): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  function tick(seconds: number): void {
    const page = store.getState();
    if (mayPass(page)) void page.commands.advance(seconds);
  }
  store.subscribe((page, old) => {
    if (page.timeRate === old.timeRate) return;
    clearInterval(timer);
    const chosen = TICKS[page.timeRate];
    if (chosen !== null) timer = setInterval(() => tick(chosen.seconds), chosen.everyMs);
  });
}

function mayPass(page: PageState): boolean {
  const { phase, playing, position, timeline, stateAtCursor } = page;
  if (phase !== "ready" || playing || position < timeline.length) return false;
  const until = untilNextEndMs(stateAtCursor);
  return until !== null && until <= WORTH_WAITING_MS;
}
