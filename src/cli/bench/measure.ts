/**
 * Microseconds per statement, as the median of rounds. In each round every database runs a short burst of the same
 * statements, one database after the other, so that a busy machine hits all alike.
 */
import type { EngineName } from "./engines.ts";
import type { Isolate } from "./isolate.ts";
import { LINES, type Line, TABLES, type Table } from "./statements.ts";

export interface Figure {
  readonly line: Line;
  readonly table: Table;
  /** Microseconds per statement (per transaction, where a line is one), median of the rounds. */
  readonly us: Readonly<Record<EngineName, number>>;
}

const ROUNDS = 9;

export async function measure(isolates: readonly Isolate[]): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [lineAt, line] of LINES.entries()) {
    for (const [tableAt, table] of TABLES.entries()) {
      for (const isolate of isolates) await isolate.warmUp(lineAt, tableAt);
      figures.push({ line, table, us: await medians(isolates) });
    }
  }
  return figures;
}

async function medians(isolates: readonly Isolate[]): Promise<Figure["us"]> {
  const rounds = isolates.map(({ name }) => ({ name, us: [] as number[] }));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, isolate] of isolates.entries()) rounds[at]?.us.push(await isolate.round());
  }
  const us = Object.fromEntries(rounds.map(({ name, us }) => [name, percentile(us, 50)]));
  return us as Figure["us"];
}

/** The value below which so many percent lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100));
  return sorted[at] ?? Number.NaN;
}
