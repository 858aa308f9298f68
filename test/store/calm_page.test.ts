import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCalmPage } from "../../src/store/calm_page.ts";
import { createPageStore } from "../../src/store/page_store.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function race() {
  const store = createPageStore();
  const calm = createCalmPage(store, () => Date.now());
  const move = (position: number, afterMs: number): number => {
    vi.advanceTimersByTime(afterMs);
    store.setState({ position });
    return calm.getState().page.position;
  };
  return { store, calm, move };
}

describe("the calm page", () => {
  it("follows a move by itself at once", () => {
    const { move } = race();
    expect(move(1, 1000)).toBe(1);
    expect(move(2, 500)).toBe(2);
  });

  it("rests while moves race, and ends where they end", () => {
    const { calm, move } = race();
    expect(move(1, 1000)).toBe(1);
    expect(move(2, 16)).toBe(1);
    expect(move(3, 16)).toBe(1);
    vi.advanceTimersByTime(140);
    expect(calm.getState().page.position).toBe(3);
  });

  it("is caught up a few times a second in a long race", () => {
    const { calm, move } = race();
    const seen = new Set<number>();
    for (let at = 1; at <= 60; at += 1) {
      move(at, 16);
      seen.add(calm.getState().page.position);
    }
    expect(seen.size).toBeGreaterThan(4);
    expect(seen.size).toBeLessThan(12);
  });

  it("shows what is not a move at once", () => {
    const { store, calm } = race();
    store.setState({ texts: { A: "SELECT 1" } });
    expect(calm.getState().page.texts).toEqual({ A: "SELECT 1" });
  });
});
