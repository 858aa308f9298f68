import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ChangeKind,
  changeKind,
  recordChange,
  replacement,
  startHistory,
  type TextHistory,
} from "../../src/editor/text_history.ts";

/** Each step: the text after it, how it changed, and when (ms). */
function typed(first: string, steps: readonly (readonly [string, ChangeKind, number])[]): string[] {
  let history: TextHistory = startHistory(first);
  for (const [text, kind, at] of steps) {
    const selection = { start: text.length, end: text.length, backward: false };
    history = recordChange(history, { text, selection }, kind, at);
  }
  return history.entries.map((entry) => entry.text);
}

describe("the history of the plain editor", () => {
  it("takes a burst of typing as one step", () => {
    const steps = [
      ["S", "type", 0],
      ["SE", "type", 100],
      ["SEL", "type", 300],
    ] as const;
    expect(typed("", steps)).toEqual(["", "SEL"]);
  });

  it("begins a step after a pause, at a new line and when deleting begins", () => {
    expect(
      typed("", [
        ["a", "type", 0],
        ["ab", "type", 5000],
      ]),
    ).toEqual(["", "a", "ab"]);
    expect(
      typed("", [
        ["a", "type", 0],
        ["a\n", "other", 9],
        ["a\nb", "type", 20],
      ]),
    ).toEqual(["", "a", "a\n", "a\nb"]);
    expect(
      typed("", [
        ["ab", "type", 0],
        ["a", "delete", 9],
        ["", "delete", 20],
      ]),
    ).toEqual(["", "ab", ""]);
  });

  it("goes back when the browser undoes", () => {
    expect(
      typed("", [
        ["a", "type", 0],
        ["ab", "other", 10],
        ["a", "undo", 20],
      ]),
    ).toEqual(["", "a"]);
  });

  it("knows what the browser's input events do", () => {
    expect(changeKind("insertText")).toBe("type");
    expect(changeKind("deleteContentBackward")).toBe("delete");
    expect(changeKind("historyUndo")).toBe("undo");
    expect(changeKind("insertFromPaste")).toBe("other");
  });
});

describe("the smallest replacement", () => {
  it("makes the one text of the other", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 12 });
    const property = fc.property(text, text, (before, after) => {
      const { start, end, text: middle } = replacement(before, after);
      expect(before.slice(0, start) + middle + before.slice(end)).toBe(after);
    });
    fc.assert(property, { seed: 9, numRuns: 500 });
    expect(replacement("SELECT 1", "SELECT 12")).toEqual({ start: 8, end: 8, text: "2" });
  });
});
