/** A browser's Worker as the engine client wants one. */
import type { Reply } from "../protocol/messages.ts";
import type { WorkerLike } from "./engine_client.ts";

export function browserWorker(worker: Worker): WorkerLike {
  return {
    listen(onReply, onError) {
      worker.addEventListener("message", (message: MessageEvent<Reply>) => onReply(message.data));
      worker.addEventListener("error", (error) => onError(error.message));
      worker.addEventListener("messageerror", () => onError("a reply could not be read"));
    },
    post: (request) => worker.postMessage(request),
    end: () => worker.terminate(),
  };
}
