/** The twin follows the script: the real host behind the wire, without a Worker. */
import { expect, it, vi } from "vitest";
import { slowClient } from "../../src/lessons/streaming.ts";
import type { Reply, Request } from "../../src/protocol/messages.ts";
import { createCommands } from "../../src/store/commands/commands.ts";
import { createEngineClient, type WorkerLike } from "../../src/store/engine_client.ts";
import { createPageStore } from "../../src/store/page_store.ts";
import { startTwin } from "../../src/store/twin.ts";
import { WorkerHost } from "../../src/worker/host.ts";

/** On a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

function hostWorker(): WorkerLike {
  let onReply: (reply: Reply) => void = () => {};
  const host = new WorkerHost((reply) => onReply(reply));
  return {
    listen: (listener) => {
      onReply = listener;
    },
    post: (request: Request) => queueMicrotask(() => host.handle(request)),
    end: () => {},
  };
}

it("stands where the script stands, taken the other way, and goes away with the client", async () => {
  const store = createPageStore();
  const commands = createCommands(store, createEngineClient(hostWorker, 10_000));
  store.setState({ commands });
  startTwin(store, createEngineClient(hostWorker, 10_000));
  const twin = () => store.getState().twin;

  await commands.openLesson(slowClient);
  await expect.poll(() => twin()?.api).toBe("MySQLdb.Cursor");
  const first = twin()?.events.length ?? 0;
  expect(first).toBeGreaterThan(50);

  await commands.advance(5);
  await expect.poll(() => twin()?.events.length ?? 0).toBeGreaterThan(first);
  const now = twin()?.events.at(-1);
  expect(now?.ms).toBe(5000);

  await commands.openSetup(["CREATE TABLE t (id INT)"]);
  await expect.poll(twin).toBeNull();
});
