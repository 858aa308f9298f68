import { describe, expect, it } from "vitest";
import { createCommands } from "../../src/store/commands/commands.ts";
import { createEngineClient } from "../../src/store/engine_client.ts";
import { createPageStore } from "../../src/store/page_store.ts";
import { revived } from "../../src/store/revival.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import { FakeWorker } from "./fake_worker.ts";

const A = "A" as SessionName;

describe("a worker that fails", () => {
  async function revivable() {
    const workers: FakeWorker[] = [];
    const store = createPageStore();
    const spawn = () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return revived(worker, store);
    };
    const commands = createCommands(store, createEngineClient(spawn, 10_000));
    store.setState({ commands });
    await commands.openSetup(["CREATE TABLE t (id INT)"]);
    await commands.run(A, ["one", "two"]);
    return { workers, commands, state: store.getState };
  }

  it("while nobody asks is told of at once, with everything replayed and the cursor where it was", async () => {
    const { workers, state } = await revivable();
    state().seek(2);
    const before = state();
    workers[0]?.breakDown("no memory");
    await expect.poll(() => state().notice?.kind).toBe("crashed");
    const after = state();
    expect(after.notice).toEqual({ kind: "crashed", message: "no memory", sql: "" });
    expect([after.script, after.timeline.length]).toEqual([before.script, before.timeline.length]);
    expect([after.position, after.undo.length, workers.length]).toEqual([2, before.undo.length, 2]);
  });

  it("on a statement is told of once, with the statement", async () => {
    const { workers, commands, state } = await revivable();
    const ran = commands.run(A, ["silence"]);
    await expect.poll(() => workers[0]?.requests.length).toBe(4);
    workers[0]?.breakDown("no memory");
    await ran;
    expect(state().notice).toEqual({ kind: "crashed", message: "no memory", sql: "silence" });
    expect(workers.length).toBe(2);
  });
});
