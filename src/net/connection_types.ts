/** What a connection is made of, and what its program is at work on. */
import type { NetEvent } from "../trace/events_net.ts";
import type { SessionName } from "../trace/ids.ts";
import type { Outcome } from "../trace/state.ts";
import type { ClientSettings } from "../trace/state_net.ts";
import type { ClientExec, ClientWait } from "./client/exec.ts";

export interface ConnectionOptions {
  readonly session: SessionName;
  readonly settings: ClientSettings;
  readonly netBufferLength: number;
  readonly emit: (event: NetEvent) => void;
  /** Whole microseconds. */
  readonly nowUs: () => number;
}

/** What the program is doing for one step of the schedule. */
export interface Task {
  readonly command: number;
  readonly exec: ClientExec<Outcome>;
  wait: ClientWait | null;
}

export interface EndedTask {
  readonly command: number;
  readonly outcome: Outcome;
}
