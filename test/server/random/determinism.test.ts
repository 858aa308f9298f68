/** The same commands give the same trace: once more, and when somebody goes back and types on from there. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { PROTOCOL_VERSION, type Reply, type Request } from "../../../src/protocol/messages.ts";
import type { TraceEvent } from "../../../src/trace/events.ts";
import type { Step } from "../../../src/trace/scenario.ts";
import { WorkerHost } from "../../../src/worker/host.ts";
import { holds, SEED, TIMEOUT_MS } from "../../fixtures/random_sql/property.ts";
import { EVERYTHING, scripts, someTables } from "../../fixtures/random_sql/script.ts";
import { ALL_TABLES, setupOf } from "../../fixtures/random_sql/tables.ts";

const forks = someTables(ALL_TABLES).chain((tables) => {
  const steps = (stepsMax: number) =>
    scripts({ sessions: ["A", "B", "C"], tables, mixture: EVERYTHING, stepsMax });
  return fc.record({
    setup: fc.constant(setupOf(tables)),
    before: steps(25),
    abandoned: steps(15),
    after: steps(25),
  });
});

/** A page's worker, and the trace that its page has got of it. */
class Page {
  events: TraceEvent[] = [];
  readonly #host = new WorkerHost((reply) => this.#take(reply), { chunkEvents: 50 });
  #id = 0;

  reset(setup: readonly string[], steps: readonly Step[]): this {
    this.events = [];
    return this.#send({ kind: "reset", scenario: { id: "random", setup, steps } });
  }

  steps(steps: readonly Step[]): this {
    for (const step of steps) this.#send({ kind: "step", step });
    return this;
  }

  text(): string {
    return this.events.map((event) => JSON.stringify(event)).join("\n");
  }

  #send(request: Distributed<Request>): this {
    this.#id += 1;
    this.#host.handle({ v: PROTOCOL_VERSION, id: this.#id, ...request } as Request);
    return this;
  }

  #take(reply: Reply): void {
    if (reply.kind === "events") this.events.push(...reply.events);
    if (reply.kind === "failed") throw new Error(reply.message);
  }
}

type Distributed<T> = T extends Request ? Omit<T, "v" | "id"> : never;

describe(`over random scripts (seed ${SEED})`, { timeout: TIMEOUT_MS }, () => {
  it("the same commands give the same trace, victims and costs included", () => {
    holds(40, forks, ({ setup, before }) => {
      const one = new Page().reset(setup, before).text();
      const other = new Page().reset(setup, before).text();
      return firstDifference(one, other);
    });
  });

  it("going back and typing on gives what was typed straight through", () => {
    holds(40, forks, ({ setup, before, abandoned, after }) => {
      const straight = new Page().reset(setup, []).steps([...before, ...after]);
      const forked = new Page().reset(setup, []).steps([...before, ...abandoned]);
      forked.reset(setup, before).steps(after);
      return firstDifference(straight.text(), forked.text());
    });
  });
});

function firstDifference(one: string, other: string): unknown[] {
  if (one === other) return [];
  const [lines, others] = [one.split("\n"), other.split("\n")];
  const at = lines.findIndex((line, i) => line !== others[i]);
  return [{ at, one: lines[at], other: others[at] }];
}
