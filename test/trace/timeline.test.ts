import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEvents, initialState } from "../../src/trace/apply.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import { stateDifference } from "../../src/trace/state_difference.ts";
import {
  appended,
  boundaries,
  commandAt,
  emptyTimeline,
  eventAt,
  nothingPassed,
  passedOver,
  seek,
  stepBack,
  stepInto,
  stepOver,
  stepOverBack,
  stepsUpTo,
  storyStart,
  walkedTo,
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

  it("comes to the same states wherever it was before, and to the same objects where it came by", () => {
    const visits = fc.array(fc.nat(700), { maxLength: 8 });
    fc.assert(
      fc.property(arbitraryTrace(700), visits, fc.nat(600), (events, wanted, grown) => {
        const timeline = appended(emptyTimeline, events);
        const shorter = appended(emptyTimeline, events.slice(0, grown));
        let { passed } = walkedTo(shorter, nothingPassed, shorter.length >> 1);
        for (const position of wanted.map((each) => Math.min(each, events.length))) {
          const there = walkedTo(timeline, passed, position);
          expect(there.state).toEqual(seek(timeline, position));
          const back = walkedTo(timeline, there.passed, Math.max(0, position - 1));
          expect(walkedTo(timeline, back.passed, position).state).toBe(there.state);
          passed = back.passed;
        }
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

  it("tells what a step goes past, and nothing where it stands on what would be gone past", () => {
    const quiet = (seq: number) =>
      ({
        seq,
        ms: 0,
        command: 0,
        statement: null,
        session: "A" as SessionName,
        type: "session.changed",
        name: "A" as SessionName,
        change: { processState: "" },
      }) as unknown as TraceEvent;
    const loud = phantomTrace();
    const start = storyStart(timeline);
    const events = [...loud.slice(0, start + 1), quiet(0), quiet(0), ...loud.slice(start + 1)];
    const mixed = appended(
      emptyTimeline,
      events.map((event, seq) => ({ ...event, seq }) as TraceEvent),
    );
    let at = start;
    const gone: number[] = [];
    while (at < mixed.length) {
      const to = stepInto(mixed, at);
      expect(passedOver(mixed, to)).toBe(to - at - 1);
      expect(stepBack(mixed, to)).toBe(at);
      gone.push(to - at - 1);
      at = to;
    }
    expect(gone.filter((events) => events > 0)).toEqual([2]);
    expect(passedOver(mixed, start + 2)).toBe(0);
    expect(passedOver(mixed, start)).toBe(0);
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
