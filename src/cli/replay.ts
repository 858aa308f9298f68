/**
 * The headless door: `npm run --silent replay -- [--check-fold] FILE...` plays the scenarios of each file (.json: one or a
 * list of them; .jsonl: one a line) and writes one transcript a line to standard output. A scenario that makes the simulator
 * fail gets a line with `crash`, and the others go on.
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
    for (const scenario of scenariosIn(file)) {
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
