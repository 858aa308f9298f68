import { describe, expect, it } from "vitest";
import type { Cell } from "../../src/diagrams/index_cells.ts";
import { drawnCells, xFrom } from "../../src/views/stage/reused_cells.ts";

/** Slots of 10 and records of 20 pixels in turn; behind every page an end on either side. */
function line(records: number, page: number): readonly Cell[] {
  const cells: object[] = [];
  let x = 0;
  const put = (kind: string, width: number): void => {
    cells.push({ kind, x, width });
    x += width;
  };
  for (let at = 0; at < records; at += 1) {
    if (at % page === 0) put("infimum", 14);
    put("gap", 10);
    put("rec", 20);
    if (at % page < page - 1) continue;
    put("gap", 10);
    put("supremum", 26);
  }
  return cells as Cell[];
}

/** A key that repeats would draw one cell for two. */
function keysOf(drawn: { readonly keys: readonly string[] }): readonly string[] {
  expect(new Set(drawn.keys).size).toBe(drawn.keys.length);
  return drawn.keys;
}

describe("cells that are drawn with the shapes of others", () => {
  const cells = line(1000, 100);

  it("keep their keys and places while the line moves on a little", () => {
    const before = drawnCells(null, cells, 20, 40, false);
    const after = drawnCells(before, cells, 23, 43, false);
    expect(keysOf(after).slice(0, 17)).toEqual(keysOf(before).slice(3));
    expect(after.origin).toBe(0);
  });

  it("take those of others in a race when more than half are gone", () => {
    const before = drawnCells(null, cells, 21, 41, true);
    const rested = drawnCells(before, cells, 34, 54, false);
    const raced = drawnCells(before, cells, 34, 54, true);
    const made = (drawn: typeof before) =>
      keysOf(drawn).filter((key) => !before.keys.includes(key)).length;
    expect(made(rested)).toBe(13);
    expect(made(raced)).toBeLessThan(2);
    expect(made(drawnCells(before, cells, 27, 47, true))).toBe(6);
  });

  it("take the keys and places of those before when it leaps", () => {
    const before = drawnCells(null, cells, 21, 41, false);
    const after = drawnCells(before, cells, 303, 323, false);
    expect(cells[303]?.kind).not.toBe(cells[21]?.kind);
    const known = new Map(
      keysOf(before).map((key, at) => [key, xFrom(before, cells[21 + at] as Cell)]),
    );
    const again = keysOf(after).filter((key) => known.has(key));
    expect(again.length).toBeGreaterThan(17);
    for (const [at, key] of after.keys.entries()) {
      const x = known.get(key);
      if (x !== undefined) expect(xFrom(after, cells[303 + at] as Cell)).toBe(x);
    }
  });

  it("are slots where slots were, whatever pages end in between", () => {
    let drawn = drawnCells(null, cells, 190, 215, false);
    for (const from of [700, 20, 1500, 404, 1012, 0, 9, 1900]) {
      drawn = drawnCells(drawn, cells, from, from + 25, false);
      const slots = cells.slice(from, from + 25).map(({ kind }) => kind === "gap");
      expect(keysOf(drawn).map((key) => key.startsWith("slot"))).toEqual(slots);
    }
  });

  it("are none where nothing is in sight", () => {
    const before = drawnCells(null, cells, 20, 40, false);
    const nothing = drawnCells(before, [], 0, 0, false);
    expect(nothing.keys).toEqual([]);
    expect(keysOf(drawnCells(nothing, cells, 20, 40, false))).toHaveLength(20);
  });
});
