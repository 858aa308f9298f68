import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPageStore } from "../../src/store/page_store.ts";
import { startPlayer } from "../../src/store/player.ts";
import { appended, emptyTimeline } from "../../src/trace/timeline.ts";
import { runSql } from "../fixtures/run_sql.ts";
import { SCRIPTS } from "../fixtures/scenes.ts";

describe("a trace that plays", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("lingers on the cycle of a deadlock, and then goes on to its end", () => {
    const { events } = runSql(SCRIPTS.deadlockOfTwo);
    const store = createPageStore();
    store.setState({ timeline: appended(emptyTimeline, events) });
    startPlayer(store);
    const found = events.findIndex(({ type }) => type === "deadlock.found");
    store.getState().seek(found);
    const turn = 1_000 / store.getState().preferences.playSpeed;
    store.getState().setPlaying(true);
    vi.advanceTimersByTime(turn);
    expect(store.getState().position).toBe(found + 1);
    vi.advanceTimersByTime(2_000);
    expect(store.getState().position).toBe(found + 1);
    vi.advanceTimersByTime(60_000);
    expect(store.getState().position).toBe(events.length);
    expect(store.getState().playing).toBe(false);
  });

  it("stops where it is told to", () => {
    const { events } = runSql(SCRIPTS.deadlockOfTwo);
    const store = createPageStore();
    store.setState({ timeline: appended(emptyTimeline, events) });
    startPlayer(store);
    store.getState().seek(20);
    store.getState().setPlaying(true, 24);
    vi.advanceTimersByTime(60_000);
    expect(store.getState()).toMatchObject({ position: 24, playing: false });
    store.getState().setPlaying(true);
    vi.advanceTimersByTime(600_000);
    expect(store.getState()).toMatchObject({ position: events.length, playing: false });
  });
});
