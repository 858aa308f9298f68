import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEvents, initialState } from "../../src/trace/apply.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import { stateDifference } from "../../src/trace/state_difference.ts";
import {
  appended,
  boundaries,
  commandAt,
  emptyTimeline,
  eventAt,
  seek,
  seekFrom,
  stepBack,
  stepInto,
  stepOver,
  stepOverBack,
  stepsUpTo,
  storyStart,
} from "../../src/trace/timeline.ts";
import { arbitraryTrace } from "./arbitrary_trace.ts";
import { phantomTrace } from "./phantom_trace.ts";

const RUNS = { seed: 7, numRuns: 60 };

describe("a timeline", () => {
  it("seeks to the state that a replay from the start gives", () => {
    fc.assert(
      fc.property(arbitraryTrace(900), fc.array(fc.nat(900)), (events, positions) => {
        const timeline = appended(emptyTimeline, events);
        for (const wanted of positions) {
          const position = Math.min(wanted, events.length);
          const replayed = applyEvents(initialState, events.slice(0, position));
          expect(stateDifference(seek(timeline, position), replayed)).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it("seeks from any state to the same state as from a checkpoint", () => {
    fc.assert(
      fc.property(arbitraryTrace(700), fc.nat(700), fc.nat(700), (events, a, b) => {
        const timeline = appended(emptyTimeline, events);
        const from = seek(timeline, Math.min(a, events.length));
        const position = Math.min(b, events.length);
        expect(seekFrom(timeline, from, position)).toEqual(seek(timeline, position));
      }),
      RUNS,
    );
  });

  it("is the same however the events come in, and leaves what it was as it was", () => {
    fc.assert(
      fc.property(arbitraryTrace(700), fc.nat(700), (events, cut) => {
        const whole = appended(emptyTimeline, events);
        const first = appended(emptyTimeline, events.slice(0, cut));
        const before = JSON.stringify(first);
        expect(appended(first, events.slice(cut))).toEqual(whole);
        expect(JSON.stringify(first)).toBe(before);
      }),
      RUNS,
    );
  });

  it("refuses a hole in the sequence", () => {
    const [first, , third] = phantomTrace();
    if (first === undefined || third === undefined) throw new Error("the trace is too short");
    expect(() => appended(emptyTimeline, [first, third])).toThrow(/event 2 came where 1 belongs/);
  });
});

describe("stepping", () => {
  const timeline = appended(emptyTimeline, phantomTrace());
  const ends = boundaries(timeline);

  it("knows where the set-up and each of the four commands end", () => {
    expect(ends).toHaveLength(5);
    expect(ends.map((end) => commandAt(timeline, end))).toEqual([-1, 0, 1, 2, 3]);
    expect(ends.at(-1)).toBe(timeline.length);
    expect(eventAt(timeline, storyStart(timeline))?.command).toBe(0);
  });

  it("over a statement goes from end to end, and back the same way", () => {
    const forwards = [storyStart(timeline)];
    while ((forwards.at(-1) ?? 0) < timeline.length) {
      forwards.push(stepOver(timeline, forwards.at(-1) ?? 0));
    }
    expect(forwards).toEqual(ends);
    const backwards = [timeline.length];
    while ((backwards.at(-1) ?? 0) > storyStart(timeline)) {
      backwards.push(stepOverBack(timeline, backwards.at(-1) ?? 0));
    }
    expect(backwards.reverse()).toEqual(ends);
  });

  it("into and back are one event, and stop at the ends", () => {
    const start = storyStart(timeline);
    expect(stepInto(timeline, start)).toBe(start + 1);
    expect(stepBack(timeline, start + 1)).toBe(start);
    expect(stepBack(timeline, start)).toBe(start);
    expect(stepInto(timeline, timeline.length)).toBe(timeline.length);
  });
});

describe("a fork", () => {
  const timeline = appended(emptyTimeline, phantomTrace());
  const steps: readonly Step[] = ["BEGIN", "SELECT", "INSERT", "COMMIT"].map((sql) => ({
    session: "A" as SessionName,
    sql,
  }));
  const scenario = { id: "x", setup: [], steps };
  const ends = boundaries(timeline);

  it("keeps the steps that had begun", () => {
    expect(ends.map((end) => stepsUpTo(timeline, scenario, end).length)).toEqual([0, 1, 2, 3, 4]);
  });

  it("inside a command keeps the whole command", () => {
    const inside = (ends[1] ?? 0) + 2;
    expect(stepsUpTo(timeline, scenario, inside)).toHaveLength(2);
  });
});
