import { describe, expect, it } from "vitest";
import { parseLesson } from "../../src/lessons/format/parse_lesson.ts";
import { scenarioOf } from "../../src/lessons/format/steps_of.ts";
import { guidePlace } from "../../src/store/guide_place.ts";
import { isDone, parseProgress, withPart } from "../../src/store/lesson_progress.ts";
import type { Step } from "../../src/trace/scenario.ts";
import { lessonOfScript, TEMPLATE } from "../../src/views/lesson/template.ts";

const { lesson } = parseLesson(TEMPLATE);
const all = scenarioOf(lesson).steps;

function placeAt(part: number, steps: readonly Step[], of = lesson.id) {
  const scenario = { ...scenarioOf(lesson), steps };
  return guidePlace(lesson, part, { lesson: of, scenario, sessions: [] });
}

describe("where the reader stands follows from what was run", () => {
  it.each([
    [0, 0, { kind: "before", from: 0 }],
    [0, 1, { kind: "before", from: 1 }],
    [0, 2, { kind: "after" }],
    [0, 3, { kind: "after" }],
    [1, 2, { kind: "before", from: 2 }],
    [1, 3, { kind: "after" }],
    [1, 1, { kind: "astray", own: 0 }],
  ])("part %i with %i steps of the lesson run", (part, count, place) => {
    expect(placeAt(part, all.slice(0, count))).toEqual(place);
  });

  it("a statement of one's own leads astray, and so does another script", () => {
    const own = { session: "B" as never, sql: "SELECT 1" };
    expect(placeAt(1, [...all.slice(0, 2), own])).toEqual({ kind: "astray", own: 1 });
    expect(placeAt(0, all, "other").kind).toBe("astray");
  });
});

describe("progress", () => {
  it("counts the first prediction, keeps the furthest part, and survives as text", () => {
    let progress = withPart({}, "x", 0, 2, true);
    progress = withPart(progress, "x", 1, 2, false);
    progress = withPart(progress, "x", 0, 2, false);
    expect(progress.x).toEqual({ at: 0, reached: 2, of: 2, answers: { 0: true, 1: false } });
    expect(isDone(progress.x)).toBe(true);
    expect(parseProgress(JSON.stringify(progress))).toEqual(progress);
  });

  it("of a file that is none is refused, and what is broken in one is left out", () => {
    expect(parseProgress("hello")).toBeNull();
    expect(parseProgress("[]")).toBeNull();
    expect(parseProgress('{"x": {"at": "no"}}')).toEqual({});
  });
});

it("what stands in the playground becomes a lesson to write on, with the same steps", () => {
  const { lesson: written } = parseLesson(lessonOfScript(scenarioOf(lesson)));
  expect(scenarioOf(written).steps).toEqual(all);
  expect(scenarioOf(written).setup).toEqual(lesson.setup);
});
