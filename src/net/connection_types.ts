/** What a connection is made of, and what its program is at work on. */
import type { NetEvent } from "../trace/events_net.ts";
import type { SessionName } from "../trace/ids.ts";
import type { Outcome } from "../trace/state.ts";
import type { ClientOutcome, ClientSettings } from "../trace/state_net.ts";
import type { ClientExec, ClientWait } from "./client/exec.ts";

/** Why the server has closed its end. */
export type BrokenBy = Extract<NetEvent, { type: "net.shutDown" }>["why"];

export interface ConnectionOptions {
  readonly session: SessionName;
  readonly settings: ClientSettings;
  readonly netBufferLength: number;
  readonly emit: (event: NetEvent) => void;
  /** A command ends before the server could hear of it. */
  readonly refused: (sql: string, errno: number, message: string) => void;
  /** What the program's last call came to, on the connection before. */
  readonly last: ClientOutcome | null;
  /** Whole microseconds. */
  readonly nowUs: () => number;
}

/** What the program is doing for one step of the schedule. */
export interface Task {
  readonly command: number;
  readonly exec: ClientExec<Outcome>;
  /** Of a statement that the server has not been asked for. */
  unsent: string | null;
  wait: ClientWait | null;
}

/** A command that is over, with what came of it; `command` is the index of the step that brought it. */
export interface EndedTask {
  readonly command: number;
  readonly outcome: Outcome;
}

/** So many rows of what a program got stand in the trace. */
const ROWS_SHOWN = 200;

/** What the trace shows of what a program got. */
export function shownOutcome(command: number, outcome: Outcome): ClientOutcome {
  if (outcome.kind !== "rows") return { command, outcome, rows: 0 };
  const { rows } = outcome;
  return { command, outcome: { ...outcome, rows: rows.slice(0, ROWS_SHOWN) }, rows: rows.length };
}
