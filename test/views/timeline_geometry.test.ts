import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SessionName } from "../../src/trace/ids.ts";
import { appended, boundaries, emptyTimeline, storyStart } from "../../src/trace/timeline.ts";
import {
  barsOf,
  barsWithin,
  positionAt,
  timelineScale,
  xOf,
} from "../../src/views/timeline/timeline_geometry.ts";
import { arbitraryTrace } from "../trace/arbitrary_trace.ts";
import { phantomTrace } from "../trace/phantom_trace.ts";

const B = "B" as SessionName;
const whole = appended(emptyTimeline, phantomTrace());
const waiting = appended(
  emptyTimeline,
  phantomTrace().filter((event) => event.command <= 2),
);

describe("the timeline's scale", () => {
  it("fills the room there is, and grows beyond it rather than cut a command", () => {
    expect(timelineScale(whole, 800).width).toBeCloseTo(800);
    expect(timelineScale(whole, 100).width).toBe(4 * 58);
  });

  it("is monotonous, and finds the position again from its x", () => {
    fc.assert(
      fc.property(arbitraryTrace(400), fc.integer({ min: 50, max: 2000 }), (events, room) => {
        const timeline = appended(emptyTimeline, events);
        const scale = timelineScale(timeline, room);
        let last = -1;
        for (let at = storyStart(timeline); at <= timeline.length; at += 1) {
          const x = xOf(scale, at);
          expect(x).toBeGreaterThanOrEqual(last);
          if (x > last) expect(positionAt(scale, x)).toBe(at);
          last = x;
        }
      }),
      { seed: 5, numRuns: 40 },
    );
  });
});

describe("a bar", () => {
  it("begins with its command and ends with its statement, however long it waited", () => {
    const scale = timelineScale(whole, 800);
    const [bar] = barsOf(whole, scale, B);
    expect(bar?.left).toBe(xOf(scale, boundaries(whole)[2] ?? 0));
    expect((bar?.left ?? 0) + (bar?.width ?? 0)).toBeCloseTo(800);
    expect(bar?.waits).toHaveLength(1);
  });

  it("goes on beyond the last event while its statement waits", () => {
    const scale = timelineScale(waiting, 800);
    const [bar] = barsOf(waiting, scale, B);
    expect((bar?.left ?? 0) + (bar?.width ?? 0)).toBe(scale.width);
    expect(xOf(scale, waiting.length)).toBeLessThan(scale.width);
  });
});

it("only the bars that touch what is in sight are drawn, each of them somewhere", () => {
  const scale = timelineScale(whole, 3000);
  const bars = barsOf(whole, scale, B);
  expect(barsWithin(bars, { from: 0, to: scale.width })).toEqual(bars);
  expect(barsWithin(bars, { from: scale.width + 10, to: scale.width + 20 })).toEqual([]);
  for (const bar of bars) {
    const middle = bar.left + bar.width / 2;
    expect(barsWithin(bars, { from: middle, to: middle })).toContain(bar);
  }
});
