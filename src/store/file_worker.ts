/**
 * The server of a file that has all of it as texts: in a worker from a blob, which finds its parts as further blobs. Where a
 * browser refuses such workers to files, it runs in an empty frame of the page, beside what is drawn.
 */
import type { Reply, Request } from "../protocol/messages.ts";
import { browserWorker } from "./browser_worker.ts";
import type { WorkerLike } from "./engine_client.ts";

export interface EngineFiles {
  readonly core: string;
  /** By the names that the core asks for. */
  readonly parts: Readonly<Record<string, string>>;
}

/** What makes the servers of a file. */
export function workersOfFile(files: EngineFiles): () => WorkerLike {
  let mayWork = true;
  return () => {
    if (!mayWork) return besideThePage(files);
    try {
      return orInstead(browserWorker(blobWorker(files)), () => {
        mayWork = false;
        return besideThePage(files);
      });
    } catch {
      mayWork = false;
      return besideThePage(files);
    }
  };
}

function blobWorker({ core, parts }: EngineFiles): Worker {
  const code = `const texts=${JSON.stringify({ ...parts, core })};
engineFiles={};
for(const name in texts)engineFiles[name]=URL.createObjectURL(new Blob([texts[name]],{type:"text/javascript"}));
importScripts(engineFiles.core);`;
  return new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
}

/** One that breaks down before its first answer has heard nothing: another is asked the same. */
function orInstead(first: WorkerLike, other: () => WorkerLike): WorkerLike {
  let early: Request[] | null = [];
  let now = first;
  return {
    listen(onReply, onError) {
      const heard = (reply: Reply): void => {
        early = null;
        onReply(reply);
      };
      first.listen(heard, (message) => {
        if (early === null) {
          onError(message);
          return;
        }
        const asked = early;
        early = null;
        now.end();
        now = other();
        now.listen(onReply, onError);
        for (const request of asked) now.post(request);
      });
    },
    post(request) {
      early?.push(request);
      now.post(request);
    },
    end: () => now.end(),
  };
}

/** As much of a worker's global scope as the server asks for, in a frame's window. */
interface Scope {
  engineFiles: Readonly<Record<string, string>>;
  importScripts: (name: string) => void;
  postMessage: (reply: Reply) => void;
  onmessage: (message: { readonly data: Request }) => void;
}

function besideThePage({ core, parts }: EngineFiles): WorkerLike {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  let reply: (reply: Reply) => void = () => undefined;
  let isEnded = false;
  const scope = new Promise<Scope>((resolve) => {
    frame.addEventListener("load", () => resolve(started()), { once: true });
  });
  function started(): Scope {
    const inside = frame.contentWindow as unknown as Scope;
    const run = (text: string): void => {
      const { contentDocument } = frame;
      if (contentDocument === null) throw new Error("the frame of the server has gone");
      const script = contentDocument.createElement("script");
      script.textContent = text;
      contentDocument.head.append(script);
    };
    inside.engineFiles = Object.fromEntries(Object.keys(parts).map((name) => [name, name]));
    inside.importScripts = (name) => run(parts[name] ?? "");
    inside.postMessage = (one) => reply(one);
    run(core);
    return inside;
  }
  document.body.append(frame);
  return {
    listen: (onReply) => {
      reply = (one) => {
        if (!isEnded) onReply(one);
      };
    },
    // What is drawn comes first.
    post: (data) => {
      void scope.then((inside) => setTimeout(() => isEnded || inside.onmessage({ data })));
    },
    end: () => {
      isEnded = true;
      frame.remove();
    },
  };
}
