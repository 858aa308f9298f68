/** A worker whose first answers are known without it: what it says is what a worker that is there would have said. */
import { describe, expect, it } from "vitest";
import type { Reply, Request } from "../../src/protocol/messages.ts";
import {
  createEngineClient,
  type EngineClient,
  PartMissing,
  type WorkerLike,
} from "../../src/store/engine_client.ts";
import { PlayedWorker } from "../../src/store/played_worker.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Scenario, Step } from "../../src/trace/scenario.ts";
import { WorkerHost } from "../../src/worker/host.ts";

const PATIENCE_MS = 60_000;
const TABLE: Scenario = {
  id: "table",
  setup: ["CREATE TABLE t (id INT NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB"],
  steps: [run("BEGIN"), run("INSERT INTO t VALUES (1)")],
};
const MORE = run("SELECT * FROM t");

function run(sql: string): Step {
  return { session: "A" as SessionName, sql };
}

/** A real server; `isThere` says whether its script can be had. */
class Server implements WorkerLike {
  readonly requests: Request[];
  #onReply: (reply: Reply) => void = () => undefined;
  #onError: (message: string) => void = () => undefined;
  readonly #host = new WorkerHost((reply) => this.#onReply(reply));
  readonly #isThere: boolean;

  constructor(requests: Request[], isThere = true) {
    this.requests = requests;
    this.#isThere = isThere;
  }

  listen(onReply: (reply: Reply) => void, onError: (message: string) => void): void {
    this.#onReply = onReply;
    this.#onError = onError;
  }

  post(request: Request): void {
    this.requests.push(request);
    queueMicrotask(() => {
      if (this.#isThere) this.#host.handle(request);
      else this.#onError("not found");
    });
  }

  end(): void {}
}

async function eventsOf(scenario: Scenario): Promise<readonly TraceEvent[]> {
  const events: TraceEvent[] = [];
  await createEngineClient(() => new Server([]), PATIENCE_MS).reset(scenario, (more) =>
    events.push(...more),
  );
  return events;
}

/** A client of a server that notes what it is asked, behind what was played. */
function clientOf(
  requests: Request[],
  played: ConstructorParameters<typeof PlayedWorker>[1],
): EngineClient {
  return createEngineClient(
    () => new PlayedWorker(() => new Server(requests), played),
    PATIENCE_MS,
  );
}

describe("a worker that was played before", () => {
  it("answers what is known without a server, and then goes on where a server would stand", async () => {
    const known = await eventsOf(TABLE);
    const requests: Request[] = [];
    const client = clientOf(requests, async () => known);
    const events: TraceEvent[] = [];
    const take = (more: readonly TraceEvent[]): void => void events.push(...more);
    await client.reset(TABLE, take);
    expect(requests).toEqual([]);
    await Promise.all([client.step(MORE, take), client.step(run("COMMIT"), take)]);
    expect(requests.map(({ kind }) => kind)).toEqual(["reset", "step", "step"]);
    const steps = [...TABLE.steps, MORE, run("COMMIT")];
    expect(events).toEqual(await eventsOf({ ...TABLE, steps }));
  });

  it("asks a server that stands at its place for what is not known", async () => {
    const requests: Request[] = [];
    const client = clientOf(requests, async ({ id }) =>
      id === "nothing" ? eventsOf({ ...TABLE, setup: [], steps: [] }) : null,
    );
    await client.reset({ id: "nothing", setup: [], steps: [] }, () => undefined);
    expect((await client.peek(TABLE, MORE)).length).toBeGreaterThan(0);
    await client.reset(TABLE, () => undefined);
    expect(requests.map(({ kind }) => kind)).toEqual(["reset", "peek", "reset"]);
  });

  it("brings the server to its place when there is time, once", async () => {
    const known = await eventsOf(TABLE);
    const requests: Request[] = [];
    const client = clientOf(requests, async () => known);
    await client.reset(TABLE, () => undefined);
    client.wake();
    client.wake();
    client.prepare();
    await client.step(MORE, () => undefined);
    expect(requests.map(({ kind }) => kind)).toEqual(["reset", "prepare", "step"]);
  });

  it("says that a part is missing when the server's script cannot be had, and asks again the next time", async () => {
    const known = await eventsOf(TABLE);
    const requests: Request[] = [];
    let isThere = false;
    const client = createEngineClient(
      () =>
        new PlayedWorker(
          () => new Server(requests, isThere),
          async () => known,
        ),
      PATIENCE_MS,
    );
    await client.reset(TABLE, () => undefined);
    await expect(client.step(MORE, () => undefined)).rejects.toBeInstanceOf(PartMissing);
    isThere = true;
    const events: TraceEvent[] = [];
    await client.step(MORE, (more) => events.push(...more));
    expect([...known, ...events]).toEqual(
      await eventsOf({ ...TABLE, steps: [...TABLE.steps, MORE] }),
    );
  });

  it("says why the server cannot come to the place that was shown", async () => {
    const lost: Scenario = { ...TABLE, setup: ["CREATE TABLE"] };
    const client = createEngineClient(
      () =>
        new PlayedWorker(
          () => new Server([]),
          async () => [],
        ),
      PATIENCE_MS,
    );
    await client.reset(lost, () => undefined);
    await expect(client.step(MORE, () => undefined)).rejects.toThrow(/CREATE TABLE/);
  });
});
