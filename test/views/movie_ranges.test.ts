/** Ranges of an animation that are one click away. */
import { describe, expect, it } from "vitest";
import { appended, emptyTimeline, storyStart } from "../../src/trace/timeline.ts";
import { framesBetween } from "../../src/views/pictures/poster_parts.ts";
import { rangeOf } from "../../src/views/pictures/ranges.ts";
import { runSql } from "../fixtures/run_sql.ts";
import { SCRIPTS } from "../fixtures/scenes.ts";

const timeline = appended(emptyTimeline, runSql(SCRIPTS.fullScan).events);
const start = storyStart(timeline);

describe("a range of an animation", () => {
  it("has a frame for each of the last ten events, and one before them", () => {
    const { from, to } = rangeOf("ten", timeline, start);
    expect(to).toBe(timeline.length);
    expect(framesBetween(timeline, from, to, "events").length).toBeGreaterThanOrEqual(10);
    expect(framesBetween(timeline, from, to, "events").length).toBeLessThanOrEqual(11);
  });

  it("ends at the cursor, and never begins in the set-up", () => {
    const here = rangeOf("tenHere", timeline, start + 3);
    expect(here).toEqual({ from: start, to: start + 3 });
    expect(rangeOf("tenHere", timeline, 0).from).toBe(start);
  });

  it("is that of the statement that the cursor stands in", () => {
    const { from, to } = rangeOf("statement", timeline, start + 4);
    expect(from).toBeLessThan(start + 4);
    expect(to).toBeGreaterThanOrEqual(start + 4);
    expect(rangeOf("all", timeline, start)).toEqual({ from: start, to: timeline.length });
  });
});
