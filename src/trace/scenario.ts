/**
 * A scenario and its schedule, in the format of the recorded transcripts: what a link, a file, a lesson and the
 * headless replay hold. Commands are its steps; determinism brings the trace back.
 */
import type { SessionName } from "./ids.ts";
import type { ClientCall, ClientSettings } from "./state_net.ts";

/** What is done next, and by whom: a statement, a client's setting or call; or time passes. */
export type Step =
  /** `vertical`: the client prints its rows one below the other, as after \G. */
  | { readonly session: SessionName; readonly sql: string; readonly vertical?: true }
  /** The session's client is simulated from here on, with these settings; what is not named stays as it was. */
  | { readonly session: SessionName; readonly client: Partial<ClientSettings> }
  /** A call of a program that waits for calls. `size`: rows of a fetchmany. */
  | { readonly session: SessionName; readonly call: ClientCall; readonly size?: number }
  /** Seconds. */
  | { readonly advance: number };

/** All that a run needs: the same scenario gives the same trace, to the byte. */
export interface Scenario {
  readonly id: string;
  readonly title?: string;
  readonly tags?: readonly string[];
  /** Run on a connection of its own, autocommit on, before the first step; then the tables are analyzed. */
  readonly setup: readonly string[];
  readonly steps: readonly Step[];
}

/** The `sql` of a step that drops the client's connection. */
export const DISCONNECT = "@disconnect";

/** The `sql` of a step that gives a session whose connection is gone a new one. */
export const RECONNECT = "@reconnect";

/** Whether a step is something that the client does by itself, with no statement for the server. */
export function isOfClient(step: Step): boolean {
  if ("sql" in step) return step.sql === DISCONNECT || step.sql === RECONNECT;
  return "client" in step || "call" in step;
}
