/**
 * `<interleave-playground>`: a frame with a playground, made when it comes near the window. What stands in the element
 * (a code block, a picture) is seen until the frame is there, by readers without scripts, in feeds and on paper; and it stays,
 * with a line above it that says why, when nothing can be opened. Faults are told to the console of the page as well.
 */
import { attributeFaults } from "./attribute_faults.ts";
import type { FaultKind } from "./contract.ts";
import { wordsIn } from "./element_words.ts";
import { HostedFrame } from "./hosted_frame.ts";
import { fragmentOf, OPTION_NAMES } from "./options.ts";

/** So far outside the window it is made. */
const NEAR = "400px";

const STYLE = `
:host { display: block; position: relative; margin: 1em 0; contain: layout; }
:host([hidden]) { display: none; }
iframe { display: block; width: 100%; border: 0; color-scheme: normal; }
.frame { display: none; }
:host([data-near]) .frame { display: block; }
:host([data-ready]) .text { display: none; }
:host([data-near]:not([data-ready])) .frame { position: absolute; inset: 0; visibility: hidden; }
.fault { display: none; margin: 0 0 0.5em; padding: 0.25em 0.75em; border-left: 4px solid #c62828; font-size: 0.9em; white-space: pre-line; }
.fault button { margin-left: 0.75em; font: inherit; }
:host([data-failed]) .fault { display: block; }
@media print { .frame, .fault { display: none !important; } :host .text { display: block !important; } }
`;

/** Where the loader came from: the site. */
export interface Site {
  readonly url: string;
}

/** Makes the element known. A second script on the page changes nothing. */
export function defineElement(site: Site): void {
  if (customElements.get("interleave-playground") !== undefined) return;
  class InterleavePlayground extends PlaygroundElement {
    constructor() {
      super(site);
    }
  }
  customElements.define("interleave-playground", InterleavePlayground);
}

class PlaygroundElement extends HTMLElement {
  static readonly observedAttributes = [...OPTION_NAMES, "src", "sandbox", "height"];

  readonly #site: Site;
  readonly #frame: HostedFrame;
  #box: HTMLElement | null = null;
  readonly #fault = document.createElement("p");
  #near: IntersectionObserver | null = null;
  readonly #listen = (event: MessageEvent): void => this.#frame.received(event);

  constructor(site: Site) {
    super();
    this.#site = site;
    this.#frame = new HostedFrame(new URL(site.url).origin, {
      onReady: (isAsked) => {
        if (!isAsked && !this.#isNamed()) this.#failed("open", this.#words().nothing);
      },
      onMessage: (type, detail) => this.#heard(type, detail),
      onSilence: () => this.#giveUp(),
    });
  }

  connectedCallback(): void {
    this.#draw();
    window.addEventListener("message", this.#listen);
    this.#near = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.#open();
      },
      { rootMargin: NEAR },
    );
    this.#near.observe(this);
  }

  disconnectedCallback(): void {
    window.removeEventListener("message", this.#listen);
    this.#near?.disconnect();
    this.#close();
  }

  attributeChangedCallback(_: string, before: string | null, now: string | null): void {
    if (!this.#frame.isOpen || before === now) return;
    this.#close();
    this.#open();
  }

  /** Opens something else: `{ lesson }`, `{ link }`, `{ text }` or `{ scenario }`. */
  load(what: Readonly<Record<string, unknown>>): void {
    this.#frame.send({ ...what, type: "load" });
    // Its src could not be read: there is no frame any more.
    if (!this.#frame.isOpen && this.hasAttribute("data-failed")) this.#open(null);
  }

  /** One step: `step()` goes over a statement, `step("event")` to the next event, `step("statement", true)` back. */
  step(by: "event" | "statement" = "statement", back = false): void {
    this.#frame.send({ type: "step", by, back });
  }

  /** `goto(12)`: behind so many events; `goto({ step: 3 })`: behind a step; `goto("start")`, `goto("end")`. */
  goto(place: number | "start" | "end" | { readonly step: number }): void {
    if (typeof place === "number") this.#frame.send({ type: "goto", position: place });
    else if (typeof place === "string") this.#frame.send({ type: "goto", to: place });
    else this.#frame.send({ type: "goto", step: place.step });
  }

  #draw(): void {
    if (this.#box !== null) return;
    const root = this.attachShadow({ mode: "open" });
    const style = document.createElement("style");
    style.textContent = STYLE;
    const text = document.createElement("div");
    text.className = "text";
    text.append(document.createElement("slot"));
    this.#box = document.createElement("div");
    this.#box.className = "frame";
    this.#fault.className = "fault";
    this.#fault.setAttribute("role", "status");
    root.append(style, this.#fault, text, this.#box);
  }

  #open(source = this.getAttribute("src")): void {
    if (this.#frame.isOpen || this.#box === null) return;
    this.#near?.disconnect();
    for (const fault of attributeFaults((name) => this.getAttribute(name))) this.#warn(fault);
    const text = this.#textInside();
    const waits = this.hasAttribute("src") || text !== null;
    this.#frame.open(this.#box, {
      url: new URL(`embed.html${fragmentOf(this.#options(), waits)}`, this.#site.url).href,
      title: this.title || "Interleave",
      height: this.getAttribute("height"),
      sandbox: this.getAttribute("sandbox"),
    });
    this.toggleAttribute("data-near", true);
    if (text !== null) this.load({ text });
    if (source !== null) void this.#fetch(source);
  }

  #options() {
    return new Map(
      OPTION_NAMES.flatMap((name) => {
        const value = this.getAttribute(name);
        return value === null ? [] : [[name, value] as const];
      }),
    );
  }

  #close(): void {
    this.#frame.close();
    for (const name of ["data-ready", "data-near", "data-failed"]) this.removeAttribute(name);
  }

  /** The frame is taken away, and the person may have it tried again. */
  #giveUp(): void {
    const words = this.#words();
    this.#close();
    this.#failed("open", words.silent(new URL(this.#site.url).host));
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = words.again;
    again.addEventListener("click", () => {
      this.removeAttribute("data-failed");
      this.#open();
    });
    this.#fault.append(again);
  }

  /** The frame itself may fetch nothing from elsewhere; the host page may fetch what is its own. */
  async #fetch(source: string): Promise<void> {
    try {
      const answer = await fetch(new URL(source, document.baseURI));
      if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
      const text = await answer.text();
      if (this.getAttribute("src") !== source) return;
      this.load(/^\s*\{/.test(text) ? { scenario: JSON.parse(text) } : { text });
    } catch (error) {
      if (this.getAttribute("src") !== source) return;
      // The frame would wait for it for ever.
      if (!this.hasAttribute("data-ready")) this.#close();
      this.#failed("open", this.#words().src(source, (error as Error).message.trim()));
    }
  }

  #words() {
    return wordsIn(this.getAttribute("lang") ?? navigator.language);
  }

  #warn(fault: string): void {
    console.warn(`Interleave: ${fault} (${new URL("./#/manual", this.#site.url).href})`, this);
  }

  #failed(about: FaultKind, message: string): void {
    this.#warn(message);
    // A frame that is seen says by itself what it cannot open; it is not, where there is a text to be read in its place.
    if (about === "open" && !this.hasAttribute("data-ready")) {
      const isEmpty = this.textContent.trim() === "" && this.querySelector("img, svg") === null;
      const isFrameSeen = isEmpty && this.#frame.isOpen;
      this.#fault.textContent = this.#words().failed + message;
      this.toggleAttribute(isFrameSeen ? "data-ready" : "data-failed", true);
    }
    this.#tell("error", { about, message });
  }

  /** A code block in the element is the scenario when nothing else is named. */
  #textInside(): string | null {
    return this.#isNamed() ? null : (this.querySelector("pre")?.textContent ?? null);
  }

  #isNamed(): boolean {
    return ["lesson", "scenario", "src"].some((name) => this.hasAttribute(name));
  }

  #heard(type: string, detail: Readonly<Record<string, unknown>>): void {
    if (type === "state") {
      this.toggleAttribute("data-ready", true);
      this.removeAttribute("data-failed");
    }
    if (type === "error") this.#failed(detail.about as FaultKind, String(detail.message));
    else this.#tell(type, detail);
  }

  #tell(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(`interleave-${type}`, { detail, bubbles: true }));
  }
}
