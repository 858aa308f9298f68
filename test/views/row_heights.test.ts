import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RowHeights } from "../../src/views/log/row_heights.ts";

describe("the heights of a long list's rows", () => {
  it("sum up as a plain list of numbers does", () => {
    const measured = fc.array(
      fc.record({ row: fc.nat(49), height: fc.integer({ min: 1, max: 90 }) }),
    );
    fc.assert(
      fc.property(measured, fc.nat(4000), (measurements, y) => {
        const heights = new RowHeights(50, 30);
        const plain = new Array<number>(50).fill(30);
        for (const { row, height } of measurements) {
          expect(heights.measure(row, height)).toBe(height - (plain[row] ?? 0));
          plain[row] = height;
        }
        const tops = plain.map((_, row) =>
          plain.slice(0, row).reduce((sum, next) => sum + next, 0),
        );
        expect(plain.map((_, row) => heights.top(row))).toEqual(tops);
        expect(heights.rowAt(y)).toBe(
          Math.max(
            0,
            tops.findLastIndex((top) => top <= y),
          ),
        );
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  it("are kept where the list grew or shrank at its end", () => {
    const heights = new RowHeights(3, 30);
    heights.measure(0, 50);
    heights.measure(2, 10);
    expect(new RowHeights(5, 30, heights).total).toBe(50 + 30 + 10 + 30 + 30);
    expect(new RowHeights(2, 30, heights).total).toBe(50 + 30);
  });

  it("of no rows are nothing", () => {
    expect(new RowHeights(0, 30).total).toBe(0);
    expect(new RowHeights(0, 30).rowAt(10)).toBe(0);
  });
});
