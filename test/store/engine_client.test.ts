import { describe, expect, it, vi } from "vitest";
import { PROTOCOL_VERSION } from "../../src/protocol/messages.ts";
import { createEngineClient, EngineFailure } from "../../src/store/engine_client.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { EventSeq, SessionName } from "../../src/trace/ids.ts";
import { FakeWorker } from "./fake_worker.ts";

const PATIENCE_MS = 1000;
const scenario = { id: "x", setup: [], steps: [] };
const A = "A" as SessionName;

function client() {
  const workers: FakeWorker[] = [];
  const events: TraceEvent[] = [];
  const engine = createEngineClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  }, PATIENCE_MS);
  const take = (fresh: readonly TraceEvent[]) => events.push(...fresh);
  return { engine, workers, events, take };
}

describe("the engine client", () => {
  it("gives the events of a request to the one who asked, then ends it", async () => {
    const { engine, events, take } = client();
    await engine.reset(scenario, take);
    await engine.step({ session: A, sql: "BEGIN" }, take);
    expect(events.map((event) => event.type)).toEqual([
      "clock.advanced",
      "session.opened",
      "statement.started",
      "statement.ended",
    ]);
  });

  it("fails what is open when the simulator fails, and starts another worker for the next", async () => {
    const { engine, workers, take } = client();
    await engine.reset(scenario, take);
    await expect(engine.step({ session: A, sql: "crash" }, take)).rejects.toThrow("a bug");
    expect(workers[0]?.isEnded).toBe(true);
    await engine.reset(scenario, take);
    expect(workers).toHaveLength(2);
  });

  it("does not step a server that is gone", async () => {
    const { engine, take } = client();
    await expect(engine.step({ session: A, sql: "BEGIN" }, take)).rejects.toThrow(EngineFailure);
  });

  it("fails every open request when the worker breaks", async () => {
    const { engine, workers, take } = client();
    await engine.reset(scenario, take);
    const open = [engine.step({ session: A, sql: "silence" }, take)];
    open.push(engine.step({ session: A, sql: "silence" }, take));
    workers[0]?.breakDown("out of memory");
    const ends = await Promise.allSettled(open);
    expect(ends.map((end) => end.status)).toEqual(["rejected", "rejected"]);
  });

  it("ends a worker that says nothing for too long", async () => {
    vi.useFakeTimers();
    try {
      const { engine, workers, take } = client();
      const open = engine.reset({ ...scenario, steps: [{ session: A, sql: "silence" }] }, take);
      const failed = expect(open).rejects.toThrow("no answer for 1 s");
      await vi.advanceTimersByTimeAsync(PATIENCE_MS + 1);
      await failed;
      expect(workers[0]?.isEnded).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it("fails loudly at a hole in the events, and at a reply to nothing", async () => {
    const holes = client();
    await holes.engine.reset(scenario, holes.take);
    const step = holes.engine.step({ session: A, sql: "silence" }, holes.take);
    const late = { ...holes.events[0], seq: 5 as EventSeq } as TraceEvent;
    holes.workers[0]?.say({ v: PROTOCOL_VERSION, id: 2, kind: "events", events: [late] });
    await expect(step).rejects.toThrow("event 5 came instead of 1");

    const strays = client();
    const open = strays.engine.reset(scenario, strays.take);
    strays.workers[0]?.say({ v: PROTOCOL_VERSION, id: 9, kind: "done", commands: 0, nextSeq: 0 });
    await expect(open).rejects.toThrow("a reply to request 9");
  });
});
