/**
 * Microseconds per statement, as the median of rounds. In each round every database runs a short burst of the same
 * statements, one database after the other, so that a busy machine hits all alike.
 */
import { append } from "../../base/lists.ts";
import type { Engine, EngineName } from "./engines.ts";
import { LINES, type Line, TABLES, type Table } from "./statements.ts";

export interface Figure {
  readonly line: Line;
  readonly table: Table;
  /** Microseconds per statement (per transaction, where a line is one), median of the rounds. */
  readonly us: Readonly<Record<EngineName, number>>;
}

const ROUNDS = 9;
const BURST_MS = 20;
/**
 * Of the processor, which a busy machine gives late. V8 compiles the simulator's hot paths within some 10,000 statements;
 * before that it measures the compiler.
 */
const WARM_UP_CPU_MS = 2_000;
const BURST_MIN = 3;
const BURST_MAX = 1_000;

export async function measure(engines: readonly Engine[]): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const line of LINES) {
    for (const table of TABLES) figures.push(await measureLine(engines, line, table));
  }
  return figures;
}

async function measureLine(engines: readonly Engine[], line: Line, table: Table): Promise<Figure> {
  const runners: Runner[] = [];
  for (const engine of engines) {
    const runner = new Runner(engine, line, table);
    await runner.warmUp();
    runners.push(runner);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const runner of runners) await runner.round();
  }
  const us = Object.fromEntries(runners.map(({ name, rounds }) => [name, percentile(rounds, 50)]));
  return { line, table, us: us as Figure["us"] };
}

/** The value below which so many percent lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100));
  return sorted[at] ?? Number.NaN;
}

function cpuMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** One database at one line. */
class Runner {
  readonly rounds: number[] = [];
  readonly #engine: Engine;
  readonly #line: Line;
  readonly #table: Table;
  #turn = 0;
  #burst = BURST_MIN;

  constructor(engine: Engine, line: Line, table: Table) {
    this.#engine = engine;
    this.#line = line;
    this.#table = table;
  }

  get name(): EngineName {
    return this.#engine.name;
  }

  async warmUp(): Promise<void> {
    const before = process.cpuUsage();
    let us = 0;
    do {
      us = await this.#run(this.#burst);
      const fitting = Math.round((BURST_MS * 1000) / us);
      this.#burst = Math.min(BURST_MAX, Math.max(BURST_MIN, fitting));
    } while (cpuMs(before) < WARM_UP_CPU_MS);
  }

  async round(): Promise<void> {
    this.rounds.push(await this.#run(this.#burst));
  }

  /** Microseconds per turn. */
  async #run(turns: number): Promise<number> {
    const texts: string[] = [];
    for (let at = 0; at < turns; at += 1) {
      append(texts, this.#line.texts(this.#table, this.#turn, this.#engine.dialect));
      this.#turn += 1;
    }
    const fromMs = performance.now();
    for (const text of texts) {
      const result = this.#engine.run(text);
      if (result instanceof Promise) await result;
    }
    const us = ((performance.now() - fromMs) * 1000) / turns;
    if (this.#line.tidy !== null) await this.#engine.run(this.#line.tidy(this.#table));
    return us;
  }
}
