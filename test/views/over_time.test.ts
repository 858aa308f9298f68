/** The diagrams over time as reviewed text: the bars of the timeline, the lines of the log, a result on its way. */
import { describe, expect, it } from "vitest";
import { flowOf } from "../../src/diagrams/flow.ts";
import { pipelineStages } from "../../src/diagrams/pipeline.ts";
import { slowClient } from "../../src/lessons/streaming.ts";
import { explain } from "../../src/trace/explain.ts";
import { appended, emptyTimeline, storyStart, type Timeline } from "../../src/trace/timeline.ts";
import { chunkFilter } from "../../src/views/log/log_filter.ts";
import {
  barsOf,
  commandsWithin,
  timelineScale,
} from "../../src/views/timeline/timeline_geometry.ts";
import { netOf, played, SESSION_A } from "../diagrams/streams.ts";
import { scene } from "../fixtures/scenes.ts";

const EVERYWHERE = { from: 0, to: Number.POSITIVE_INFINITY };
const ALL = { family: "all", session: null, words: "" } as const;
const STEPS = { ...ALL, family: "steps" } as const;
const n = Math.round;

function timelineOf(name: Parameters<typeof scene>[0]): Timeline {
  return appended(emptyTimeline, scene(name).events);
}

function printBars(timeline: Timeline, width: number): string {
  const scale = timelineScale(timeline, width);
  const ticks = commandsWithin(timeline, scale, EVERYWHERE).map(
    ({ command, x }) => `${command + 1} at ${n(x)}`,
  );
  const names = timeline.head.sessions.map(({ name }) => name);
  const lanes = names.flatMap((name) => [
    `lane ${name}`,
    ...barsOf(timeline, scale, name).map((bar) => {
      const waits = bar.waits.map((wait) => `  waits ${n(wait.left)}+${n(wait.width)}`);
      return `  ${n(bar.left)}..${n(bar.left + bar.width)} ${bar.statement.sql}${waits.join("")}`;
    }),
  ]);
  return `width ${n(scale.width)}\nsteps ${ticks.join(", ")}\n${lanes.join("\n")}\n`;
}

function printLog(timeline: Timeline, filter: typeof ALL | typeof STEPS): string {
  const start = storyStart(timeline);
  const lines = timeline.chunks
    .flatMap(chunkFilter(filter, "en"))
    .filter((event) => event.seq >= start)
    .map((event) => `${event.seq - start + 1} ${event.session ?? "·"} ${explain(event, "en")}`);
  return `${lines.join("\n")}\n`;
}

describe("the timeline", () => {
  it.each(["fullScan", "deadlockOfTwo", "metadataQueue"] as const)(
    "of %s is as reviewed",
    async (name) => {
      const text = [800, 300].map((width) => printBars(timelineOf(name), width)).join("\n");
      await expect(text).toMatchFileSnapshot(`snapshots/timeline_${name}.txt`);
    },
  );
});

describe("the event log", () => {
  it.each(["fullScan", "deadlockOfTwo"] as const)(
    "of %s is as reviewed, step by step",
    async (name) => {
      const text = printLog(timelineOf(name), STEPS);
      await expect(text).toMatchFileSnapshot(`snapshots/log_${name}.txt`);
    },
  );

  it("leaves out nothing when all is asked for", () => {
    const timeline = timelineOf("fullScan");
    const lines = printLog(timeline, ALL).trimEnd().split("\n");
    expect(lines).toHaveLength(timeline.length - storyStart(timeline));
  });
});

describe("a result on its way", () => {
  it("to a slow client is as reviewed", async () => {
    const timeline = played({
      ...slowClient.scenario,
      steps: [...slowClient.scenario.steps, { advance: 12 }],
    });
    const net = netOf(timeline.head);
    const stages = net === null ? [] : pipelineStages(net);
    const lines = stages.map(
      (stage) =>
        `${stage.side} ${stage.name}: ${stage.bytes} of ${stage.capacity ?? "any"}, most ${stage.peak}, ` +
        `${stage.rows} rows so far, here ${stage.here?.join("..") ?? "none"}`,
    );
    const { points, summary } = flowOf(timeline.chunks.flat(), SESSION_A);
    const every = Math.ceil(points.length / 12);
    const course = points
      .filter((_, at) => at % every === 0)
      .map(({ ms, moves, bytes }) => `${ms} ms, ${moves} moves: ${JSON.stringify(bytes)}`);
    const text = [...lines, "", ...course, "", JSON.stringify(summary, null, 1)].join("\n");
    await expect(`${text}\n`).toMatchFileSnapshot("snapshots/stream_slowClient.txt");
  });
});
