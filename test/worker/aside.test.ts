/** Another course of the story, beside the running server. */
import { describe, expect, it } from "vitest";
import { slowClient } from "../../src/lessons/streaming.ts";
import { PROTOCOL_VERSION, type Reply, type Request } from "../../src/protocol/messages.ts";
import { withClient } from "../../src/store/twin.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Scenario } from "../../src/trace/scenario.ts";
import { WorkerHost } from "../../src/worker/host.ts";

const A = "A" as SessionName;
const twin = withClient(slowClient.scenario, A, { api: "MySQLdb.Cursor" });

function host() {
  const replies: Reply[] = [];
  const worker = new WorkerHost((reply) => replies.push(reply));
  const ask = (body: object): Reply[] => {
    replies.length = 0;
    worker.handle({ v: PROTOCOL_VERSION, id: 1, ...body } as Request);
    return [...replies];
  };
  const aside = (scenario: Scenario) => {
    const [first, last] = ask({ kind: "aside", scenario, session: A });
    if (first?.kind !== "aside") throw new Error(JSON.stringify(first));
    expect(last?.kind).toBe("done");
    return first;
  };
  return { ask, aside };
}

describe("an aside", () => {
  it("tells only of the session's stream, and goes on where it was", () => {
    const { aside } = host();
    const all = aside(twin);
    expect(all.from).toBe(0);
    expect(all.events.length).toBeGreaterThan(100);
    for (const event of all.events) expect("now" in event && event.name === A).toBe(true);
    const more = aside({ ...twin, steps: [...twin.steps, { advance: 1 }] });
    expect(more.from).toBe(all.events.length);
    expect(more.events.length).toBeGreaterThan(0);
  });

  it("begins anew when the story is another one", () => {
    const { aside } = host();
    aside(twin);
    expect(aside({ ...twin, steps: twin.steps.slice(0, 2) }).from).toBe(0);
    expect(aside({ ...twin, setup: ["CREATE TABLE r (id INT)"] }).from).toBe(0);
  });

  it("leaves the running server alone", () => {
    const { ask, aside } = host();
    ask({ kind: "reset", scenario: slowClient.scenario });
    aside(twin);
    const replies = ask({ kind: "step", step: { session: "C", sql: "SELECT 1" } });
    expect(replies.at(-1)?.kind).toBe("done");
  });

  it("says what is wrong with a set-up", () => {
    const { ask } = host();
    const [reply] = ask({ kind: "aside", scenario: { ...twin, setup: ["NONSENSE"] }, session: A });
    expect(reply).toMatchObject({ kind: "failed" });
  });
});
