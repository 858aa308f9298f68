/**
 * The Web Worker: passes messages to a host and back. As a shared worker it has a host of its own for each page that
 * connects.
 */
import type { Request } from "../protocol/messages.ts";
import { WorkerHost } from "./host.ts";
import type { EngineParts } from "./part_loader.ts";

/** The worker's own scope, or the port of a page. */
type Door = Pick<MessagePort, "postMessage" | "onmessage">;

/** In the built site the script begins with what loads its parts. */
const parts = (globalThis as { engineParts?: EngineParts }).engineParts ?? null;

function serve(door: Door): void {
  const host = new WorkerHost((reply) => door.postMessage(reply), { parts });
  door.onmessage = (message: MessageEvent<Request>) => host.handle(message.data);
}

if ("onconnect" in globalThis) {
  addEventListener("connect", (event) => {
    for (const port of (event as MessageEvent).ports) serve(port);
  });
} else serve(globalThis as unknown as Door);
