import { describe, expect, it } from "vitest";
import { PROTOCOL_VERSION, type Reply, type Request } from "../../src/protocol/messages.ts";
import { applyEvents, initialState } from "../../src/trace/apply.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { Scenario, Step } from "../../src/trace/scenario.ts";
import { WorkerHost, type WorkerHostOptions } from "../../src/worker/host.ts";
import { stepOf, TABLE } from "../server/script.ts";

class Page {
  readonly replies: Reply[] = [];
  readonly #host: WorkerHost;
  #id = 0;

  constructor(options: WorkerHostOptions = {}) {
    this.#host = new WorkerHost((reply) => this.replies.push(structuredClone(reply)), options);
  }

  reset(setup: readonly string[], ...lines: readonly string[]): Reply | undefined {
    const scenario: Scenario = { id: "test", setup, steps: lines.map(stepOf) };
    return this.#send({ kind: "reset", scenario });
  }

  step(line: string): Reply | undefined {
    return this.#send({ kind: "step", step: stepOf(line) });
  }

  get events(): TraceEvent[] {
    return this.replies.flatMap((reply) => (reply.kind === "events" ? reply.events : []));
  }

  /** The last reply to the request. */
  #send(
    body: { kind: "reset"; scenario: Scenario } | { kind: "step"; step: Step },
  ): Reply | undefined {
    this.#id += 1;
    this.#host.handle({ v: PROTOCOL_VERSION, id: this.#id, ...body } satisfies Request);
    return this.replies.at(-1);
  }
}

describe("the worker's host", () => {
  it("answers a request with events in chunks and then one done", () => {
    const page = new Page({ chunkEvents: 10 });
    const last = page.reset(TABLE, "A: BEGIN", "A: UPDATE t SET v = 0");
    expect(page.replies.filter((reply) => reply.kind !== "events")).toEqual([last]);
    expect(last).toMatchObject({ kind: "done", id: 1, commands: 2, nextSeq: page.events.length });
    const sizes = page.replies.map((reply) => (reply.kind === "events" ? reply.events.length : 0));
    expect(sizes.length).toBeGreaterThan(3);
    expect(Math.max(...sizes)).toBe(10);
  });

  it("goes on with the numbers of the events, also from step to step", () => {
    const page = new Page();
    page.reset(TABLE, "A: BEGIN");
    const last = page.step("A: UPDATE t SET v = 0");
    expect(last).toMatchObject({ kind: "done", id: 2, commands: 2 });
    expect(page.events.every((event, at) => event.seq === at)).toBe(true);
    expect(applyEvents(initialState, page.events).seq).toBe(page.events.length);
  });

  it("a reset with all steps gives the events that the steps one by one gave", () => {
    const lines = ["A: BEGIN", "A: UPDATE t SET v = 0", "B: DELETE FROM t", "advance 51"];
    const [atOnce, oneByOne] = [new Page(), new Page()];
    atOnce.reset(TABLE, ...lines);
    oneByOne.reset(TABLE);
    for (const line of lines) oneByOne.step(line);
    expect(oneByOne.events).toEqual(atOnce.events);
  });

  it("a set-up that fails is told with its statement and MySQL's error", () => {
    const page = new Page();
    const last = page.reset(["CREATE TABLE t (id INT)", "INSERT INTO u VALUES (1)"]);
    expect(last).toMatchObject({ kind: "failed" });
    expect(last?.kind === "failed" && last.message).toContain(
      "INSERT INTO u VALUES (1)\nERROR 1146: Table 'sim.u' doesn't exist",
    );
  });

  it("a page of another version is told so", () => {
    const replies: Reply[] = [];
    const host = new WorkerHost((reply) => replies.push(reply));
    host.handle({ v: PROTOCOL_VERSION + 1, id: 5, kind: "step", step: stepOf("A: SELECT 1") });
    expect(replies).toMatchObject([{ kind: "failed", id: 5 }]);
  });

  it("a step before any reset fails", () => {
    expect(new Page().step("A: SELECT 1")).toMatchObject({ kind: "failed" });
  });

  it("a statement that runs away ends with an error, and the server lives on", () => {
    const page = new Page({ rowsExaminedMax: 1000 });
    page.reset([
      ...TABLE,
      "INSERT INTO t SELECT id + 3, v FROM t",
      "INSERT INTO t SELECT id + 6, v FROM t",
    ]);
    page.step("A: SELECT COUNT(*) FROM t a, t b, t c, t d");
    const ended = page.events.findLast((event) => event.type === "statement.ended");
    expect(ended?.type === "statement.ended" && ended.outcome).toMatchObject({
      kind: "error",
      message: expect.stringContaining("1000 rows"),
    });
    expect(page.step("A: SELECT 1")).toMatchObject({ kind: "done" });
  });
});
