/** A browser's Worker as the engine client wants one, also where a frame may not name one by its URL. */
import type { Reply } from "../protocol/messages.ts";
import type { WorkerLike } from "./engine_client.ts";

/** `end` terminates it at once. */
export function browserWorker(worker: Worker): WorkerLike {
  return {
    listen(onReply, onError) {
      worker.addEventListener("message", (message: MessageEvent<Reply>) => onReply(message.data));
      worker.addEventListener("error", (error) =>
        onError(error.message || "the worker's code could not be loaded"),
      );
      worker.addEventListener("messageerror", () => onError("a reply could not be read"));
    },
    post: (request) => worker.postMessage(request),
    end: () => worker.terminate(),
  };
}

/**
 * A classic worker of the built site, a module of the development server. A frame with `sandbox="allow-scripts"` has
 * an origin of its own, for which every URL is foreign; a worker from a blob may still import the script.
 */
export function startWorker(url: string): Worker {
  const absolute = new URL(url, document.baseURI).href;
  if (window.origin !== "null") {
    return new Worker(absolute, import.meta.env.DEV ? { type: "module" } : {});
  }
  // The script finds its parts beside itself, and a blob is nowhere.
  const code = `engineAt=${JSON.stringify(absolute)};importScripts(engineAt);`;
  const blob = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const worker = new Worker(blob);
  // The browser has read it when the first message comes or the load fails.
  const forget = (): void => URL.revokeObjectURL(blob);
  worker.addEventListener("message", forget, { once: true });
  worker.addEventListener("error", forget, { once: true });
  return worker;
}
