/**
 * What a host page and an embedded playground say to each other with `postMessage`. Every message carries the version;
 * what carries another, or does not look as written here, is not answered.
 *
 *     host                                frame
 *       │ ◀──────────────────────── ready   when it listens, to whoever embeds it
 *       │ hello ────────────────────────▶   "it is you": from now on the frame talks to this window and origin only
 *       │ ◀──────────────────────── ready
 *       │ load, step, goto ─────────────▶
 *       │ ◀── state, outcome, resize, error
 *
 * Once they have greeted each other, the host gets an error for a message of this version that says nothing the frame
 * understands, and for a place that is not there; then nothing has changed.
 */
import type { Step } from "../trace/scenario.ts";

export const EMBED_VERSION = 1;

/** Which parts of the playground an embed shows. */
export const EMBED_PANELS = ["sessions", "index", "versions", "waits"] as const;
export type EmbedPanel = (typeof EMBED_PANELS)[number];

/** From the host page to the frame. */
export type HostMessage =
  | { readonly type: "hello" }
  /** Opens something else: an example, a link of the page, a text of SQL with session comments, or a scenario. */
  | { readonly type: "load"; readonly lesson: string }
  | { readonly type: "load"; readonly link: string }
  | { readonly type: "load"; readonly text: string }
  | { readonly type: "load"; readonly scenario: EmbedScenario }
  /** Moves the cursor by an event or, if nothing is said, by a statement; forward if nothing is said. */
  | { readonly type: "step"; readonly by?: "event" | "statement"; readonly back?: boolean }
  /**
   * Moves the cursor: to a number of events, behind a step of the schedule (from 1; 0 is the set-up), or to an end. A number
   * beyond the last is answered with an error.
   */
  | { readonly type: "goto"; readonly position: number }
  | { readonly type: "goto"; readonly step: number }
  | { readonly type: "goto"; readonly to: "start" | "end" };

/** What a post may give as `scenario`: the same shape as a scenario file. */
export interface EmbedScenario {
  readonly title?: string;
  readonly setup: readonly string[];
  readonly steps: readonly Step[];
}

/** From the frame to the host page. */
export type FrameMessage =
  /** `greeted`: in answer to a hello. */
  | { readonly type: "ready"; readonly greeted: boolean; readonly panels: readonly EmbedPanel[] }
  /** After every move of the cursor, and when something was run or loaded. */
  | {
      readonly type: "state";
      readonly position: number;
      readonly length: number;
      /** Steps of the schedule that have begun at the cursor, and how many there are. */
      readonly step: number;
      readonly steps: number;
      readonly playing: boolean;
      readonly sessions: readonly {
        readonly name: string;
        readonly status: string;
        /** The sessions it waits for. */
        readonly waitsFor: readonly string[];
      }[];
      /** What the page says about the event at the cursor, in the frame's language. */
      readonly sentence: string;
    }
  /** A statement that the reader, or the scenario, ran has come to its end. */
  | {
      readonly type: "outcome";
      readonly session: string;
      readonly sql: string;
      readonly kind: "rows" | "ok" | "error" | "lost";
      readonly errno: number | null;
      /** As the mysql client prints it. */
      readonly output: string;
    }
  /** How high the frame would like to be, in CSS pixels. */
  | { readonly type: "resize"; readonly height: number }
  | { readonly type: "error"; readonly about: FaultKind; readonly message: string };

/**
 * `open`: what was to be shown cannot be, and a text in the frame says so; `message`: what the host said is not understood;
 * `place`: the cursor cannot go there. The message is for people, in the frame's language.
 */
export type FaultKind = "open" | "message" | "place";

type Sent<Message> = Message & { readonly interleave: number };

/** A message as it goes through `postMessage`. */
export function sent<Message extends object>(message: Message): Sent<Message> {
  return { interleave: EMBED_VERSION, ...message };
}

/** The message of a `MessageEvent`; null when it is none of ours. */
export function messageIn(data: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof data !== "object" || data === null) return null;
  const message = data as Readonly<Record<string, unknown>>;
  return message.interleave === EMBED_VERSION && typeof message.type === "string" ? message : null;
}
