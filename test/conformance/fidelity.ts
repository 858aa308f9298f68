/** Sums a replay of everything recorded up for the public fidelity page and the README. */
import type { Fidelity, FidelityDifference } from "../../src/views/fidelity/fidelity.ts";
import type { AccessScenario, Compared } from "./access.ts";
import { accessDifferences } from "./access.ts";
import { agrees, type Finding, table, topicRows } from "./survey.ts";
import { compareText, type Recorded, type Transcript } from "./transcript.ts";

export interface PlanSurvey {
  /** What EXPLAIN prints. */
  readonly explained: Compared;
  /** The plan that the trace shows of the statement itself. */
  readonly traced: Compared;
}

/** EXPLAIN's access paths of all that was recorded, beside the simulator's. */
export function planSurvey(recorded: readonly Recorded[]): PlanSurvey {
  const results = recorded.map(({ transcript }) =>
    accessDifferences(transcript as unknown as AccessScenario),
  );
  const sum = (parts: readonly Compared[]): Compared => ({
    compared: parts.reduce((total, { compared }) => total + compared, 0),
    differences: parts.flatMap(({ differences }) => differences),
  });
  return {
    explained: sum(results.map(({ explained }) => explained)),
    traced: sum(results.map(({ traced }) => traced)),
  };
}

export function fidelityOf(
  findings: readonly Finding[],
  { explained: plans }: PlanSurvey,
  date: string,
): Fidelity {
  const rows = topicRows(findings);
  const all = rows.at(-1);
  if (all === undefined) throw new Error("no rows");
  return {
    servers: [...new Set(findings.map(({ transcript }) => transcript.server))].sort(compareText),
    date,
    topics: rows.slice(0, -1),
    all,
    lockRows: findings.reduce((sum, { transcript }) => sum + lockRowsOf(transcript), 0),
    plans: { compared: plans.compared, equal: plans.compared - plans.differences.length },
    differing: findings.filter((finding) => !agrees(finding)).map(differenceOf),
  };
}

/** The README's part: the table and the plans. */
export function readmePart(fidelity: Fidelity): string {
  const { plans, servers, date } = fidelity;
  return [
    table([...fidelity.topics, fidelity.all]),
    "",
    `${plans.equal} of ${plans.compared} recorded EXPLAINs show the simulator's plan. MySQL ${servers.join(", ")}; last run ${date}.`,
  ].join("\n");
}

/** A step that was not looked at has the rows of the one before. */
function lockRowsOf({ steps }: Transcript): number {
  let [locks, mdl, sum] = [0, 0, 0];
  for (const step of steps) {
    if (step.outcome === "skipped") continue;
    locks = step.locks?.length ?? locks;
    mdl = step.mdl?.length ?? mdl;
    sum += locks + mdl;
  }
  return sum;
}

function differenceOf({ id, topic, transcript, differences, crash }: Finding): FidelityDifference {
  const step = differences[0]?.step ?? 0;
  const first = differences.filter((one) => one.step === step);
  const { session, sql, advance } = transcript.steps[step] ?? {};
  return {
    id,
    topic,
    step: step + 1,
    statement: advance === undefined ? `${session}: ${sql}` : `${advance} s`,
    aspects: crash === undefined ? first.map(({ aspect }) => aspect) : ["crash"],
  };
}
