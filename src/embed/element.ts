/**
 * `<interleave-playground>`: a frame with a playground, made when it comes near the window. What stands in the element
 * (a code block, a picture) is seen until the frame is there, by readers without scripts, in feeds and on paper; and it stays,
 * with a line above it that says why, when nothing can be opened. Faults are told to the console of the page as well.
 */
import { attributeFaults, heightIn } from "./attribute_faults.ts";
import { type FaultKind, messageIn, sent } from "./contract.ts";
import { fragmentOf, OPTION_NAMES } from "./options.ts";

/** So far outside the window it is made. */
const NEAR = "400px";
const HEIGHT_AT_FIRST = 460;
const HEIGHT_MAX = 4000;
/** What the frame's first word may take once all its files are there, or cannot be had. */
const FIRST_WORD_MS = 3000;
/** Longer than any network that is worth it. */
const NO_LOAD_MS = 15_000;

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

const WORDS = {
  en: {
    failed: "This playground could not be opened: ",
    nothing: "the element names no lesson, scenario or src, and holds no code block",
    src: (source: string, why: string) => `src="${source}" could not be read: ${why}`,
    silent: (host: string) => `${host} cannot be reached, or may not run in a frame of this page`,
    again: "Try again",
  },
  zh: {
    failed: "这个演练场无法打开：",
    nothing: "元素没有写明 lesson、scenario 或 src，里面也没有代码块",
    src: (source: string, why: string) => `src="${source}" 无法读取：${why}`,
    silent: (host: string) => `无法连接 ${host}，或者本页面不允许它在框架里运行`,
    again: "重试",
  },
};

/** Where the loader came from: the site. */
export interface Site {
  readonly url: string;
}

/** Makes the element known. A second script on the page changes nothing. */
export function defineElement(site: Site): void {
  if (customElements.get("interleave-playground") !== undefined) return;
  const names = [...OPTION_NAMES, "src", "sandbox", "height"];

  class InterleavePlayground extends HTMLElement {
    static readonly observedAttributes = names;

    #frame: HTMLIFrameElement | null = null;
    #box: HTMLElement | null = null;
    readonly #fault = document.createElement("p");
    #near: IntersectionObserver | null = null;
    /** What was asked for before the frame was ready. */
    #early: object[] = [];
    #isReady = false;
    /** The frame has said that it is there. */
    #isHeard = false;
    readonly #listen = (event: MessageEvent): void => this.#received(event);

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
      if (this.#frame === null || before === now) return;
      this.#close();
      this.#open();
    }

    /** Opens something else: `{ lesson }`, `{ link }`, `{ text }` or `{ scenario }`. */
    load(what: Readonly<Record<string, unknown>>): void {
      this.#send({ ...what, type: "load" });
      // Its src could not be read: there is no frame any more.
      if (this.#frame === null && this.hasAttribute("data-failed")) this.#open(null);
    }

    /** One step: `step()` goes over a statement, `step("event")` to the next event, `step("statement", true)` back. */
    step(by: "event" | "statement" = "statement", back = false): void {
      this.#send({ type: "step", by, back });
    }

    /** `goto(12)`: behind so many events; `goto({ step: 3 })`: behind a step; `goto("start")`, `goto("end")`. */
    goto(place: number | "start" | "end" | { readonly step: number }): void {
      if (typeof place === "number") this.#send({ type: "goto", position: place });
      else if (typeof place === "string") this.#send({ type: "goto", to: place });
      else this.#send({ type: "goto", step: place.step });
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
      if (this.#frame !== null || this.#box === null) return;
      this.#near?.disconnect();
      const options = new Map(
        OPTION_NAMES.flatMap((name) => {
          const value = this.getAttribute(name);
          return value === null ? [] : [[name, value] as const];
        }),
      );
      for (const fault of attributeFaults((name) => this.getAttribute(name))) this.#warn(fault);
      const text = this.#textInside();
      const frame = document.createElement("iframe");
      frame.title = this.title || "Interleave";
      frame.style.height = `${heightIn(this.getAttribute("height")) ?? HEIGHT_AT_FIRST}px`;
      frame.setAttribute("allow", "clipboard-write");
      if (this.hasAttribute("sandbox")) {
        frame.setAttribute("sandbox", this.getAttribute("sandbox") || "allow-scripts allow-popups");
      }
      const waits = this.hasAttribute("src") || text !== null;
      frame.src = new URL(`embed.html${fragmentOf(options, waits)}`, site.url).href;
      this.#frame = frame;
      // A page that cannot be had is loaded all the same, the browser's own in its place; it says nothing.
      frame.addEventListener("load", () =>
        setTimeout(() => this.#expectWord(frame), FIRST_WORD_MS),
      );
      this.#box.append(frame);
      this.#expectLoad(frame);
      this.toggleAttribute("data-near", true);
      if (text !== null) this.load({ text });
      if (source !== null) void this.#fetch(source);
    }

    #close(): void {
      this.#frame?.remove();
      this.#frame = null;
      this.#isReady = false;
      this.#isHeard = false;
      this.#early = [];
      for (const name of ["data-ready", "data-near", "data-failed"]) this.removeAttribute(name);
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
      if (frame !== this.#frame || this.#isHeard) return;
      const words = this.#words();
      this.#close();
      this.#failed("open", words.silent(new URL(site.url).host));
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

    #words(): (typeof WORDS)["en"] {
      const language = this.getAttribute("lang") ?? navigator.language;
      return /^zh/i.test(language) ? WORDS.zh : WORDS.en;
    }

    #warn(fault: string): void {
      console.warn(`Interleave: ${fault} (${new URL("./#/manual", site.url).href})`, this);
    }

    #failed(about: FaultKind, message: string): void {
      this.#warn(message);
      // A frame that is seen says by itself what it cannot open; it is not, where there is a text to be read in its place.
      if (about === "open" && !this.hasAttribute("data-ready")) {
        const isEmpty = this.textContent.trim() === "" && this.querySelector("img, svg") === null;
        const isFrameSeen = isEmpty && this.#frame !== null;
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

    #send(message: object): void {
      if (!this.#isReady) this.#early.push(message);
      else this.#post(message);
    }

    #post(message: object): void {
      // A sandboxed frame has no origin that could be named; only the site's own page is ever loaded into it.
      const origin = this.hasAttribute("sandbox") ? "*" : new URL(site.url).origin;
      this.#frame?.contentWindow?.postMessage(sent(message), origin);
    }

    #received(event: MessageEvent): void {
      if (this.#frame === null || event.source !== this.#frame.contentWindow) return;
      const origin = this.hasAttribute("sandbox") ? "null" : new URL(site.url).origin;
      const isOurs = event.origin === origin || event.origin === new URL(site.url).origin;
      const message = messageIn(event.data);
      if (!isOurs || message === null) return;
      const { interleave: _, type, ...detail } = message;
      this.#isHeard = true;
      // Also after the frame was loaded anew.
      if (type === "ready" && detail.greeted !== true) this.#post({ type: "hello" });
      if (type === "ready" && detail.greeted === true && !this.#isReady) {
        this.#isReady = true;
        if (this.#early.length === 0 && !this.#isNamed())
          this.#failed("open", this.#words().nothing);
        for (const early of this.#early.splice(0)) this.#post(early);
      }
      if (type === "resize") this.#resize(Number(detail.height));
      if (type === "state") {
        this.toggleAttribute("data-ready", true);
        this.removeAttribute("data-failed");
      }
      if (type === "error") this.#failed(detail.about as FaultKind, String(detail.message));
      else this.#tell(String(type), detail);
    }

    #resize(height: number): void {
      const isFixed = heightIn(this.getAttribute("height")) !== null;
      if (this.#frame === null || isFixed || !(height > 0)) return;
      this.#frame.style.height = `${Math.min(HEIGHT_MAX, Math.ceil(height))}px`;
    }

    #tell(type: string, detail: object): void {
      this.dispatchEvent(new CustomEvent(`interleave-${type}`, { detail, bubbles: true }));
    }
  }

  customElements.define("interleave-playground", InterleavePlayground);
}
