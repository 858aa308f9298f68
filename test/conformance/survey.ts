/**
 * Replays recorded scenarios and sums up how far the simulator agrees: the base of the test, of the
 * report on the terminal, and of the table in the README.
 */
import { replayScenario } from "../../src/cli/replay_scenario.ts";
import { ASPECTS, type Aspect, type FidelityRow } from "../../src/views/fidelity/fidelity.ts";
import { type Difference, differences } from "./compare.ts";
import { compareText, type Recorded, type Transcript } from "./transcript.ts";

export type Finding = Recorded & {
  readonly id: string;
  readonly differences: readonly Difference[];
  /** The stack of what the simulator threw; such a scenario agrees in nothing. */
  readonly crash: string | undefined;
};

export function survey(recorded: readonly Recorded[]): Finding[] {
  return recorded.map(({ topic, transcript }) => {
    const finding = { topic, transcript, id: transcript.id };
    try {
      // Checked here, not trusted: what comes back is compared field by field.
      const got = replayScenario(scenarioOf(transcript)) as Transcript & { crash?: string };
      if (got.crash !== undefined) return { ...finding, differences: [], crash: got.crash };
      return { ...finding, differences: differences(transcript, got), crash: undefined };
    } catch (error) {
      const crash = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { ...finding, differences: [], crash };
    }
  });
}

export function agrees(finding: Finding, aspect?: Aspect): boolean {
  if (finding.crash !== undefined) return false;
  return !finding.differences.some((one) => aspect === undefined || one.aspect === aspect);
}

/** The ids that agree completely, in the order of agreed.json. */
export function agreedIds(findings: readonly Finding[]): string[] {
  return findings
    .filter((finding) => agrees(finding))
    .map(({ id }) => id)
    .sort(compareText);
}

/** One row a topic, and "all" as the last. */
export function topicRows(findings: readonly Finding[]): FidelityRow[] {
  const topics = [...new Set(findings.map(({ topic }) => topic))];
  return [
    ...topics.map((topic) =>
      row(
        topic,
        findings.filter((finding) => finding.topic === topic),
      ),
    ),
    row("all", findings),
  ];
}

/** Markdown, with its columns aligned so that it reads well on a terminal too. */
export function table(rows: readonly FidelityRow[]): string {
  const cells = [
    ["topic", "scenarios", "steps", "agree", ...ASPECTS],
    ...rows.map(({ topic, scenarios, statements, agree, byAspect }) =>
      [topic, scenarios, statements, agree, ...ASPECTS.map((aspect) => byAspect[aspect])].map(
        String,
      ),
    ),
  ];
  const widths = (cells[0] ?? []).map((_, at) =>
    Math.max(...cells.map((line) => line[at]?.length ?? 0)),
  );
  const lines = cells.map((line) => {
    const padded = line.map((cell, at) =>
      at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
    );
    return `| ${padded.join(" | ")} |`;
  });
  const rule = widths.map((width, at) =>
    at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [lines[0], `| ${rule.join(" | ")} |`, ...lines.slice(1)].join("\n");
}

function row(topic: string, findings: readonly Finding[]): FidelityRow {
  const count = (aspect?: Aspect) => findings.filter((finding) => agrees(finding, aspect)).length;
  return {
    topic,
    scenarios: findings.length,
    statements: findings.reduce((sum, { transcript }) => sum + transcript.steps.length, 0),
    agree: count(),
    byAspect: {
      results: count("results"),
      waits: count("waits"),
      locks: count("locks"),
      mdl: count("mdl"),
    },
  };
}

/** Only what a scenario says: the simulator must not see what the server answered. */
function scenarioOf(transcript: Transcript): unknown {
  const { id, setup, tags, steps } = transcript as Transcript & { setup: unknown; tags: unknown };
  return {
    id,
    setup,
    tags,
    steps: steps.map(({ session, sql, advance }) =>
      advance === undefined ? { session, sql } : { advance },
    ),
  };
}
