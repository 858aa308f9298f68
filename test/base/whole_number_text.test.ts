import { describe, expect, it } from "vitest";
import { wholeNumberText } from "../../src/base/whole_number_text.ts";

describe("the text of a number", () => {
  it.each([
    0,
    -0,
    1,
    9,
    10,
    99,
    100,
    999,
    1_000,
    1_001,
    9_999,
    10_000,
    45_678,
    100_000,
    500_050,
    999_999,
    1_000_000,
    1_000_001,
    2_147_483_647,
    2_147_483_648,
    9_007_199_254_740_991,
    -1,
    -999,
    -1_000,
    0.5,
    999.5,
    1_000.5,
    -0.5,
    1e21,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])("%d is what String makes of it", (number) => {
    expect(wholeNumberText(number)).toBe(String(number));
  });

  it("each number of up to four digits, and what lies beside round ones", () => {
    for (let number = 0; number < 10_000; number += 1) {
      expect(wholeNumberText(number)).toBe(String(number));
      expect(wholeNumberText(number * 100 - 1)).toBe(String(number * 100 - 1));
    }
  });
});
