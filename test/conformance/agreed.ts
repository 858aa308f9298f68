/** agreed.json and the table in the README: what they say, and how they are written. */
import { readFileSync, writeFileSync } from "node:fs";

const AGREED = "test/conformance/agreed.json";
const README = "README.md";
const TABLE = /(<!-- conformance -->\n)[\s\S]*?(\n<!-- \/conformance -->)/;

export function readAgreed(): string[] {
  return JSON.parse(readFileSync(AGREED, "utf8")) as string[];
}

export function writeAgreed(ids: readonly string[]): void {
  const lines = ids.map((id) => `  ${JSON.stringify(id)}`).join(",\n");
  writeFileSync(AGREED, ids.length === 0 ? "[]\n" : `[\n${lines}\n]\n`);
}

/** The table between the README's markers. */
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
