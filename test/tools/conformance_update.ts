/** Rewrites agreed.json and the README's table from a replay of everything recorded. */
import { readAgreed, writeAgreed, writeTable } from "../conformance/agreed.ts";
import { agreedIds, survey, table, topicRows } from "../conformance/survey.ts";
import { readRecorded } from "../conformance/transcript.ts";

const findings = survey(readRecorded());
const now = agreedIds(findings);
const before = readAgreed();
const lost = before.filter((id) => !now.includes(id));

console.log(table(topicRows(findings)));
if (lost.length > 0) console.log(`\nNo longer agree:\n  ${lost.join("\n  ")}`);
if (lost.length > 0 && !process.argv.includes("--lose")) {
  console.log("\nNothing was written. With `-- --lose` the list gives them up.");
  process.exitCode = 1;
} else {
  writeAgreed(now);
  writeTable(table(topicRows(findings)));
  console.log(
    `\n${now.length} scenarios agree, ${now.length - before.length + lost.length} of them new.`,
  );
}
