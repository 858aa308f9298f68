/**
 * The element's frame and the messages between them. What is sent before the frame is ready is kept until then; a frame that says
 * nothing although its files are there, or cannot be had, is told on.
 */
import { heightIn } from "./attribute_faults.ts";
import { messageIn, sent } from "./contract.ts";

const HEIGHT_AT_FIRST = 460;
const HEIGHT_MAX = 4000;
/** What the frame's first word may take once all its files are there, or cannot be had. */
const FIRST_WORD_MS = 3000;
/** Longer than any network that is worth it. */
const NO_LOAD_MS = 15_000;

export interface FrameSetting {
  readonly url: string;
  readonly title: string;
  /** The attribute as it stands: pixels, or as high as the frame's content. */
  readonly height: string | null;
  /** The attribute as it stands; null: the frame may do what its own site allows it. */
  readonly sandbox: string | null;
}

export interface FrameListener {
  /** The frame can be told something now. `isAsked`: something waits to be told. */
  readonly onReady: (isAsked: boolean) => void;
  readonly onMessage: (type: string, detail: Readonly<Record<string, unknown>>) => void;
  /** Nothing was heard of the frame in time. */
  readonly onSilence: () => void;
}

/** May be opened and closed again; `send` may come before it is open. */
export class HostedFrame {
  readonly #siteOrigin: string;
  readonly #listener: FrameListener;
  #frame: HTMLIFrameElement | null = null;
  #hasFixedHeight = false;
  #isSandboxed = false;
  /** What was asked for before the frame was ready. */
  #early: object[] = [];
  #isReady = false;
  /** The frame has said that it is there. */
  #isHeard = false;

  constructor(siteOrigin: string, listener: FrameListener) {
    this.#siteOrigin = siteOrigin;
    this.#listener = listener;
  }

  get isOpen(): boolean {
    return this.#frame !== null;
  }

  open(box: HTMLElement, { url, title, height, sandbox }: FrameSetting): void {
    const fixedHeight = heightIn(height);
    const frame = document.createElement("iframe");
    frame.title = title;
    frame.style.height = `${fixedHeight ?? HEIGHT_AT_FIRST}px`;
    frame.setAttribute("allow", "clipboard-write");
    if (sandbox !== null) frame.setAttribute("sandbox", sandbox || "allow-scripts allow-popups");
    frame.src = url;
    this.#frame = frame;
    this.#hasFixedHeight = fixedHeight !== null;
    this.#isSandboxed = sandbox !== null;
    // A page that cannot be had is loaded all the same, the browser's own in its place; it says nothing.
    frame.addEventListener("load", () => setTimeout(() => this.#expectWord(frame), FIRST_WORD_MS));
    box.append(frame);
    this.#expectLoad(frame);
  }

  close(): void {
    this.#frame?.remove();
    this.#frame = null;
    this.#isReady = false;
    this.#isHeard = false;
    this.#early = [];
  }

  /** Now, or as soon as the frame is ready. */
  send(message: object): void {
    if (!this.#isReady) this.#early.push(message);
    else this.#post(message);
  }

  /** A message event of the host's window; one that is not this frame's is passed over. */
  received(event: MessageEvent): void {
    if (this.#frame === null || event.source !== this.#frame.contentWindow) return;
    const isOurs =
      event.origin === this.#siteOrigin || (this.#isSandboxed && event.origin === "null");
    const message = messageIn(event.data);
    if (!isOurs || message === null) return;
    const { interleave: _, type, ...detail } = message;
    this.#isHeard = true;
    if (type === "ready") this.#greet(detail.greeted === true);
    if (type === "resize") this.#resize(Number(detail.height));
    this.#listener.onMessage(String(type), detail);
  }

  #greet(wasGreeted: boolean): void {
    // Also after the frame was loaded anew.
    if (!wasGreeted) this.#post({ type: "hello" });
    else if (!this.#isReady) {
      this.#isReady = true;
      this.#listener.onReady(this.#early.length > 0);
      for (const early of this.#early.splice(0)) this.#post(early);
    }
  }

  #post(message: object): void {
    // A sandboxed frame has no origin that could be named; only the site's own page is ever loaded into it.
    const origin = this.#isSandboxed ? "*" : this.#siteOrigin;
    this.#frame?.contentWindow?.postMessage(sent(message), origin);
  }

  #resize(height: number): void {
    if (this.#frame === null || this.#hasFixedHeight || !(height > 0)) return;
    this.#frame.style.height = `${Math.min(HEIGHT_MAX, Math.ceil(height))}px`;
  }

  /** In Firefox a page that cannot be had is not loaded: its place in the frame is only not ours to read any more. */
  #expectLoad(frame: HTMLIFrameElement): void {
    setTimeout(() => {
      if (frame !== this.#frame || this.#isHeard) return;
      if (frame.contentDocument === null) this.#expectWord(frame);
      else this.#expectLoad(frame);
    }, NO_LOAD_MS);
  }

  #expectWord(frame: HTMLIFrameElement): void {
    if (frame === this.#frame && !this.#isHeard) this.#listener.onSilence();
  }
}
