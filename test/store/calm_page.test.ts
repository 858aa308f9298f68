import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCalmPages } from "../../src/store/calm_page.ts";
import { createPageStore } from "../../src/store/page_store.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const FRAME_MS = 16;

function race(turns = 1, workMs = 0) {
  const store = createPageStore();
  const after = (ms: number) => (work: () => void) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  };
  const [calm, ...others] = createCalmPages(
    store,
    turns,
    () => Date.now(),
    after(FRAME_MS),
    after(workMs),
  );
  if (calm === undefined) throw new Error("there is no first turn");
  const place = (): number => calm.getState().position;
  const move = (position: number, afterMs: number): number => {
    vi.advanceTimersByTime(afterMs);
    store.setState({ position });
    return place();
  };
  return { store, calm, others, move, place };
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

  it("rests while every frame brings a move, but for a turn now and then", () => {
    const { move } = race(2);
    const seen = new Set<number>();
    for (let at = 1; at <= 120; at += 1) seen.add(move(at, 16));
    expect(seen.size).toBeGreaterThan(2);
    expect(seen.size).toBeLessThan(6);
  });

  it("rests also where one of the frames of a drag is late", () => {
    const { move } = race(2);
    const seen = new Set<number>();
    for (let at = 1; at <= 60; at += 1) seen.add(move(at, at % 3 === 0 ? 33 : 16));
    expect(seen.size).toBeGreaterThan(2);
    expect(seen.size).toBeLessThan(8);
  });

  it("takes one turn behind each picture while a key repeats, and the others when it rests", () => {
    const { calm, others, move } = race(3);
    const places = (): readonly number[] =>
      [calm, ...others].map((page) => page.getState().position);
    move(1, 1000);
    for (let at = 2; at <= 7; at += 1) move(at, 40);
    vi.advanceTimersByTime(FRAME_MS);
    expect(places().toSorted()).toEqual([5, 6, 7]);
    vi.advanceTimersByTime(200);
    expect(places()).toEqual([7, 7, 7]);
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

  it("takes one turn a frame where each takes long, and several where there is room", () => {
    const long = race(3, 10);
    const places = (): readonly number[] =>
      [long.calm, ...long.others].map((page) => page.getState().position);
    long.move(4, 1000);
    expect(places()).toEqual([0, 0, 0]);
    vi.advanceTimersByTime(FRAME_MS);
    expect(places()).toEqual([4, 0, 0]);
    vi.advanceTimersByTime(10 + FRAME_MS);
    expect(places()).toEqual([4, 4, 0]);
    vi.advanceTimersByTime(10 + FRAME_MS);
    expect(places()).toEqual([4, 4, 4]);

    const short = race(3);
    short.move(4, 1000);
    vi.advanceTimersByTime(FRAME_MS + 3);
    expect([short.calm, ...short.others].map((page) => page.getState().position)).toEqual([
      4, 4, 4,
    ]);
  });

  it("takes no turn between a statement and its answer, unless that is long in coming", () => {
    const { store, calm, others, move } = race(3, 10);
    const places = (): readonly number[] =>
      [calm, ...others].map((page) => page.getState().position);
    move(1, 1000);
    vi.advanceTimersByTime(FRAME_MS);
    store.setState({ phase: "working" });
    vi.advanceTimersByTime(100);
    expect(places()).toEqual([1, 0, 0]);
    move(2, 0);
    store.setState({ phase: "ready" });
    vi.advanceTimersByTime(FRAME_MS);
    expect(places()).toEqual([1, 2, 0]);
    store.setState({ phase: "working" });
    vi.advanceTimersByTime(500);
    expect(places()).toEqual([2, 2, 2]);
  });

  it("begins again for who was shown a place that was left while others had their turns", () => {
    const { calm, others, move } = race(2, 10);
    move(1, 1000);
    vi.advanceTimersByTime(FRAME_MS);
    expect(calm.getState().position).toBe(1);
    move(2, 20);
    vi.advanceTimersByTime(FRAME_MS);
    expect(others[0]?.getState().position).toBe(2);
    expect(calm.getState().position).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(calm.getState().position).toBe(2);
  });
});
