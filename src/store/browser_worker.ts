/** A browser's Worker as the engine client wants one, at once or when its code has been loaded. */
import type { Reply, Request } from "../protocol/messages.ts";
import type { WorkerLike } from "./engine_client.ts";

function browserWorker(worker: Worker): WorkerLike {
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

/** Takes requests at once and passes them on when the worker is there. */
export function lazyWorker(load: () => Promise<Worker>): WorkerLike {
  const early: Request[] = [];
  let worker: WorkerLike | null = null;
  let isEnded = false;
  return {
    listen(onReply, onError) {
      load().then(
        (loaded) => {
          worker = browserWorker(loaded);
          if (isEnded) worker.end();
          worker.listen(onReply, onError);
          for (const request of early) worker.post(request);
        },
        (error: unknown) => onError(String(error)),
      );
    },
    post(request) {
      if (worker === null) early.push(request);
      else worker.post(request);
    },
    end() {
      isEnded = true;
      worker?.end();
    },
  };
}
