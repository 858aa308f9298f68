/**
 * Where the simulator differs from the recorded MySQL, for developers:
 *
 *   npm run --silent conformance -- [TOPIC|ID|PREFIX* ...] [--show 5] [--group]
 *
 * Each scenario is shown up to the first step that differs: what follows is often a consequence.
 * With --group these first differences are counted by aspect and by the shape of the statement.
 */
import { parseArgs } from "node:util";
import type { Canonical, Difference } from "../conformance/compare.ts";
import { agrees, type Finding, survey, table, topicRows } from "../conformance/survey.ts";
import { type Recorded, readRecorded } from "../conformance/transcript.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    show: { type: "string", default: "5" },
    group: { type: "boolean", default: false },
  },
});
const chosen = readRecorded().filter((one) => isChosen(one, positionals));
if (chosen.length === 0) {
  console.error(`Nothing recorded is called ${positionals.join(" or ")}.`);
  process.exit(2);
}
const findings = survey(chosen);
const wrong = findings.filter((finding) => !agrees(finding));
if (values.group) console.log(groups(wrong));
else for (const finding of wrong.slice(0, Number(values.show))) console.log(describe(finding));
console.log(table(topicRows(findings)));

function isChosen({ topic, transcript }: Recorded, names: readonly string[]): boolean {
  return (
    names.length === 0 ||
    names.some((name) =>
      name.endsWith("*")
        ? transcript.id.startsWith(name.slice(0, -1))
        : name === topic || name === transcript.id || topic.startsWith(`${name}/`),
    )
  );
}

function describe(finding: Finding): string {
  const head = `${finding.topic}/${finding.id}`;
  if (finding.crash !== undefined) return `${head}: crash\n${indent(finding.crash)}\n`;
  const first = firstDifferences(finding);
  const step = first[0]?.step ?? 0;
  const story = finding.transcript.steps.slice(0, step + 1).map((_, at) => {
    return `  ${at === step ? ">" : " "} ${at} ${statementAt(finding, at)}`;
  });
  return [head, ...story, ...first.map(describeDifference), ""].join("\n");
}

/** Those of the first step that differs at all. */
function firstDifferences(finding: Finding): Difference[] {
  return finding.differences.filter(({ step }) => step === finding.differences[0]?.step);
}

function describeDifference({ aspect, want, got }: Difference): string {
  if (!isLines(want) || !isLines(got)) {
    return `    ${aspect}\n      want ${JSON.stringify(want)}\n      got  ${JSON.stringify(got)}`;
  }
  const missing = want.filter((line) => !got.includes(line)).map((line) => `      want ${line}`);
  const extra = got.filter((line) => !want.includes(line)).map((line) => `      got  ${line}`);
  const same = want.length - missing.length;
  return [`    ${aspect} (${same} lines agree)`, ...missing, ...extra].join("\n");
}

function groups(wrong: readonly Finding[]): string {
  const byShape = new Map<string, string[]>();
  for (const finding of wrong) {
    const first = firstDifferences(finding);
    const kinds = finding.crash ? "crash" : first.map(({ aspect }) => aspect).join("+");
    const gist = finding.crash?.split("\n")[0] ?? shape(statementAt(finding, first[0]?.step ?? 0));
    const key = `${kinds.padEnd(24)} ${gist}`;
    byShape.set(key, [...(byShape.get(key) ?? []), finding.id]);
  }
  return [...byShape]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(
      ([key, ids]) => `${String(ids.length).padStart(4)} ${key}  (${ids.slice(0, 3).join(", ")})`,
    )
    .join("\n");
}

/** The statement without its session and with its literals replaced, so that kinds add up. */
function shape(statement: string): string {
  return statement
    .replace(/^\w+: /, "")
    .replace(/'[^']*'|\b\d+(\.\d+)?\b/g, "?")
    .replace(/\(\?(?:, ?\?)*\)(?:, ?\(\?(?:, ?\?)*\))*/g, "(?)")
    .replace(/\s+/g, " ");
}

function statementAt(finding: Finding, at: number): string {
  const step = finding.transcript.steps[at];
  if (step === undefined) return "(no such step)";
  return step.advance === undefined ? `${step.session}: ${step.sql}` : `(${step.advance} s pass)`;
}

function isLines(value: Canonical | undefined): value is readonly string[] {
  return Array.isArray(value);
}

function indent(text: string): string {
  return text
    .split("\n")
    .slice(0, 8)
    .map((line) => `    ${line}`)
    .join("\n");
}
