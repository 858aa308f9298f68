/** What the manual is made of; `en.ts` and `zh.ts` beside it fill it in. */

import type { Showable } from "./post_code.ts";

export interface ManualText {
  readonly title: string;
  readonly lead: string;
  readonly back: string;
  readonly copy: string;
  readonly sections: readonly ManualSection[];
  /** Above the names of the examples and of the guided lessons. */
  readonly names: { readonly examples: string; readonly guided: string };
  readonly here: {
    readonly title: string;
    readonly lead: string;
    readonly code: string;
    /** In the picture, under a statement. */
    readonly waits: string;
    readonly panels: string;
    readonly panelNames: Readonly<Record<Showable, string>>;
    readonly theme: string;
    readonly lang: string;
    /** What the reader's browser says. */
    readonly reader: string;
  };
}

export interface ManualSection {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly ManualPart[];
}

export type ManualPart =
  | { readonly kind: "text"; readonly text: string }
  /** SITE stands for the address of the site. */
  | { readonly kind: "code"; readonly code: string }
  /** The names that \`lesson\` takes. */
  | { readonly kind: "names" }
  | {
      readonly kind: "table";
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

export function text(words: string): ManualPart {
  return { kind: "text", text: words };
}

export function code(lines: string): ManualPart {
  return { kind: "code", code: lines };
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): ManualPart {
  return { kind: "table", head, rows };
}

export const ELEMENT = `<script async src="SITE/interleave.js"></script>

<interleave-playground lesson="gap-locks" panels="sessions, index">
</interleave-playground>`;

export const FRAME = `<iframe title="Why does the INSERT wait?" width="100%" height="480" loading="lazy"
  src="SITE/embed.html#lesson=gap-locks&amp;panels=sessions,index&amp;theme=light"></iframe>`;

export const BLOCK = `<script async src="SITE/interleave.js"></script>

<pre data-interleave="title: Who waits?; panels: sessions, waits; at: 3"><code>CREATE TABLE account (id INT PRIMARY KEY, balance INT);
INSERT INTO account VALUES (1, 100), (2, 200);
-- session A
BEGIN;
UPDATE account SET balance = balance - 10 WHERE id = 1;
-- session B
UPDATE account SET balance = balance + 10 WHERE id = 1;
-- +3 s
COMMIT; -- A
</code></pre>`;

export const MESSAGES = `const frame = document.querySelector("iframe");
const origin = new URL(frame.src).origin;
const say = (message) => frame.contentWindow.postMessage({ interleave: 1, ...message }, origin);

window.addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow || event.origin !== origin) return;
  const message = event.data;
  if (message?.interleave !== 1) return;
  if (message.type === "ready" && !message.greeted) say({ type: "hello" });
  if (message.type === "resize") frame.style.height = \`\${message.height}px\`;
  if (message.type === "state") console.log(message.sentence);
});`;

export const METHODS = `const playground = document.querySelector("interleave-playground");
playground.addEventListener("interleave-outcome", (event) => console.log(event.detail.output));
playground.step();                 // over a statement; step("event"), step("statement", true)
playground.goto({ step: 3 });      // or goto(12), goto("start"), goto("end")
playground.addEventListener("interleave-error", (event) => console.warn(event.detail.message));
playground.load({ text: "..." });  // or { lesson }, { link }, { scenario }`;
