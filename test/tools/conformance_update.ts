/** Rewrites agreed.json, the fidelity page's numbers and the README's table from a replay of everything recorded. */
import { fidelityOf, planSurvey, readmePart } from "../conformance/fidelity.ts";
import { readAgreed, writeAgreed, writeFidelity, writeTable } from "../conformance/kept.ts";
import { agreedIds, survey, table, topicRows } from "../conformance/survey.ts";
import { readRecorded } from "../conformance/transcript.ts";

const recorded = readRecorded();
const findings = survey(recorded);
const now = agreedIds(findings);
const before = readAgreed();
const lost = before.filter((id) => !now.includes(id));

console.log(table(topicRows(findings)));
if (lost.length > 0) console.log(`\nNo longer agree:\n  ${lost.join("\n  ")}`);
if (lost.length > 0 && !process.argv.includes("--lose")) {
  console.log("\nNothing was written. With `-- --lose` the list gives them up.");
  process.exitCode = 1;
} else {
  const today = new Date().toISOString().slice(0, "yyyy-mm-dd".length);
  const fidelity = fidelityOf(findings, planSurvey(recorded), today);
  writeAgreed(now);
  writeFidelity(fidelity);
  writeTable(readmePart(fidelity));
  console.log(
    `\n${now.length} scenarios agree, ${now.length - before.length + lost.length} of them new.`,
  );
}
