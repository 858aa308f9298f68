/**
 * A simulated server for tests: `run("A: COMMIT")` tells in one line what came of it, as a person would.
 *
 *     "ok"  "ok 2"  "waits"  "skipped"  "ERROR 1205"  "lost"  "1 a | 2 b"      woken statements follow: "ok ; B: ok 1"
 */
import { Simulation } from "../../src/server/simulation.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Step } from "../../src/trace/scenario.ts";
import type { Outcome } from "../../src/trace/state.ts";

export const TABLE = [
  "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
  "INSERT INTO t VALUES (1,10),(2,20),(3,30)",
];

export class Script {
  readonly events: TraceEvent[] = [];
  readonly simulation: Simulation;

  constructor(
    setup: readonly string[] = TABLE,
    startOptions: Readonly<Record<string, string>> = {},
  ) {
    this.simulation = new Simulation({
      emit: (event) => this.events.push(event),
      startOptions,
    });
    const failure = this.simulation.setup(setup);
    if (failure !== null) throw new Error(`${failure.sql}: ${JSON.stringify(failure.outcome)}`);
  }

  /** "A: SQL", or "advance 51". */
  run(line: string): string {
    const { kind, outcome, woken } = this.simulation.step(stepOf(line));
    const own = kind === "ended" ? (outcome === null ? "ok" : outcomeText(outcome)) : KINDS[kind];
    const others = woken.map((end) => `${end.session}: ${outcomeText(end.outcome)}`);
    return [own, ...others].join(" ; ");
  }

  /** The results of all lines. */
  runAll(...lines: readonly string[]): string[] {
    return lines.map((line) => this.run(line));
  }

  /** The record and table locks, as the transcripts write them. */
  get locks(): readonly string[] {
    return this.simulation.observe().locks;
  }

  /** The metadata locks, as the transcripts write them. */
  get mdl(): readonly string[] {
    return this.simulation.observe().mdl;
  }
}

const KINDS = { blocked: "waits", skipped: "skipped", advanced: "ok" } as const;

export function stepOf(line: string): Step {
  const advance = /^advance (\d+)$/.exec(line)?.[1];
  if (advance !== undefined) return { advance: Number(advance) };
  const [, session = "", sql = ""] = /^(\w+): (.*)$/s.exec(line) ?? [];
  return { session: session as SessionName, sql };
}

function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case "ok":
      return outcome.affected > 0 ? `ok ${outcome.affected}` : "ok";
    case "rows":
      return outcome.rows.map((row) => row.map((value) => value ?? "NULL").join(" ")).join(" | ");
    case "error":
      return `ERROR ${outcome.errno}`;
    case "lost":
      return "lost";
  }
}
