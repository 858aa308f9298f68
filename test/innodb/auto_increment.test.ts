/** The AUTO_INCREMENT counter under auto_increment_increment and auto_increment_offset. */
import { describe, expect, it } from "vitest";
import { firstInStep, nextAutoIncrement, STEP_OF_ONE } from "../../src/innodb/auto_increment.ts";

describe("the AUTO_INCREMENT counter", () => {
  it("moves by one where nothing else is said", () => {
    expect(nextAutoIncrement(7, 1, STEP_OF_ONE)).toBe(8);
    expect(nextAutoIncrement(7, 3, { step: 1, offset: 1 })).toBe(10);
  });

  it("gives only values that are offset plus a multiple of the step", () => {
    const step = { step: 10, offset: 3 };
    expect(firstInStep(1, step)).toBe(3);
    expect(firstInStep(4, step)).toBe(13);
    expect(firstInStep(13, step)).toBe(13);
    expect(nextAutoIncrement(3, 1, step)).toBe(13);
    expect(nextAutoIncrement(13, 3, step)).toBe(43);
  });
});
