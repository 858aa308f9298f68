/** The start page tells of what was left: its title, how many statements, when. */
import { expect, it } from "vitest";
import { savePage } from "../../src/store/saved_page.ts";
import { isUntouched, leftWork, savedWork } from "../../src/store/saved_work.ts";
import { keptTexts } from "../../src/store/storage.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import { continueText } from "../../src/views/lesson/ContinueWork.tsx";

function keptWith(
  title: string | undefined,
  steps: readonly Step[],
  earlierSteps: readonly Step[] = [],
) {
  const texts = new Map<string, string>();
  const area = {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
  };
  const kept = keptTexts(() => area);
  const head = title === undefined ? {} : { title };
  const script = {
    lesson: null,
    scenario: { id: "mine", setup: [], steps, ...head },
    sessions: ["A" as SessionName],
  };
  const earlier = {
    ...script,
    scenario: { ...script.scenario, title: "Mine", steps: earlierSteps },
  };
  const before = { script: earlier, texts: { A: "mine" }, branches: [], position: null };
  const undo = [{ ...before, edit: null, by: "opening" as const }];
  const page = { script, texts: {}, position: null, undo, redo: [], branches: [] };
  savePage(kept, page, 1_700_000_000_000);
  return kept;
}

it("names the title, the statements and the time, in both languages", () => {
  const session = "A" as SessionName;
  const work = savedWork(
    keptWith("Stock", [{ session, sql: "BEGIN" }, { advance: 1 }, { session, sql: "COMMIT" }]),
  );
  expect(work).toMatchObject({
    title: "Stock",
    lesson: null,
    statements: 2,
    at: 1_700_000_000_000,
  });
  if (work === null) return;
  expect(isUntouched(work, { steps: work.steps })).toBe(true);
  expect(isUntouched(work, { steps: work.steps.slice(1) })).toBe(false);
  expect(continueText(work, "Stock", "en")).toMatch(
    /^Continue: Stock, 2 statements, Nov 1\d, 2023/,
  );
  expect(continueText(work, "Stock", "zh")).toMatch(/^继续上次的工作：Stock，2 条语句，2023/);
});

it("there is nothing to go on with where nothing was run", () => {
  expect(savedWork(keptWith("Stock", []))).toBeNull();
});

it("work that something else was opened over is still found, with its texts", () => {
  const kept = keptWith("A lesson", [], [{ session: "A" as SessionName, sql: "BEGIN" }]);
  expect(savedWork(kept)).toBeNull();
  expect(leftWork(kept)).toMatchObject([
    { title: "Mine", statements: 1, left: { texts: { A: "mine" }, position: null } },
  ]);
  expect(leftWork(keptWith("Stock", []))).toEqual([]);
});
