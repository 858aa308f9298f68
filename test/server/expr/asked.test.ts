/**
 * Expressions and stores that a real MySQL 9.7.4 was asked for: random ones that this simulation once got wrong. The
 * file's first line holds the tables; each other line a statement, and what the server answered: rows, the rows stored,
 * the error, the warnings. `SET timestamp = 1767225600` stood before them.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Simulation } from "../../../src/server/simulation.ts";
import type { SessionName } from "../../../src/trace/ids.ts";
import type { Outcome } from "../../../src/trace/state.ts";

interface Asked {
  readonly sql: string;
  readonly rows?: unknown;
  readonly stored?: unknown;
  readonly error?: readonly [errno: number, sqlState: string, message: string];
  readonly warnings?: unknown;
}

const FILE = new URL("asked.jsonl", import.meta.url);
const [head = "", ...lines] = readFileSync(FILE, "utf8").trimEnd().split("\n");
const { setup } = JSON.parse(head) as { readonly setup: readonly string[] };

test("the server's answers", () => {
  const simulation = new Simulation({ emit: () => {} });
  expect(simulation.setup(setup)).toBeNull();
  const run = (sql: string): Outcome => {
    const end = simulation.step({ session: "A" as SessionName, sql });
    if (end.kind !== "ended" || end.outcome === null) throw new Error(`${sql} ${end.kind}`);
    return end.outcome;
  };
  const rowsOf = (sql: string): unknown => {
    const outcome = run(sql);
    return outcome.kind === "rows" ? outcome.rows : outcome.kind;
  };
  const wrong: { readonly asked: Asked; readonly got: unknown }[] = [];
  for (const line of lines) {
    const asked = JSON.parse(line) as Asked;
    const outcome = run(asked.sql);
    const warnings = rowsOf("SHOW WARNINGS") as readonly unknown[];
    const got: Record<string, unknown> = { sql: asked.sql };
    if (outcome.kind === "error") got.error = [outcome.errno, outcome.sqlState, outcome.message];
    if (outcome.kind === "rows") got.rows = outcome.rows;
    const table = /^(?:INSERT (?:IGNORE )?INTO|UPDATE(?: IGNORE)?) ([sw]_\w+)/.exec(asked.sql)?.[1];
    if (table !== undefined) {
      got.stored = rowsOf(`SELECT c FROM ${table}`);
      run(table.startsWith("s") ? `DELETE FROM ${table}` : `UPDATE ${table} SET c = NULL`);
    }
    if (outcome.kind !== "error" && warnings.length > 0) got.warnings = warnings;
    if (JSON.stringify(sorted(got)) !== JSON.stringify(sorted(asked))) wrong.push({ asked, got });
  }
  expect(wrong).toEqual([]);
  expect(lines.length).toBeGreaterThan(500);
});

function sorted(answer: object): unknown {
  return Object.entries(answer).sort(([a], [b]) => (a < b ? -1 : 1));
}
