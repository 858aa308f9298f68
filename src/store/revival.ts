/** What the page does when its worker fails while nobody asks it anything: the person is told, and what was there is replayed. */
import type { WorkerLike } from "./engine_client.ts";
import type { PageStore } from "./page_store.ts";

/** The same worker, whose failures are heard of by the page too, behind whoever listens. */
export function revived(worker: WorkerLike, store: PageStore): WorkerLike {
  return {
    listen: (onReply, onError) =>
      worker.listen(onReply, (message) => {
        onError(message);
        void revive(store, message);
      }),
    post: (request) => worker.post(request),
    end: () => worker.end(),
    wake: () => worker.wake?.(),
  };
}

async function revive(store: PageStore, message: string): Promise<void> {
  const { phase, script, position, commands } = store.getState();
  // Who asked is told by the command.
  if (phase !== "ready") return;
  await commands.open(script, position);
  if (store.getState().notice !== null) return;
  store.setState({ notice: { kind: "crashed", message, sql: "" } });
}
