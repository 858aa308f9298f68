/** What the page can ask of the server; the implementation is in `commands/`. */
import type { Lesson } from "../lessons/lesson.ts";
import type { SessionName } from "../trace/ids.ts";
import type { Scenario, Step } from "../trace/scenario.ts";
import type { Outcome } from "../trace/state.ts";
import type { ClientCall, ClientSettings } from "../trace/state_net.ts";
import type { Timeline } from "../trace/timeline.ts";
import type { Branch, Script } from "./script.ts";

/** A statement, how its rows are to be printed, or something that only the mysql client would understand. */
export type Runnable =
  | string
  | { readonly sql: string; readonly vertical: boolean }
  | { readonly clientCommand: string };

/** Each resolves when the page shows what came of it; a failure becomes a notice. */
export interface PageCommands {
  readonly openLesson: (lesson: Lesson) => Promise<void>;
  /** A scenario of the person's own: these tables, and nothing run yet. */
  /** Other tables, and nothing run yet; or the same statements again, with what they came to before as a branch. */
  readonly openSetup: (setup: readonly string[], keepsSteps?: boolean) => Promise<void>;
  /** The story so far told again, with something in its set-up or its steps changed. */
  readonly retell: (scenario: Scenario) => Promise<void>;
  /**
   * Opens a script as it stands, at a position (null: its end); with the texts and branches that are there, or with others: then
   * what was there stays within reach of undo.
   */
  readonly open: (
    script: Script,
    position: number | null,
    texts?: Readonly<Record<string, string>>,
    branches?: readonly Branch[],
  ) => Promise<void>;
  /** The statements one after the other; stops at a wait or an error. */
  readonly run: (session: SessionName, statements: readonly Runnable[]) => Promise<void>;
  readonly advance: (seconds: number) => Promise<void>;
  /** Simulates the session's client from here on, or changes it. */
  readonly setClient: (session: SessionName, change: Partial<ClientSettings>) => Promise<void>;
  /** Tells a client's program that waits for calls to make one. */
  readonly callClient: (session: SessionName, call: ClientCall) => Promise<void>;
  readonly disconnect: (session: SessionName) => Promise<void>;
  /** The same tables and simulated clients, nothing run; or with emptied editors, and without the clients. */
  readonly restart: (emptied?: boolean) => Promise<void>;
  /** Ends what the server is doing now; what was there before it is brought back. */
  readonly stop: () => void;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
  /** Another script takes the place of this one, which becomes a branch. */
  readonly adopt: (script: Script) => Promise<void>;
  readonly openBranch: (branch: Branch) => Promise<void>;
  /**
   * The same set-up with these steps; the cursor goes behind the step at `focus`, or stays at the end. `texts`: of the editors,
   * where a statement is another one now.
   */
  readonly reschedule: (
    steps: readonly Step[],
    focus: number | null,
    texts?: Readonly<Record<string, string>>,
  ) => Promise<void>;
  /** Runs both beside each other; the result is the page's `comparison`. */
  readonly compare: (left: Script, right: Script) => Promise<void>;
  readonly endComparison: () => void;
  /** What would the statement do at the cursor? Nothing is run: the answer is the page's `peek`. */
  readonly ask: (session: SessionName, sql: string) => Promise<void>;
  /** A whole scenario on a server of its own; null when it could not be played. */
  readonly play: (scenario: Scenario) => Promise<Timeline | null>;
  /** What a session of its own would read at the cursor; null when there is no answer. */
  readonly look: (sql: string) => Promise<Outcome | null>;
}

const nothing = () => Promise.resolve();

/** Before the worker's wire is there: nothing happens. */
export const sleepingCommands: PageCommands = {
  openLesson: nothing,
  openSetup: nothing,
  retell: nothing,
  open: nothing,
  run: nothing,
  advance: nothing,
  setClient: nothing,
  callClient: nothing,
  disconnect: nothing,
  restart: nothing,
  stop: () => {},
  undo: nothing,
  redo: nothing,
  openBranch: nothing,
  adopt: nothing,
  reschedule: nothing,
  compare: nothing,
  endComparison: () => {},
  ask: nothing,
  play: () => Promise.resolve(null),
  look: () => Promise.resolve(null),
};
