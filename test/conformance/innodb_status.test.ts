import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { replayScenario } from "../../src/cli/replay_scenario.ts";
import { deadlockSection } from "./innodb_status.ts";
import { readRecorded, type TranscriptStep } from "./transcript.ts";

/**
 * Not compared. Deadlocks of metadata locks are not InnoDB's: the server still printed one of an earlier scenario. In the
 * other two sessions wake at once, and which of them asks first is the operating system's choice.
 */
const OTHERS = [
  "deadlock-duplicate-rollback",
  "mdl-deadlock",
  "mdl-upgrade-alter",
  "mdl-upgrade-deadlock",
];

const FOLDER = "test/conformance/transcripts/status";
const samples = readdirSync(FOLDER)
  .map((name) => name.replace(/\.txt$/, ""))
  .filter((id) => !OTHERS.includes(id));
const recorded = new Map(
  readRecorded().map(({ transcript }) => [transcript.id, transcript] as const),
);

describe("SHOW ENGINE INNODB STATUS after a deadlock", () => {
  it("has samples", () => {
    expect(samples.length).toBe(29);
  });

  it.each(samples)("%s prints as the server's", (id) => {
    const transcript = recorded.get(id) as unknown as { readonly setup: readonly string[] };
    const steps = (recorded.get(id)?.steps ?? []).map(
      ({ session, sql, advance }: TranscriptStep) =>
        advance === undefined ? { session, sql } : { advance },
    );
    const after = { session: "Z", sql: "SHOW ENGINE INNODB STATUS" };
    const { setup } = transcript;
    const got = replayScenario({ id, setup, steps: [...steps, after] }) as {
      readonly steps: readonly TranscriptStep[];
    };
    const ours = got.steps.at(-1)?.rows?.[0]?.[2] ?? "";
    const real = readFileSync(`${FOLDER}/${id}.txt`, "utf8");
    expect(deadlockSection(ours)).toBe(deadlockSection(real));
  });
});
