/**
 * One worker for several frames of a page: the embeds of a post. The code of the server is compiled once and lies in memory
 * once; each frame has a server of its own in it. Where the browser has no shared workers, or lets a frame have none, or
 * when the shared one has let a frame down, it gets a worker of its own.
 *
 *     frame 1 ──port──▶ ┌ SharedWorker ────────────┐
 *     frame 2 ──port──▶ │ a WorkerHost for each    │      a frame without an origin ──▶ Worker
 *     frame 3 ──port──▶ └──────────────────────────┘
 */
import type { Reply, Request } from "../protocol/messages.ts";
import { browserWorker, startWorker } from "./browser_worker.ts";
import type { WorkerLike } from "./engine_client.ts";

/** Chromium does not always tell that the script of a shared worker could not be had. */
const SILENT_MS = 5_000;

/** What makes workers for one frame, of the script at this address. */
export function workersFor(url: string, own = () => ownWorker(url)): () => WorkerLike {
  let mayShare = window.origin !== "null" && typeof SharedWorker === "function";
  return () => {
    if (!mayShare) return own();
    try {
      return sharedWorker(new SharedWorker(url, "interleave"), own, () => {
        mayShare = false;
      });
    } catch {
      // Storage that is forbidden to a frame forbids shared workers too.
      mayShare = false;
      return own();
    }
  };
}

function ownWorker(url: string): WorkerLike {
  return browserWorker(startWorker(url));
}

/** The part of a `SharedWorker` that is used. */
interface Shared {
  readonly port: MessagePort;
  addEventListener(type: "error", listen: () => void): void;
}

/** `givenUp`: is told when it does not work, so that the next is no shared one. */
function sharedWorker(shared: Shared, own: () => WorkerLike, givenUp: () => void): WorkerLike {
  const { port } = shared;
  /** What was asked before the first answer: a worker that could not be started has heard none of it. */
  let early: Request[] | null = [];
  let instead: WorkerLike | null = null;
  let take: Parameters<WorkerLike["listen"]> | null = null;
  const replace = (): void => {
    if (early === null || instead !== null) return;
    givenUp();
    port.close();
    instead = own();
    if (take !== null) instead.listen(...take);
    for (const request of early) instead.post(request);
  };
  shared.addEventListener("error", replace);
  return {
    listen(onReply, onError) {
      take = [onReply, onError];
      if (instead !== null) return instead.listen(onReply, onError);
      port.onmessage = (message: MessageEvent<Reply>) => {
        early = null;
        onReply(message.data);
      };
      port.onmessageerror = () => onError("a reply could not be read");
    },
    post(request) {
      if (instead !== null) return instead.post(request);
      if (early?.push(request) === 1) setTimeout(replace, SILENT_MS);
      port.postMessage(request);
    },
    end() {
      early = null;
      givenUp();
      port.close();
      instead?.end();
    },
  };
}
