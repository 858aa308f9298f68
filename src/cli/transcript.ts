/** A transcript: a scenario with what the server did at every step, in the format of `test/conformance`. */
import type { Scenario } from "../trace/scenario.ts";

export interface Ended {
  outcome?: "ok" | "error" | "blocked" | "skipped" | "lost";
  columns?: readonly string[];
  rows?: readonly (readonly (string | null)[])[];
  affected?: number;
  info?: string;
  warnings?: number;
  errno?: number;
  sqlstate?: string;
  message?: string;
}

export interface Woken extends Ended {
  readonly step: number;
  readonly session: string;
}

/** `locks`, `waits`, `mdl` and `blocked` are left out where they equal the step before's. */
export interface TranscriptStep extends Ended {
  session?: string;
  sql?: string;
  advance?: number;
  woken?: readonly Woken[];
  locks?: readonly string[];
  waits?: readonly (readonly [string, string])[];
  mdl?: readonly string[];
  blocked?: Readonly<Record<string, string>>;
}

export interface Transcript extends Omit<Scenario, "steps"> {
  readonly format: 1;
  readonly server: string;
  readonly steps: readonly TranscriptStep[];
}
