/** One worker for several frames, and what happens where there cannot be one. */
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Reply, Request } from "../../src/protocol/messages.ts";
import type { WorkerLike } from "../../src/store/engine_client.ts";
import { workersFor } from "../../src/store/shared_worker.ts";

const ASKED = { v: 2, id: 1, kind: "reset", scenario: { id: "x", setup: [], steps: [] } } as const;
const ANSWER = { v: 2, id: 1, kind: "done", commands: 0, nextSeq: 0 } as const;

/** What a browser has; the one made last can be spoken for. */
class FakeShared {
  static made: FakeShared[] = [];
  readonly posted: unknown[] = [];
  readonly port = {
    onmessage: null as ((message: { data: Reply }) => void) | null,
    postMessage: (request: unknown) => void this.posted.push(request),
    close: vi.fn(),
  };
  fail: () => void = () => {};
  constructor() {
    FakeShared.made.push(this);
  }
  addEventListener(_: string, listen: () => void): void {
    this.fail = listen;
  }
}

function fakeOwn() {
  const posted: Request[] = [];
  const worker: WorkerLike = {
    listen: vi.fn(),
    post: (request) => void posted.push(request),
    end: vi.fn(),
  };
  return { worker, posted, spawn: vi.fn(() => worker) };
}

function frame(origin: string, shared: unknown = FakeShared): void {
  FakeShared.made = [];
  vi.stubGlobal("window", { origin });
  vi.stubGlobal("SharedWorker", shared);
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the worker of a frame", () => {
  it("is the shared one, which answers", () => {
    frame("https://site.example");
    const own = fakeOwn();
    const worker = workersFor("engine.js", own.spawn)();
    const replies: Reply[] = [];
    worker.listen(
      (reply) => replies.push(reply),
      () => {},
    );
    worker.post(ASKED);
    const [shared] = FakeShared.made;
    expect(shared?.posted).toEqual([ASKED]);
    shared?.port.onmessage?.({ data: ANSWER });
    expect(replies).toEqual([ANSWER]);
    // An error of somebody else's doing, long after it has answered.
    shared?.fail();
    expect(own.spawn).not.toHaveBeenCalled();
  });

  it("is its own when the browser lets it start no shared one, and nothing that was asked is lost", () => {
    frame("https://site.example");
    const own = fakeOwn();
    const spawn = workersFor("engine.js", own.spawn);
    const worker = spawn();
    const listeners = [() => {}, () => {}] as const;
    worker.listen(...listeners);
    worker.post(ASKED);
    FakeShared.made[0]?.fail();
    expect(own.worker.listen).toHaveBeenCalledWith(...listeners);
    expect(own.posted).toEqual([ASKED]);
    spawn();
    expect(FakeShared.made.length).toBe(1);
    expect(own.spawn).toHaveBeenCalledTimes(2);
  });

  it.each([
    ["says nothing at all", [], [ASKED]],
    ["has answered", [ANSWER], []],
  ])("asks one of its own in place of a shared one only if that %s", (_, answers, asked) => {
    vi.useFakeTimers();
    frame("https://site.example");
    const own = fakeOwn();
    const worker = workersFor("engine.js", own.spawn)();
    worker.listen(
      () => {},
      () => {},
    );
    worker.post(ASKED);
    const [shared] = FakeShared.made;
    for (const data of answers) shared?.port.onmessage?.({ data });
    vi.advanceTimersByTime(10_000);
    expect(own.posted).toEqual(asked);
  });

  it("asks nobody else once it was ended", () => {
    vi.useFakeTimers();
    frame("https://site.example");
    const own = fakeOwn();
    const worker = workersFor("engine.js", own.spawn)();
    worker.post(ASKED);
    worker.end();
    vi.advanceTimersByTime(10_000);
    expect(own.spawn).not.toHaveBeenCalled();
  });

  it("is its own after the shared one was ended because it said nothing", () => {
    frame("https://site.example");
    const own = fakeOwn();
    const spawn = workersFor("engine.js", own.spawn);
    spawn().end();
    expect(FakeShared.made[0]?.port.close).toHaveBeenCalled();
    expect(spawn()).toBe(own.worker);
  });

  it.each([
    ["without an origin", "null", FakeShared],
    ["where there are no shared workers", "https://site.example", null],
    [
      "where making one throws",
      "https://site.example",
      class {
        constructor() {
          throw new DOMException("denied", "SecurityError");
        }
      },
    ],
  ])("is its own %s", (_, origin, shared) => {
    frame(origin, shared);
    const own = fakeOwn();
    expect(workersFor("engine.js", own.spawn)()).toBe(own.worker);
  });
});
