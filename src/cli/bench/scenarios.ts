/** How long 1,000 scenarios of the recorded random ones take to replay, with the trace folded by nobody. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { replayScenario } from "../replay_scenario.ts";

const FOLDER = "test/conformance/transcripts/fuzz";
export const SCENARIOS = 1_000;

/** Seconds. */
export function measureScenarios(): number {
  const recorded = readdirSync(resolve(FOLDER))
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .flatMap((name) =>
      readFileSync(join(resolve(FOLDER), name), "utf8")
        .trim()
        .split("\n"),
    )
    .map((line): unknown => JSON.parse(line));
  const fromMs = performance.now();
  for (let at = 0; at < SCENARIOS; at += 1) replayScenario(recorded[at % recorded.length]);
  return (performance.now() - fromMs) / 1000;
}
