import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutOf, withBarMoved } from "../../src/views/shell/pane_sizes.ts";

const PANES = [
  { id: "guide", size: 25, min: 200 },
  { id: "sessions", size: 35, min: 300 },
  { id: "stage", size: 40, min: 400 },
];
const PIXELS = [300, 400, 700];

describe("the sizes of panes", () => {
  it("are the first ones as long as what was kept does not know all panes", () => {
    expect(layoutOf(PANES, undefined)).toEqual({ guide: 25, sessions: 35, stage: 40 });
    expect(layoutOf(PANES, { guide: 50, sessions: 50 })).toEqual({
      guide: 25,
      sessions: 35,
      stage: 40,
    });
    const kept = { guide: 20, sessions: 30, stage: 50 };
    expect(layoutOf(PANES, kept)).toBe(kept);
  });

  it("follow the bar between two of them", () => {
    const { guide, sessions, stage } = withBarMoved(PANES, PIXELS, 2, 140);
    expect([guide, sessions, stage]).toEqual([(100 * 300) / 1400, (100 * 540) / 1400, 40]);
  });

  it("give way one after the other, the nearest first, each down to its least", () => {
    const { guide, sessions, stage } = withBarMoved(PANES, PIXELS, 2, -150);
    expect(
      [guide, sessions, stage].map((share) => Math.round(((share ?? 0) * 1400) / 100)),
    ).toEqual([250, 300, 850]);
    const all = withBarMoved(PANES, PIXELS, 1, Number.MAX_SAFE_INTEGER);
    expect(Math.round(((all.guide ?? 0) * 1400) / 100)).toBe(700);
  });

  it("stay a hundred together, none under its least, wherever a bar goes", () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2), fc.integer({ min: -2000, max: 2000 }), (bar, by) => {
        const layout = withBarMoved(PANES, PIXELS, bar, by);
        const shares = PANES.map(({ id }) => layout[id] ?? 0);
        expect(shares.reduce((total, share) => total + share, 0)).toBeCloseTo(100);
        PANES.forEach(({ min }, at) => {
          expect(((shares[at] ?? 0) * 1400) / 100).toBeGreaterThanOrEqual(min - 0.001);
        });
      }),
    );
  });
});
