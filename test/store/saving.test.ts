import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPageStore, type PageStore } from "../../src/store/page_store.ts";
import { startSaving } from "../../src/store/saving.ts";
import { keptTexts, type StorageArea } from "../../src/store/storage.ts";

/** Takes texts up to so many characters each. */
function areaOf(room: { characters: number }): StorageArea {
  return {
    getItem: () => null,
    setItem: (_key, text) => {
      if (text.length > room.characters) throw new Error("QuotaExceededError");
    },
  };
}

describe("what is done on the page, where the storage is full", () => {
  const PLACE_ONLY = 30;
  let store: PageStore;
  let room: { characters: number };

  beforeEach(() => {
    vi.useFakeTimers();
    store = createPageStore();
    room = { characters: PLACE_ONLY };
    startSaving(
      store,
      keptTexts(() => areaOf(room)),
    );
    store.setState({ openings: 1, phase: "ready" });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function type(text: string): void {
    store.getState().setText("A" as never, text);
    vi.runAllTimers();
  }

  it("is said not to be kept, once", () => {
    type("SELECT 1");
    expect(store.getState().notice).toEqual({ kind: "notKept" });
    store.setState({ notice: null });
    type("SELECT 2");
    expect(store.getState().notice).toBeNull();
  });

  it("is said so behind the word that a person is reading, when that is gone", () => {
    const woken = { kind: "halted", sql: "" } as const;
    store.setState({ notice: woken });
    type("SELECT 1");
    expect(store.getState().notice).toBe(woken);
    store.setState({ notice: null });
    expect(store.getState().notice).toEqual({ kind: "notKept" });
  });

  it("is said so also when only the cursor's place could still be kept after it", () => {
    store.setState({ notice: { kind: "halted", sql: "" } });
    type("SELECT 1");
    store.setState({ position: 3 });
    vi.runAllTimers();
    store.setState({ notice: null });
    expect(store.getState().notice).toEqual({ kind: "notKept" });
  });

  it("is not said to be lost once there is room again", () => {
    store.setState({ notice: { kind: "halted", sql: "" } });
    type("SELECT 1");
    room.characters = 1_000_000;
    type("SELECT 2");
    store.setState({ notice: null });
    expect(store.getState().notice).toBeNull();
  });
});
