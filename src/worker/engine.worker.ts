/** The Web Worker: passes messages to the host and back. */
import type { Request } from "../protocol/messages.ts";
import { WorkerHost } from "./host.ts";

const host = new WorkerHost((reply) => postMessage(reply));
addEventListener("message", (message: MessageEvent<Request>) => host.handle(message.data));
