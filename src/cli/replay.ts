/**
 * The headless door: `npm run --silent replay -- [--check-fold] FILE...` plays the scenarios of each file (.json: one or a
 * list of them; .jsonl: one a line) and writes one transcript a line to standard output. A scenario that makes the simulator
 * fail gets a line with `crash`, and the others go on; so they do when a file cannot be read, which is said, with exit 1.
 */
import { readFileSync } from "node:fs";
import { replayScenario } from "./replay_scenario.ts";

main(process.argv.slice(2));

function main(args: readonly string[]): void {
  const checkFold = args.includes("--check-fold");
  const files = args.filter((arg) => !arg.startsWith("--"));
  if (files.length === 0) {
    process.stderr.write("usage: npm run --silent replay -- [--check-fold] FILE...\n");
    process.exitCode = 2;
    return;
  }
  let crashes = 0;
  for (const file of files) {
    const lines: string[] = [];
    const scenarios = scenariosOf(file);
    if (scenarios === null) crashes += 1;
    for (const scenario of scenarios ?? []) {
      const transcript = playOne(scenario, checkFold);
      if ("crash" in transcript) crashes += 1;
      lines.push(JSON.stringify(transcript));
    }
    if (lines.length > 0) process.stdout.write(`${lines.join("\n")}\n`);
  }
  if (crashes > 0) process.exitCode = 1;
}

function playOne(scenario: unknown, checkFold: boolean): object {
  try {
    return replayScenario(scenario, { checkFold });
  } catch (error) {
    const { id = "?" } = (scenario ?? {}) as { id?: string };
    return {
      id,
      crash: error instanceof Error ? (error.stack ?? error.message) : String(error),
      steps: [],
    };
  }
}

/** Null, and a word about it, where the file is not there or not JSON. */
function scenariosOf(file: string): readonly unknown[] | null {
  try {
    return scenariosIn(file);
  } catch (error) {
    const why = error instanceof SyntaxError ? "holds no scenarios in JSON" : "cannot be read";
    const what = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${file} ${why}: ${what.split("\n")[0]}\n`);
    return null;
  }
}

function scenariosIn(file: string): readonly unknown[] {
  const text = readFileSync(file, "utf8");
  if (file.endsWith(".jsonl")) {
    return text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => JSON.parse(line));
  }
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed : [parsed];
}
