/**
 * A scenario and its schedule, in the format of the recorded transcripts: what a link, a file, a lesson and the
 * headless replay hold. Commands are its steps; determinism brings the trace back.
 */
import type { SessionName } from "./ids.ts";

export type Step =
  | { readonly session: SessionName; readonly sql: string }
  /** Seconds. */
  | { readonly advance: number };

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
