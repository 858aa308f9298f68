import { describe, expect, it } from "vitest";
import type { Cell } from "../../src/diagrams/index_cells.ts";
import { farOutlines } from "../../src/views/stage/FarShapes.tsx";

const HEIGHT = 24;

function slot(x: number, width: number): object {
  return { kind: "gap", x, width, before: x };
}

function record(x: number, more: object = {}): object {
  const plain = { deleted: false, writer: null, olderVersions: 0, tick: "bare" };
  return { kind: "rec", x, width: 8, rec: x, key: `${x}`, notes: [], ...plain, ...more };
}

function outlines(cells: readonly object[]) {
  return farOutlines(cells as Cell[], HEIGHT).map(({ className, session, d }) => ({
    look: `${className.replace(" tick", "")} ${session ?? ""}`.trim(),
    shapes: d.split("z").length - 1,
    starts: [...d.matchAll(/M([\d.]+),/g)].map(([, x]) => Number(x)),
  }));
}

describe("a line seen from far away that goes by", () => {
  it("is one outline for all that look the same, each where it stands", () => {
    const cells = [slot(0, 6), record(6), slot(14, 6), record(20), record(28, { tick: "named" })];
    expect(outlines(cells)).toEqual([
      // Slots leave an eighth of their width free at either side, and turn at their ends.
      { look: "gap slot", shapes: 2, starts: [3, 17] },
      { look: "rec rec-box", shapes: 3, starts: [8, 22, 30] },
    ]);
  });

  it("tells who writes, what is marked as deleted and what has older versions", () => {
    const cells = [
      record(0, { writer: "A" }),
      record(8, { writer: "B" }),
      record(16, { deleted: true }),
      record(24, { writer: "A" }),
      record(32, { olderVersions: 1 }),
    ];
    expect(outlines(cells).map(({ look, shapes }) => `${look}: ${shapes}`)).toEqual([
      "rec rec-uncommitted rec-box A: 2",
      "rec rec-uncommitted rec-box B: 1",
      "rec rec-deleted rec-box: 1",
      "rec rec-versions rec-box: 1",
    ]);
  });

  it("leaves what is near to be drawn by itself", () => {
    expect(outlines([record(0, { tick: "no" }), slot(8, 200), { kind: "fold", recs: [] }])).toEqual(
      [],
    );
  });
});
