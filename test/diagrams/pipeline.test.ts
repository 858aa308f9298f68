import { expect, it } from "vitest";
import { fillOf, flowPath, flowPoints, pipelineStages } from "../../src/diagrams/pipeline.ts";
import { slowClient } from "../../src/lessons/streaming.ts";
import { Simulation } from "../../src/server/simulation.ts";
import { applyEvents, initialState } from "../../src/trace/apply.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import { appended, emptyTimeline } from "../../src/trace/timeline.ts";
import { byteText } from "../../src/views/stream/byte_text.ts";
import { clientCode } from "../../src/views/stream/client_code.ts";

const A = "A" as SessionName;

function played() {
  const events: TraceEvent[] = [];
  const simulation = new Simulation({ emit: (event) => events.push(event) });
  simulation.setup(slowClient.scenario.setup);
  for (const step of [...slowClient.scenario.steps, { advance: 5 }]) simulation.step(step);
  const state = applyEvents(initialState, events);
  return { net: state.net[0], timeline: appended(emptyTimeline, events) };
}

it("the stages hold what was written and not yet read, and rows thin out on their way", () => {
  const { net } = played();
  if (net === undefined) throw new Error("no simulated client");
  const stages = pipelineStages(net);
  const rows = stages.map((stage) => stage.rows);
  expect(rows).toEqual([...rows].sort((a, b) => b - a));
  const inFlight = net.totals.bytesWritten - net.totals.bytesRead;
  const shown = stages.slice(0, 4).reduce((sum, { bytes }) => sum + bytes, 0);
  expect(shown).toBe(inFlight + net.gauges.unacknowledged);
  for (const stage of stages) {
    expect(fillOf(stage)).toBeGreaterThanOrEqual(0);
    expect(fillOf(stage)).toBeLessThanOrEqual(1);
    expect(stage.bytes).toBeLessThanOrEqual(stage.peak);
  }
});

it("the chart ends with what the gauges show, and its time never goes back", () => {
  const { net, timeline } = played();
  const points = flowPoints(timeline, timeline.length, A);
  expect(points.length).toBeGreaterThan(10);
  expect(points.at(-1)?.bytes.receiveBuffer).toBe(net?.gauges.receiveBuffer);
  const times = points.map(({ ms }) => ms);
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  expect(flowPath(points, "netBuffer", { width: 100, height: 50 }, 1)).toMatch(/^M0\.0,/);
  expect(flowPoints(timeline, 0, A)).toEqual([]);
});

it("a program is written as its author would", () => {
  const { net } = played();
  if (net === undefined) throw new Error("no simulated client");
  const c = clientCode({ ...net.settings, api: "mysql_use_result" }, "SELECT 1");
  expect(c).toContain("mysql_use_result(conn)");
  const python = clientCode(
    { ...net.settings, api: "pymysql.SSCursor", fetch: "many" },
    "SELECT 1",
  );
  expect(python).toContain("pymysql.cursors.SSCursor");
  expect(python).toContain("fetchmany(100)");
});

it.each([
  [0, "0 B"],
  [1448, "1448 B"],
  [16_384, "16 KB"],
  [5 * 1024 * 1024, "5.0 MB"],
])("%i bytes are %s", (bytes, text) => {
  expect(byteText(bytes)).toBe(text);
});
