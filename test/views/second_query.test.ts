import { expect, it } from "vitest";
import { Simulation } from "../../src/server/simulation.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import { appended, emptyTimeline } from "../../src/trace/timeline.ts";
import { scheduleRows } from "../../src/views/schedule/schedule_rows.ts";
import { barsOf, timelineScale } from "../../src/views/timeline/timeline_geometry.ts";

const A = "A" as SessionName;
const STEPS: readonly Step[] = [
  {
    session: A,
    client: { api: "pymysql.SSCursor", turn: "query", turnAtRow: 2, query: "SELECT 1" },
  },
  { session: A, sql: "SELECT * FROM t" },
];

it("what a program sends while it reads is no step of its own, and its bar follows the step's", () => {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  const setup = ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1), (2), (3), (4)"];
  expect(simulation.setup(setup)).toBeNull();
  for (const step of STEPS) simulation.step(step);
  const timeline = appended(emptyTimeline, events);

  const [, row] = scheduleRows(timeline, STEPS);
  expect(row?.statement?.sql).toBe("SELECT * FROM t");

  const bars = barsOf(timeline, timelineScale(timeline, 800), A);
  expect(bars.map(({ statement }) => statement.sql)).toEqual(["SELECT * FROM t", "SELECT 1"]);
  const [first, second] = bars;
  expect(second?.left).toBeCloseTo((first?.left ?? 0) + (first?.width ?? 0));
  expect(second?.width).toBeGreaterThan(0);
});
