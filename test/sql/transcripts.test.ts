/** Every statement of the recorded transcripts parses, or fails as it failed on the recorded server. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseStatement } from "../../src/sql/parser.ts";

const ROOT = join(import.meta.dirname, "../conformance/transcripts");

interface Step {
  readonly sql?: string;
  readonly errno?: number;
  readonly message?: string;
}

interface Transcript {
  readonly setup?: readonly string[];
  readonly steps?: readonly Step[];
}

const steps = filesIn(ROOT)
  .flatMap(transcriptsIn)
  .flatMap(({ setup = [], steps = [] }) => [...setup.map((sql): Step => ({ sql })), ...steps]);

it("every recorded statement parses, except those that MySQL rejects, with its words", () => {
  const statements = steps.filter(({ sql }) => sql !== undefined && !sql.startsWith("@"));
  expect(statements.length).toBeGreaterThan(15_000);
  expect(statements.filter(({ errno }) => errno === 1064).length).toBeGreaterThan(0);
  const wrong = statements.filter(({ sql = "", errno, message }) => {
    const result = parseStatement(sql.replace(/\$\{\w+\}/g, "17"));
    // PREPARE reads what it prepares when it is carried out.
    if (errno === 1064 && /^PREPARE/i.test(sql)) return !result.ok;
    if (errno === 1064) return result.ok || result.error.message !== message;
    return !result.ok && (result.error.errno !== errno || result.error.message !== message);
  });
  expect(wrong).toEqual([]);
});

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.jsonl?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function transcriptsIn(file: string): readonly Transcript[] {
  const text = readFileSync(file, "utf8");
  const lines = file.endsWith(".jsonl") ? text.trim().split("\n") : [text];
  return lines.map((line) => JSON.parse(line) as Transcript);
}
