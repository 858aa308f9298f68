/** Every statement of the recorded transcripts parses, or fails as it failed on the recorded server. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { ParseOptions } from "../../src/sql/cursor.ts";
import { parseStatement } from "../../src/sql/parser.ts";

const ROOT = join(import.meta.dirname, "../conformance/transcripts");

interface Step {
  readonly session?: string;
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
  .flatMap(({ setup = [], steps = [] }) =>
    readSteps([...setup.map((sql): Step => ({ sql })), ...steps]),
  );

it("every recorded statement parses, except those that MySQL rejects, with its words", () => {
  const statements = steps.filter(({ sql }) => sql !== undefined && !sql.startsWith("@"));
  expect(statements.length).toBeGreaterThan(15_000);
  expect(statements.filter(({ errno }) => errno === 1064).length).toBeGreaterThan(0);
  expect(statements.some(({ options }) => options.ansiQuotes)).toBe(true);
  const wrong = statements.filter(({ sql = "", errno, message, options }) => {
    const result = parseStatement(sql.replace(/\$\{\w+\}/g, "17"), options);
    // PREPARE reads what it prepares when it is carried out.
    if (errno === 1064 && /^PREPARE/i.test(sql) && result.ok) return false;
    if (errno === 1064) return result.ok || result.error.message !== message;
    return !result.ok && (result.error.errno !== errno || result.error.message !== message);
  });
  expect(wrong).toEqual([]);
});

/** Each with how its session's sql_mode has it read. */
function readSteps(list: readonly Step[]): readonly (Step & { readonly options: ParseOptions })[] {
  const modes = new Map<string | undefined, ParseOptions>();
  return list.map((step) => {
    const options = modes.get(step.session) ?? {};
    const mode = /^SET (?:SESSION )?sql_mode\s*=\s*'([\w,]*)'/i.exec(step.sql ?? "")?.[1];
    if (mode !== undefined && step.errno === undefined) modes.set(step.session, readUnder(mode));
    return { ...step, options };
  });
}

function readUnder(mode: string): ParseOptions {
  const isAnsi = /\bANSI\b/i.test(mode);
  return {
    ansiQuotes: isAnsi || /ANSI_QUOTES/i.test(mode),
    pipesAsConcat: isAnsi || /PIPES_AS_CONCAT/i.test(mode),
    plainBackslash: /NO_BACKSLASH_ESCAPES/i.test(mode),
    highNot: /HIGH_NOT_PRECEDENCE/i.test(mode),
  };
}

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
