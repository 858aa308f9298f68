/**
 * `npm run bench`: how fast the simulator is with its trace on, beside sql.js, PGlite and alasql given the same SQL text in
 * the same run, and what a long session costs. Prints the figures beside their targets; fails on none, since the machine may
 * be busy. `--ours` leaves the peers out, for profiling.
 */
import { maxOf } from "../base/lists.ts";
import { ENGINE_NAMES, type EngineName } from "./bench/engines.ts";
import { Isolate, serveIsolate } from "./bench/isolate.ts";
import { measureLongSession } from "./bench/long_session.ts";
import { type Figure, measure } from "./bench/measure.ts";
import { measureScenarios, SCENARIOS } from "./bench/scenarios.ts";
import { TABLES } from "./bench/statements.ts";

/** How many times as fast as each peer it should be; null where any figure will do. */
const TARGETS: Readonly<Record<Exclude<EngineName, "interleave">, number | null>> = {
  "sql.js": 2,
  PGlite: 10,
  alasql: null,
};

if (!serveIsolate()) await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const long = measureLongSession();
  const names = args.includes("--ours") ? ENGINE_NAMES.slice(0, 1) : ENGINE_NAMES;
  const isolates = names.map((name) => new Isolate(name, import.meta.url));
  for (const isolate of isolates) {
    const seconds = await isolate.fill();
    const rows = TABLES.reduce((sum, table) => sum + table.rows, 0);
    print(`${isolate.name}: ${rows} rows in ${seconds.toFixed(2)} s`);
  }
  const figures = await measure(isolates);
  print(`\n${table(figures)}\n\n${growth(figures)}\n`);
  print(`${SCENARIOS} random scenarios: ${measureScenarios().toFixed(2)} s (target: 10 s)`);
  print(
    `${long.events} events: ${long.heapMb.toFixed(0)} MB (target: 150 MB); a seek takes ` +
      `${long.seekMedianMs.toFixed(2)} ms in the median, ${long.seekP95Ms.toFixed(2)} ms at the ` +
      `95th percentile (target: 16 ms), ${long.seekMaxMs.toFixed(2)} ms at most`,
  );
  process.exit();
}

/** Microseconds per statement, and how many times as long each peer takes. */
function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ line, table: { rows }, us }) => [
    line.title,
    `${rows}`,
    us.interleave.toFixed(1),
    ...Object.keys(TARGETS).map((peer) => compared(us, peer as keyof typeof TARGETS)),
  ]);
  const heads = Object.entries(TARGETS).map(([peer, target]) =>
    target === null ? peer : `${peer} (target ${target}x)`,
  );
  return aligned([["us per statement", "rows", "interleave", ...heads], ...rows]);
}

function compared(us: Figure["us"], peer: keyof typeof TARGETS): string {
  if (us[peer] === undefined) return "-";
  const ratio = us[peer] / us.interleave;
  const target = TARGETS[peer];
  const short = target !== null && ratio < target ? " short" : "";
  return `${us[peer].toFixed(1)} = ${ratio.toFixed(1)}x${short}`;
}

/** What the hundredfold table costs. */
function growth(figures: readonly Figure[]): string {
  const titles = [...new Set(figures.map(({ line }) => line.title))];
  const rows = titles.map((title) => {
    const [small, large] = figures.filter(({ line }) => line.title === title);
    const ratio = (large?.us.interleave ?? Number.NaN) / (small?.us.interleave ?? Number.NaN);
    return [title, `${ratio.toFixed(2)}x`];
  });
  return aligned([["100000 rows / 1000 rows", "target 1.5x"], ...rows]);
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => maxOf(rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("   ")
        .trimEnd(),
    )
    .join("\n");
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
