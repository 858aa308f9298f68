/** What the last run left behind: agreed.json, the numbers of the fidelity page, and the table in the README. */
import { readFileSync, writeFileSync } from "node:fs";
import type { Fidelity } from "../../src/views/fidelity/fidelity.ts";

const AGREED = "test/conformance/agreed.json";
const FIDELITY = "src/views/fidelity/fidelity.json";
const README = "README.md";
const TABLE = /(<!-- conformance -->\n)[\s\S]*?(\n<!-- \/conformance -->)/;

export function readAgreed(): string[] {
  return JSON.parse(readFileSync(AGREED, "utf8")) as string[];
}

export function writeAgreed(ids: readonly string[]): void {
  const lines = ids.map((id) => `  ${JSON.stringify(id)}`).join(",\n");
  writeFileSync(AGREED, ids.length === 0 ? "[]\n" : `[\n${lines}\n]\n`);
}

export function readFidelity(): Fidelity {
  return JSON.parse(readFileSync(FIDELITY, "utf8")) as Fidelity;
}

export function writeFidelity(fidelity: Fidelity): void {
  writeFileSync(FIDELITY, `${JSON.stringify(fidelity, null, 2)}\n`);
}

/** What stands between the README's markers. */
export function readTable(): string {
  return withTable(readFileSync(README, "utf8"), (old) => old).table;
}

export function writeTable(table: string): void {
  writeFileSync(README, withTable(readFileSync(README, "utf8"), () => table).text);
}

function withTable(text: string, change: (old: string) => string) {
  let table: string | undefined;
  const changed = text.replace(TABLE, (whole, before: string, after: string) => {
    table = whole.slice(before.length, whole.length - after.length);
    return before + change(table) + after;
  });
  if (table === undefined) throw new Error(`${README} has lost its conformance markers`);
  return { table, text: changed };
}
