/**
 * Plays a scenario on a simulated server and writes down what a client and an observer see, as the recorder of the real
 * server's transcripts does.
 */

import { minOf } from "../base/lists.ts";
import { Simulation, type StepResult } from "../server/simulation.ts";
import { applyEvent } from "../trace/apply.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { SessionName } from "../trace/ids.ts";
import { initialState } from "../trace/initial_state.ts";
import type { Scenario, Step } from "../trace/scenario.ts";
import type { Outcome, State } from "../trace/state.ts";
import { firstDifference } from "./first_difference.ts";
import { Recorder } from "./recorder.ts";
import type { Ended, Transcript, TranscriptStep } from "./transcript.ts";

export interface ReplayOptions {
  /** After every step the fold of the trace must equal the server's own dump. */
  readonly checkFold?: boolean;
}

/** More than the page allows: no picture is made of these statements, and what they tell of is not kept. */
const ROWS_EXAMINED_MAX = 5_000_000;
const SERVER = "9.7.4";
/** The recorder waits so long for a statement that is not seen waiting for a lock. */
const PATIENCE_MS = 20_000;
/** Scenarios with this tag were recorded without EXPLAIN before each statement. */
const UNEXPLAINED = "unexplained";
/** A tag that names an option that the server was started with. */
const START_OPTION = /^(\w+)=(\w+)$/;
const OBSERVED = ["locks", "waits", "mdl", "blocked"] as const;

/** Throws when the scenario is none, when its set-up fails, or when the simulator does. */
export function replayScenario(given: unknown, options: ReplayOptions = {}): Transcript {
  const scenario = scenarioOf(given);
  let state: State = initialState;
  const rowIds = new RowIds();
  const simulation = new Simulation({
    // So that the transcripts try what is kept, too.
    keepsFrom: 2,
    patienceMs: PATIENCE_MS,
    rowsExaminedMax: ROWS_EXAMINED_MAX,
    startOptions: startOptionsOf(scenario),
    statementsKept: options.checkFold === true ? Number.POSITIVE_INFINITY : 0,
    emit: (event) => {
      rowIds.see(event);
      if (options.checkFold === true) state = applyEvent(state, event);
    },
  });
  const failure = simulation.setup(scenario.setup);
  if (failure !== null) {
    throw new Error(`set-up failed: ${failure.sql}: ${JSON.stringify(failure.outcome)}`);
  }
  const recorder = new Recorder(simulation, scenario.tags?.includes(UNEXPLAINED) !== true);
  const steps: TranscriptStep[] = [];
  const before = { locks: "[]", waits: "[]", mdl: "[]", blocked: "{}" };
  for (const step of scenario.steps) {
    const written = writtenStep(step, recorder.play(step, before.mdl.includes("PENDING")));
    steps.push(written);
    if (written.outcome === "skipped") continue;
    const seen = simulation.observe();
    const observed = { ...seen, locks: seen.locks.map((line) => rowIds.shorten(line)).sort() };
    for (const key of OBSERVED) {
      const text = JSON.stringify(observed[key]);
      if (text === before[key]) continue;
      before[key] = text;
      Object.assign(written, { [key]: observed[key] });
    }
    if (options.checkFold === true) checkFold(state, simulation.dump(), steps.length - 1);
  }
  const { steps: _given, ...head } = scenario;
  return { format: 1, ...head, server: SERVER, steps };
}

function startOptionsOf({ tags = [] }: Scenario): Readonly<Record<string, string>> {
  return Object.fromEntries(
    tags.flatMap((tag) => {
      const [, name, value] = START_OPTION.exec(tag) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The parts of a scenario, whatever else is recorded with it. */
function scenarioOf(given: unknown): Scenario {
  const { id, title, tags, setup, steps } = given as Partial<Scenario>;
  if (typeof id !== "string" || !Array.isArray(steps)) throw new Error("not a scenario");
  return {
    id,
    ...(title === undefined ? {} : { title }),
    ...(tags === undefined ? {} : { tags }),
    setup: setup ?? [],
    steps: steps.map(stepOf),
  };
}

/** A step without what was recorded of it. */
function stepOf(step: Step): Step {
  if ("advance" in step && step.advance !== undefined) return { advance: step.advance };
  const { session, sql, client, call, size } = step as Partial<
    Record<"sql" | "client" | "call" | "size", never>
  > & { readonly session: SessionName };
  if (client !== undefined) return { session, client };
  if (call !== undefined) return { session, call, ...(size === undefined ? {} : { size }) };
  return { session, sql: sql as unknown as string };
}

function writtenStep(step: Step, result: StepResult): TranscriptStep {
  const written: TranscriptStep = { ...step };
  if (result.kind === "skipped") return { ...written, outcome: "skipped" };
  if (result.kind === "blocked") written.outcome = "blocked";
  if (result.kind === "ended") {
    Object.assign(written, result.outcome === null ? { outcome: "ok" } : ended(result.outcome));
  }
  if (result.woken.length > 0) {
    written.woken = result.woken.map(({ step: at, session, outcome }) => ({
      step: at,
      session,
      ...ended(outcome),
    }));
  }
  return written;
}

function ended(outcome: Outcome): Ended {
  switch (outcome.kind) {
    case "rows":
      return { outcome: "ok", columns: outcome.columns, rows: outcome.rows };
    case "ok":
      return {
        outcome: "ok",
        affected: outcome.affected,
        ...(outcome.info === "" ? {} : { info: outcome.info }),
        ...(outcome.warnings === 0 ? {} : { warnings: outcome.warnings }),
      };
    case "error":
      return {
        outcome: "error",
        errno: outcome.errno,
        sqlstate: outcome.sqlState,
        message: outcome.message,
      };
    case "lost":
      return { outcome: "lost", message: outcome.message };
  }
}

function checkFold(folded: State, dumped: State, step: number): void {
  const difference = firstDifference(folded, dumped);
  if (difference !== null)
    throw new Error(`fold and dump differ after step ${step}: ${difference}`);
}

/**
 * A table without a primary key is clustered on DB_ROW_ID, a counter of the whole server. The lowest one there after the
 * set-up, or else the next to be given out, is written #1.
 */
class RowIds {
  #first: number | null = null;
  readonly #inSetup = new Map<number, number>();

  see(event: TraceEvent): void {
    if (event.command < 0) this.#seeSetup(event);
    else if (event.type === "rec.inserted" && event.rec.rowId !== null) {
      this.#first ??= this.#lowestOfSetup() ?? event.rec.rowId;
    }
  }

  /** 0x000000000200 becomes #1. */
  shorten(line: string): string {
    this.#first ??= this.#lowestOfSetup();
    const first = this.#first;
    if (first === null) return line;
    return line.replace(
      /0x([0-9A-F]{12})/g,
      (_all, hex: string) => `#${Number.parseInt(hex, 16) - first + 1}`,
    );
  }

  #seeSetup(event: TraceEvent): void {
    if (event.type === "rec.inserted" && event.rec.rowId !== null) {
      this.#inSetup.set(event.rec.id, event.rec.rowId);
    }
    if (event.type === "rec.removed") this.#inSetup.delete(event.rec);
  }

  #lowestOfSetup(): number | null {
    return this.#inSetup.size === 0 ? null : minOf(this.#inSetup.values());
  }
}
