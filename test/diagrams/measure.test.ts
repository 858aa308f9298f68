import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ellipsized, textWidth, wrapped } from "../../src/diagrams/measure.ts";

const text = fc.stringMatching(/^[a-z0-9 ,:关羽张飞版本，。]{0,60}$/);

describe("texts are made to fit", () => {
  it("wrapped lines fit and lose nothing", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 120, max: 400 }), (words, width) => {
        const lines = wrapped(words, "note", width);
        for (const line of lines) expect(textWidth(line, "note")).toBeLessThanOrEqual(width);
        const letters = (each: string): string => each.replace(/[ …]/g, "");
        if (!lines.some((line) => line.includes("…"))) {
          expect(letters(lines.join(""))).toBe(letters(words));
        }
      }),
      { seed: 8 },
    );
  });

  it("an ellipsized text fits, and is itself where it can be", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 400 }), (words, width) => {
        const short = ellipsized(words, "note", width);
        expect(textWidth(short, "note")).toBeLessThanOrEqual(width);
        if (textWidth(words, "note") <= width) expect(short).toBe(words);
      }),
      { seed: 8 },
    );
  });

  it("Chinese breaks between characters, and its punctuation stays behind", () => {
    expect(wrapped("102 在活跃事务中：不可见", "note", 112)).toEqual([
      "102 在活跃事务中：",
      "不可见",
    ]);
  });
});
