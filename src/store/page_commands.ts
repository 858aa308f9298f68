/** What the page can ask of the server; the implementation is in `commands.ts`. */
import type { Lesson } from "../lessons/lesson.ts";
import type { SessionName } from "../trace/ids.ts";
import type { Scenario } from "../trace/scenario.ts";
import type { ClientCall, ClientSettings } from "../trace/state_net.ts";
import type { Branch, Script } from "./script.ts";

export interface PageCommands {
  readonly openLesson: (lesson: Lesson) => Promise<void>;
  /** A scenario of the person's own: these tables, and nothing run yet. */
  readonly openSetup: (setup: readonly string[]) => Promise<void>;
  /** The story so far told again, with something in its set-up or its steps changed. */
  readonly retell: (scenario: Scenario) => Promise<void>;
  /** Opens a script as it stands, at a position (null: its end). */
  readonly open: (script: Script, position: number | null) => Promise<void>;
  /** The statements one after the other; stops at a wait or an error. */
  readonly run: (session: SessionName, statements: readonly string[]) => Promise<void>;
  readonly advance: (seconds: number) => Promise<void>;
  /** Simulates the session's client from here on, or changes it. */
  readonly setClient: (session: SessionName, change: Partial<ClientSettings>) => Promise<void>;
  /** Tells a client's program that waits for calls to make one. */
  readonly callClient: (session: SessionName, call: ClientCall) => Promise<void>;
  readonly disconnect: (session: SessionName) => Promise<void>;
  /** The same tables, nothing run. */
  readonly restart: () => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
  readonly openBranch: (branch: Branch) => Promise<void>;
}

const nothing = () => Promise.resolve();

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
  undo: nothing,
  redo: nothing,
  openBranch: nothing,
};
