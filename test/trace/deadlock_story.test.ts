/** The story of a deadlock: told from its beginning at any place behind it. */
import { describe, expect, it } from "vitest";
import { applyEvents, initialState } from "../../src/trace/apply.ts";
import { deadlockStory } from "../../src/trace/why/deadlock_story.ts";
import { runSql } from "../fixtures/run_sql.ts";
import { SCRIPTS } from "../fixtures/scenes.ts";

const { setup, steps } = SCRIPTS.deadlockOfTwo;
const behind = runSql({ setup, steps: [...steps, "B: SELECT 1"] });

describe("the story of a deadlock", () => {
  it.each(["en", "zh"] as const)("in %s is as reviewed, long after it", async (language) => {
    const { lastDeadlock } = behind.state;
    if (lastDeadlock === null) throw new Error("no deadlock");
    const eventOf = (seq: number) => behind.events[seq] ?? null;
    const lines = deadlockStory(lastDeadlock, behind.state, language, eventOf);
    await expect(`${lines.map(({ text }) => text).join("\n")}\n`).toMatchFileSnapshot(
      `snapshots/deadlock_story_${language}.txt`,
    );
    const types = lines.map(({ seq }) => (seq === null ? null : behind.events[seq]?.type));
    expect(types).toEqual([
      "lock.waiting",
      "lock.waiting",
      "deadlock.found",
      null,
      "statement.ended",
      "statement.ended",
    ]);
  });

  it("does not know what comes later", () => {
    const at = behind.events.findIndex(({ type }) => type === "deadlock.found");
    const state = applyEvents(initialState, behind.events.slice(0, at + 1));
    if (state.lastDeadlock === null) throw new Error("no deadlock");
    const lines = deadlockStory(
      state.lastDeadlock,
      state,
      "en",
      (seq) => behind.events[seq] ?? null,
    );
    expect(lines.slice(-2).map(({ seq }) => seq)).toEqual([null, null]);
    expect(lines.at(-1)?.text).toContain("its statement is not over yet");
  });

  it("begins with the gap that a removed record has left to those who waited for it", () => {
    const insert = "INSERT INTO c (k) VALUES (15) ON DUPLICATE KEY UPDATE k = 16";
    const { events, state } = runSql({
      setup: [
        "CREATE TABLE c (id INT AUTO_INCREMENT PRIMARY KEY, k INT UNIQUE)",
        "INSERT INTO c (k) VALUES (10), (20)",
      ],
      steps: ["A: BEGIN", `A: ${insert}`, `B: ${insert}`, `C: ${insert}`, "A: ROLLBACK"],
    });
    if (state.lastDeadlock === null) throw new Error("no deadlock");
    const lines = (language: "en" | "zh") =>
      deadlockStory(state.lastDeadlock ?? never(), state, language, (seq) => events[seq] ?? null);
    expect(lines("en")[0]?.text).toMatch(
      /^c\.k \(15, \d\) goes away with what A takes back\. B and C had locked it or waited for it, to check for a duplicate key: .* B and C now each hold the gap lock X,GAP before/,
    );
    expect(lines("zh")[0]?.text).toMatch(
      /^c\.k \(15, \d\) 这条记录没有了（A 撤销了它）。B 和 C 为了检查重复键，/,
    );
    const event = events[lines("en")[0]?.seq ?? -1];
    expect(event).toMatchObject({ type: "lock.granted", why: "inherited" });
  });
});

function never(): never {
  throw new Error("no deadlock");
}
