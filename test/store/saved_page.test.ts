import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultPreferences } from "../../src/store/preferences.ts";
import {
  savedPage,
  savedPreferences,
  savePage,
  savePlace,
  savePreferences,
} from "../../src/store/saved_page.ts";
import { keptTexts, type StorageArea } from "../../src/store/storage.ts";
import type { SessionName } from "../../src/trace/ids.ts";

const DEFAULTS = defaultPreferences({ darkScheme: false, reducedMotion: false, languages: ["zh"] });

function area(): StorageArea {
  const texts = new Map<string, string>();
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
  };
}

const forbidden: StorageArea = {
  getItem: () => {
    throw new Error("SecurityError");
  },
  setItem: () => {
    throw new Error("SecurityError");
  },
};

const PAGE = {
  script: {
    log: "*** (1) TRANSACTION:",
    lesson: "gap-locks",
    scenario: {
      id: "gap-locks",
      setup: ["CREATE TABLE t (id INT)"],
      steps: [{ session: "A" as SessionName, sql: "BEGIN" }, { advance: 1.5 }],
    },
    sessions: ["A", "C"] as readonly string[] as readonly SessionName[],
  },
  texts: { A: "SELECT '关羽'" },
  position: 12,
  undo: [
    {
      script: {
        lesson: null,
        scenario: { id: "mine", setup: [], steps: [] },
        sessions: ["B"] as readonly string[] as readonly SessionName[],
      },
      branches: [],
      texts: { B: "SELECT 2" },
      position: 4,
      edit: { session: "B" as SessionName, from: "SELECT 1", to: "SELECT 2" },
      by: "opening" as const,
    },
  ],
  redo: [],
  branches: [
    {
      id: 1,
      script: {
        lesson: null,
        scenario: { id: "other", setup: ["CREATE TABLE t (id INT)"], steps: [{ advance: 1 }] },
        sessions: ["A"] as readonly string[] as readonly SessionName[],
        bookmarks: [3, 9],
      },
      at: 1_700_000_000_000,
    },
  ],
};

describe("what a reload keeps", () => {
  it("is the script, the editors, the cursor and the preferences", () => {
    const stored = area();
    savePage(
      keptTexts(() => stored),
      PAGE,
      0,
    );
    const preferences = { ...DEFAULTS, theme: "dark", layouts: { stage: { index: 40 } } } as const;
    savePreferences(
      keptTexts(() => stored),
      preferences,
    );
    const again = keptTexts(() => stored);
    expect(savedPage(again)).toEqual(PAGE);
    expect(savedPreferences(again, DEFAULTS)).toEqual(preferences);
  });

  it("knows where the cursor went after the script was written", () => {
    const kept = keptTexts(area);
    savePage(kept, PAGE, 0);
    savePlace(kept, 7);
    expect(savedPage(kept)).toEqual({ ...PAGE, position: 7 });
    savePlace(kept, null);
    expect(savedPage(kept)?.position).toBeNull();
  });

  it("keeps fewer undos of a script so long that all of them would not fit", () => {
    const stored = area();
    const kept = keptTexts(() => stored);
    const sql = `SELECT '${"x".repeat(60_000)}'`;
    const script = { ...PAGE.script, scenario: { id: "long", setup: [sql], steps: [] } };
    const undo = Array.from({ length: 40 }, () => ({
      script,
      texts: null,
      branches: null,
      position: null,
      edit: null,
      by: "run" as const,
    }));
    savePage(kept, { ...PAGE, script, undo }, 0);
    expect(savedPage(kept)?.script).toEqual(script);
    expect(savedPage(kept)?.undo).toHaveLength(12);
  });

  it("is kept in memory where the browser forbids storage, without a throw", () => {
    const kept = keptTexts(() => forbidden);
    savePage(kept, PAGE, 0);
    expect(savedPage(kept)).toEqual(PAGE);
    const worse = keptTexts(() => {
      throw new Error("SecurityError");
    });
    expect(savedPage(worse)).toBeNull();
  });

  it("is not trusted: anything else than a page is no page", () => {
    const anything = fc.oneof(fc.string(), fc.json());
    fc.assert(
      fc.property(anything, (text) => {
        const kept = keptTexts(() => ({ getItem: () => text, setItem: () => undefined }));
        expect(savedPage(kept)).toBeNull();
        expect(savedPreferences(kept, DEFAULTS)).toMatchObject({ playSpeed: expect.any(Number) });
      }),
      { seed: 3, numRuns: 300 },
    );
    const kept = keptTexts(() => ({
      getItem: () => '{"script":{"scenario":{"setup":[],"steps":[{"session":"Z","sql":"x"}]}}}',
      setItem: () => undefined,
    }));
    expect(savedPage(kept)).toBeNull();
  });
});
