/**
 * The frame's end of the contract: listens to the window that embeds it, and to no other; says what happens. Whoever
 * says hello first, from one origin, is who is talked to.
 */
import { unreachable } from "../base/assert.ts";
import { EMBED_PANELS, type FrameMessage, type HostMessage, messageIn, sent } from "./contract.ts";
import { hostMessage } from "./host_messages.ts";

/** The part of a window that is used; tests have one of their own. */
export interface FrameWindow {
  readonly parent: { postMessage(message: unknown, origin: string): void };
  addEventListener(type: "message", listen: (event: MessageEvent) => void): void;
}

export interface FrameTalk {
  /** Says nothing before somebody said hello. */
  readonly tell: (message: FrameMessage) => void;
}

export type Asked = Exclude<HostMessage, { readonly type: "hello" }>;

/**
 * Answers the first window that says hello, and from then on that window and origin alone; `misunderstood` gets what is no
 * message of the contract.
 */
export function listenToHost(
  frame: FrameWindow,
  asked: (message: Asked) => void,
  greeted: () => void,
  misunderstood: (message: Readonly<Record<string, unknown>>) => void,
): FrameTalk {
  let host: string | null = null;

  function tell(message: FrameMessage): void {
    // An opaque origin, of a page opened from a file or of a sandbox, cannot be named.
    if (host !== null) frame.parent.postMessage(sent(message), host === "null" ? "*" : host);
  }

  frame.addEventListener("message", (event) => {
    if (event.source !== (frame.parent as unknown)) return;
    const loose = messageIn(event.data);
    if (loose === null || (host !== null && event.origin !== host)) return;
    const message = hostMessage(loose);
    if (message === null) {
      if (host !== null) misunderstood(loose);
      return;
    }
    switch (message.type) {
      case "hello":
        host = event.origin;
        tell({ type: "ready", greeted: true, panels: EMBED_PANELS });
        greeted();
        return;
      case "load":
      case "step":
      case "goto":
        if (host !== null) asked(message);
        return;
      default:
        unreachable(message);
    }
  });
  if (frame.parent !== (frame as unknown)) {
    // Tells nothing but that it is there.
    const ready = sent({ type: "ready", greeted: false, panels: EMBED_PANELS });
    frame.parent.postMessage(ready, "*");
  }
  return { tell };
}
