import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCalmPage } from "../../src/store/calm_page.ts";
import { createPageStore } from "../../src/store/page_store.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const FRAME_MS = 16;

function race() {
  const store = createPageStore();
  const calm = createCalmPage(
    store,
    () => Date.now(),
    (work) => {
      const timer = setTimeout(work, FRAME_MS);
      return () => clearTimeout(timer);
    },
  );
  const place = (): number => calm.getState().position;
  const move = (position: number, afterMs: number): number => {
    vi.advanceTimersByTime(afterMs);
    store.setState({ position });
    return place();
  };
  return { store, calm, move, place };
}

describe("the calm page", () => {
  it("follows a move by itself behind the picture that shows it", () => {
    const { move, place } = race();
    expect(move(1, 1000)).toBe(0);
    vi.advanceTimersByTime(FRAME_MS);
    expect(place()).toBe(1);
    expect(move(2, 500)).toBe(1);
    vi.advanceTimersByTime(FRAME_MS);
    expect(place()).toBe(2);
  });

  it("rests while moves race, and ends where they end", () => {
    const { move, place } = race();
    move(1, 1000);
    expect(move(2, 20)).toBe(1);
    expect(move(3, 16)).toBe(1);
    expect(move(4, 16)).toBe(1);
    vi.advanceTimersByTime(140);
    expect(place()).toBe(4);
  });

  it("is caught up a few times a second in a long race", () => {
    const { move } = race();
    const seen = new Set<number>();
    for (let at = 1; at <= 60; at += 1) seen.add(move(at, 16));
    expect(seen.size).toBeGreaterThan(4);
    expect(seen.size).toBeLessThan(12);
  });

  it("shows what is not a move at once, also while a move is held back", () => {
    const { store, calm, move } = race();
    store.setState({ texts: { A: "SELECT 1" } });
    expect(calm.getState().texts).toEqual({ A: "SELECT 1" });
    expect(move(1, 1000)).toBe(0);
    store.setState({ texts: { A: "SELECT 2" } });
    expect(calm.getState().texts).toEqual({ A: "SELECT 2" });
    expect(calm.getState().position).toBe(0);
  });

  it("brings what belongs to a move with it, and not before", () => {
    const { store, calm } = race();
    const script = { ...store.getState().script, lesson: "another" };
    store.setState({ position: 3, script });
    expect(calm.getState().script.lesson).toBeNull();
    vi.advanceTimersByTime(FRAME_MS);
    expect(calm.getState()).toBe(store.getState());
  });

  it("shows another script at once", () => {
    const { store, move, place } = race();
    move(5, 1000);
    store.setState({ openings: 1, position: 7 });
    expect(place()).toBe(7);
  });
});
