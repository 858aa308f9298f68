/** One database at one kind of statement: bursts of it, each as long as the others' bursts. */
import { append } from "../../base/lists.ts";
import type { Engine } from "./engines.ts";
import { LINES, type Line, TABLES, type Table } from "./statements.ts";

const BURST_MS = 20;
/**
 * Of the processor, which a busy machine gives late. V8 compiles the simulator's hot paths within some 10,000 statements;
 * before that it measures the compiler.
 */
const WARM_UP_CPU_MS = 2_000;
const BURST_MIN = 3;
/** A burst of the fastest statement takes its time too. */
const BURST_MAX = 10_000;

export class Runner {
  readonly #engine: Engine;
  readonly #line: Line;
  readonly #table: Table;
  #turn = 0;
  #burst = BURST_MIN;

  /** By the places of the line and the table in their lists. */
  constructor(engine: Engine, line: number, table: number) {
    this.#engine = engine;
    this.#line = LINES[line] as Line;
    this.#table = TABLES[table] as Table;
  }

  async warmUp(): Promise<void> {
    const before = process.cpuUsage();
    do {
      const us = await this.round();
      const fitting = Math.round((BURST_MS * 1000) / us);
      this.#burst = Math.min(BURST_MAX, Math.max(BURST_MIN, fitting));
    } while (cpuMs(before) < WARM_UP_CPU_MS);
  }

  /** Microseconds per turn. */
  async round(): Promise<number> {
    const turns = this.#burst;
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

function cpuMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
