/** A word to the person about what the page did or could not do; the views have the sentences. */
import type { SessionName } from "../trace/ids.ts";
import type { Outcome } from "../trace/state.ts";
import type { LinkFault } from "./link/link_text.ts";
import type { Language } from "./preferences.ts";

/** A step of the schedule that the server was not given. */
export interface NotRun {
  /** From 1. */
  readonly place: number;
  readonly session: SessionName;
  readonly why: "waiting" | "gone";
}

/** What the page has to say to the person, until the next command. */
export type Notice =
  /** The simulator failed and was started again without the statement that broke it; empty when nothing was run. */
  | { readonly kind: "crashed"; readonly message: string; readonly sql: string }
  /** A part of the simulator could not be loaded; what was there before stays, and the same may be tried again. */
  | { readonly kind: "partMissing"; readonly retry: () => void }
  /** The person stopped it; empty when it was not a statement but a replay. */
  | { readonly kind: "halted"; readonly sql: string }
  /** A scenario could not be opened, mostly because its set-up has an error; what was there stays. */
  | { readonly kind: "notOpened"; readonly message: string }
  /** Running all of them stopped before the last. */
  | {
      readonly kind: "stopped";
      readonly session: SessionName;
      readonly at: "wait" | "error";
      readonly left: number;
    }
  /** What was to be run is for the mysql client, not for the server. */
  | { readonly kind: "clientCommand"; readonly command: string }
  /** A session does one thing at a time, and a closed connection does nothing. */
  | {
      readonly kind: "cannotRun";
      readonly session: SessionName;
      readonly why: "waiting" | "busy" | "gone";
    }
  /** Statements of other sessions came to their ends by what was run; one at least. */
  | {
      readonly kind: "woken";
      readonly ended: readonly { readonly session: SessionName; readonly outcome: Outcome }[];
    }
  /** The steps stand in another order: what could not be run in it, and whose text in the editor is in the old one. */
  | {
      readonly kind: "reordered";
      readonly notRun: readonly NotRun[];
      readonly oldTexts: readonly SessionName[];
    }
  /** A step was written anew, and all was run again; what could not be run then. */
  | { readonly kind: "rewritten"; readonly place: number; readonly notRun: readonly NotRun[] }
  /** A script was opened in which a session is given something while it waits, or when it has gone. */
  | { readonly kind: "notAllRun"; readonly notRun: readonly NotRun[] }
  /** Something else was run in the past: the old future is kept. */
  | { readonly kind: "forked"; readonly stepsLeft: number }
  /** The link in the address could not be read; what is there otherwise was opened. */
  | { readonly kind: "badLink"; readonly fault: LinkFault }
  /** What was opened was to come to a deadlock, and came to something else: a sentence in each language. */
  | { readonly kind: "otherDeadlock"; readonly said: Readonly<Record<Language, string>> }
  /** The browser keeps nothing for the page: a reload loses what was done. */
  | { readonly kind: "notKept" };
