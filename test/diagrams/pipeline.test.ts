/** The picture of a result on its way, made from the states of real runs. */
import { describe, expect, it } from "vitest";
import { movementBefore, nextMovement } from "../../src/diagrams/flow_steps.ts";
import { heldBy } from "../../src/diagrams/held_by_statement.ts";
import { fillOf, pipelineStages, STAGES } from "../../src/diagrams/pipeline.ts";
import { pipelineLayout, placeOf, ROW_BOX } from "../../src/diagrams/pipeline_layout.ts";
import { rowBoxes } from "../../src/diagrams/row_boxes.ts";
import { slowClient } from "../../src/lessons/streaming.ts";
import type { NetState } from "../../src/trace/state_net.ts";
import { seek, storyStart } from "../../src/trace/timeline.ts";
import { netOf, playedLesson, SESSION_A } from "./streams.ts";

const WIDTHS = [300, 460, 700, 860, 1300];

function everyState(): readonly NetState[] {
  const timeline = playedLesson(slowClient, [{ advance: 5 }]);
  const states: NetState[] = [];
  for (let at = storyStart(timeline); at <= timeline.length; at += 3) {
    const net = netOf(seek(timeline, at));
    if (net !== null) states.push(net);
  }
  expect(states.length).toBeGreaterThan(50);
  return states;
}

describe("the stages", () => {
  it("hold what was written and not yet read, and rows thin out on their way", () => {
    for (const net of everyState()) {
      const stages = pipelineStages(net);
      const rows = stages.map((stage) => stage.rows);
      expect(rows).toEqual([...rows].sort((a, b) => b - a));
      const inFlight = net.totals.bytesWritten - net.totals.bytesRead;
      const shown = stages.slice(0, 5).reduce((sum, { bytes }) => sum + bytes, 0);
      // What of a packet does not fit into net_buffer stands in none of them.
      expect(shown + net.gauges.rowPacket).toBe(inFlight + net.gauges.unacknowledged);
      for (const stage of stages) {
        expect(fillOf(stage)).toBeGreaterThanOrEqual(0);
        expect(fillOf(stage)).toBeLessThanOrEqual(1);
        expect(stage.bytes).toBeLessThanOrEqual(stage.peak);
      }
    }
  });

  it("hold every row once, from the program back to net_buffer", () => {
    for (const net of everyState()) {
      const ranges = pipelineStages(net).flatMap(({ here }) => (here === null ? [] : [here]));
      for (const [at, [first, last]] of ranges.entries()) {
        expect(first).toBeLessThanOrEqual(last);
        const next = ranges[at + 1];
        if (next !== undefined) expect(next[1]).toBe(first - 1);
      }
    }
  });
});

describe("the boxes", () => {
  it("stand in their stage, each in a place of its own", () => {
    const states = everyState();
    for (const width of WIDTHS) {
      const layout = pipelineLayout(width);
      for (const net of states) {
        const { boxes } = rowBoxes(pipelineStages(net), layout);
        const staying = boxes.filter(({ isLeaving }) => !isLeaving);
        expect(new Set(boxes.map(({ key }) => key)).size).toBe(boxes.length);
        const places = staying.map((box) => {
          const { x, y } = placeOf(box, layout);
          const area = layout.areas[box.stage];
          expect(x).toBeGreaterThanOrEqual(area.x);
          expect(x + ROW_BOX).toBeLessThanOrEqual(area.x + area.width);
          expect(y).toBeGreaterThanOrEqual(area.y);
          expect(y + ROW_BOX).toBeLessThanOrEqual(area.y + area.height);
          return `${x} ${y}`;
        });
        expect(new Set(places).size).toBe(places.length);
      }
    }
  });

  it("stand for one row each while they fit, and for more when they do not", () => {
    const slow = everyState().at(-1);
    if (slow === undefined) throw new Error("no stream");
    expect(rowBoxes(pipelineStages(slow), pipelineLayout(860)).rowsPerBox).toBe(1);
    const many = { ...slow, totals: { ...slow.totals, rowsArrived: 5053, rowsTransmitted: 5053 } };
    const crowded = pipelineStages({
      ...many,
      totals: { ...many.totals, rowsSent: 5080, rowsWritten: 5100 },
    });
    const layout = pipelineLayout(860);
    const { rowsPerBox, boxes } = rowBoxes(crowded, layout);
    expect(rowsPerBox).toBe(100);
    expect(boxes.length).toBeLessThan(8 * layout.slots);
    for (const box of boxes) if (box.stage !== "program") expect(box.last - box.first).toBe(99);
  });

  it("a row keeps its box from stage to stage", () => {
    const timeline = playedLesson(slowClient, []);
    const layout = pipelineLayout(860);
    const stagesOfRow = new Set<string>();
    for (let at = storyStart(timeline); at <= timeline.length; at += 1) {
      const net = netOf(seek(timeline, at));
      const { boxes } = rowBoxes(net === null ? [] : pipelineStages(net), layout);
      const box = boxes.find(({ first, last, key }) => first === 5 && last === 5 && key === "1-4");
      if (box !== undefined) stagesOfRow.add(box.stage);
    }
    expect([...stagesOfRow]).toEqual(STAGES.filter((stage) => stagesOfRow.has(stage)));
    expect(stagesOfRow.has("netBuffer")).toBe(true);
    expect(stagesOfRow.has("readBuffer")).toBe(true);
  });
});

describe("the layout", () => {
  it.each(WIDTHS)("at %i pixels no stage overlaps another or leaves the panel", (width) => {
    const { stages, height } = pipelineLayout(width);
    const boxes = STAGES.map((name) => stages[name]);
    for (const [at, box] of boxes.entries()) {
      expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01);
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      for (const other of boxes.slice(at + 1)) {
        const apart =
          other.x >= box.x + box.width - 0.01 || other.y >= box.y + box.height || other.y < box.y;
        expect(apart).toBe(true);
      }
    }
  });
});

describe("while a statement waits in send()", () => {
  it("its session keeps its view and its metadata lock, and the ALTER behind it is named", () => {
    const timeline = playedLesson(slowClient, []);
    const held = heldBy(timeline.head, SESSION_A);
    expect(held).toMatchObject({
      processState: "Sending to client",
      mdls: [{ mode: "SHARED_READ", table: "r" }],
      waiters: ["B"],
    });
    expect(held?.readView).not.toBeNull();
  });
});

describe("steps by packet", () => {
  it("go from movement to movement, and back the same way", () => {
    const timeline = playedLesson(slowClient, []);
    const forth: number[] = [];
    let at: number | null = storyStart(timeline);
    while (at !== null && forth.length < 60) {
      at = nextMovement(timeline, at, SESSION_A);
      if (at !== null) forth.push(at);
    }
    expect(forth.length).toBe(60);
    const back: number[] = [];
    let from: number | null = forth.at(-1) ?? null;
    while (from !== null) {
      back.push(from);
      from = movementBefore(timeline, from, SESSION_A);
    }
    expect(back.reverse()).toEqual(forth);
    expect(nextMovement(timeline, timeline.length, SESSION_A)).toBeNull();
  });
});
