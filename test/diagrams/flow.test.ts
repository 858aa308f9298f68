/** The chart over time, and what the same result costs when it is taken the other way. */
import { describe, expect, it } from "vitest";
import { FLOW_LINES, type Flow, flowOf, flowPath, flowScale } from "../../src/diagrams/flow.ts";
import { outOfSync, slowClient } from "../../src/lessons/streaming.ts";
import { withClient } from "../../src/store/twin.ts";
import type { Step } from "../../src/trace/scenario.ts";
import { type ClientApi, OTHER_WAY } from "../../src/trace/state_net.ts";
import { eventsBetween, storyStart } from "../../src/trace/timeline.ts";
import { netOf, played, SESSION_A } from "./streams.ts";

const BOX = { width: 100, height: 50 };
const scenario = {
  ...slowClient.scenario,
  steps: [...slowClient.scenario.steps, { advance: 50 }],
};

function flow(api: ClientApi): Flow {
  const timeline = played(withClient(scenario, SESSION_A, { api }));
  return flowOf(eventsBetween(timeline, storyStart(timeline), timeline.length), SESSION_A);
}

describe("the chart", () => {
  it("ends with what the gauges show, and its time never goes back", () => {
    const timeline = played(scenario);
    const { points } = flowOf(eventsBetween(timeline, 0, timeline.length), SESSION_A);
    expect(points.length).toBeGreaterThan(10);
    expect(points.at(-1)?.bytes.receiveBuffer).toBe(netOf(timeline.head)?.gauges.receiveBuffer);
    for (const axis of ["ms", "moves"] as const) {
      const values = points.map((point) => point[axis]);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
    expect(flowOf([], SESSION_A)).toEqual({ points: [], summary: null });
  });

  it("stops at the moment that it is asked for", () => {
    const timeline = played(scenario);
    const until = flowOf(eventsBetween(timeline, 0, timeline.length), SESSION_A, { untilMs: 5000 });
    expect(until.points.at(-1)?.ms).toBeLessThanOrEqual(5000);
    expect(until.summary?.rowsProcessed).toBe(50);
  });

  it("is of the result that it is asked for, also when others follow", () => {
    const { setup, steps } = outOfSync.scenario;
    const timeline = played(
      withClient({ id: "", setup, steps }, SESSION_A, { api: "mysql_store_result" }),
    );
    const all = () => eventsBetween(timeline, 0, timeline.length);
    const first = flowOf(all(), SESSION_A, { command: 1 });
    expect(first.summary?.command).toBe(1);
    expect(first.summary?.memoryPeak).toBeGreaterThan(200 * 100);
    const last = flowOf(all(), SESSION_A);
    expect(last.summary?.command).toBe(3);
    expect(flowOf(all(), SESSION_A, { command: 7 }).summary).toBeNull();
  });

  it("has both courses on one scale, and no line leaves the box", () => {
    const flows = [flow("MySQLdb.SSCursor"), flow("MySQLdb.Cursor")];
    const scale = flowScale(flows, FLOW_LINES);
    expect(scale.axis).toBe("ms");
    for (const { points } of flows) {
      for (const line of FLOW_LINES) {
        const numbers =
          flowPath(points, line, BOX, scale)
            .match(/[\d.]+/g)
            ?.map(Number) ?? [];
        expect(numbers.length).toBeGreaterThan(1);
        for (const number of numbers) expect(number).toBeLessThanOrEqual(100);
      }
    }
  });

  it("tell after how many rows the server closed the connection, of the course that it cut off alone", () => {
    const { setup, steps } = slowClient.scenario;
    const stalled: Step = { session: SESSION_A, client: { pauseAtRow: 5, pauseMs: 600_000 } };
    const at = steps.findIndex((step) => "sql" in step && /FROM r$/.test(step.sql));
    const given = { id: "", setup, steps: [...steps.slice(0, at), stalled, ...steps.slice(at)] };
    const summary = (api: ClientApi, seconds: number) => {
      const later = { ...given, steps: [...given.steps, { advance: seconds }] };
      const timeline = played(withClient(later, SESSION_A, { api }));
      return flowOf(eventsBetween(timeline, 0, timeline.length), SESSION_A).summary;
    };
    expect(summary("MySQLdb.SSCursor", 50)?.cutOffAfter).toBeNull();
    expect(summary("MySQLdb.SSCursor", 70)).toMatchObject({ cutOffAfter: 4, error: null });
    expect(summary("MySQLdb.SSCursor", 700)).toMatchObject({ error: { errno: 2013 } });
    expect(summary("MySQLdb.Cursor", 70)).toMatchObject({ rowsProcessed: 4, cutOffAfter: null });
  });

  it("counts movements where no time passes", () => {
    const fast = withClient(
      {
        ...scenario,
        steps: [
          { session: SESSION_A, client: { rowMs: 0 } },
          { session: SESSION_A, sql: "SELECT * FROM r" },
        ],
      },
      SESSION_A,
      { api: "mysql_store_result" },
    );
    const timeline = played(fast);
    const own = flowOf(eventsBetween(timeline, 0, timeline.length), SESSION_A);
    const scale = flowScale([own], ["memory"]);
    expect(scale.axis).toBe("moves");
    expect(scale.to).toBeGreaterThan(400);
    // Row by row, until it is freed at the end.
    const memory = own.points.map(({ bytes }) => bytes.memory);
    const peak = Math.max(...memory);
    const growing = memory.slice(0, memory.indexOf(peak) + 1);
    expect(growing).toEqual([...growing].sort((a, b) => a - b));
    expect(memory.at(-1)).toBe(0);
  });
});

describe("store and use", () => {
  it("use needs one row of memory and holds the server; store needs all and lets it go", () => {
    const use = flow("MySQLdb.SSCursor").summary;
    const store = flow("MySQLdb.Cursor").summary;
    if (use === null || store === null) throw new Error("no result");
    expect(use.memoryPeak).toBeLessThan(1000);
    expect(store.memoryPeak).toBeGreaterThan(400 * 600);
    expect((use.serverDoneMs ?? 0) - use.startMs).toBeGreaterThan(20_000);
    expect(store.serverDoneMs).toBe(store.startMs);
    expect(use.waits).toBeGreaterThan(3);
    expect(store.waits).toBe(0);
    expect(use.rowsProcessed).toBe(400);
    expect(store.rowsProcessed).toBe(400);
    // What of a packet does not fit is not in it.
    expect(use.netBufferPeak).toBeLessThanOrEqual(16_384);
  });

  it("every call has a twin that takes results the other way", () => {
    for (const { stores, twin } of Object.values(OTHER_WAY)) {
      expect(OTHER_WAY[twin].stores).toBe(!stores);
    }
  });
});
