import { describe, expect, it } from "vitest";
import { markdownText } from "../../src/formats/export_markdown.ts";
import { importText } from "../../src/formats/import_text.ts";
import { playedSteps } from "../../src/formats/played.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Scenario } from "../../src/trace/scenario.ts";
import { exportWords } from "../../src/views/files/export_words.ts";
import { runSql } from "../fixtures/run_sql.ts";

const SETUP = [
  "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))",
  "INSERT INTO t VALUES (1, 'a|b'), (2, '*two*')",
];
const STEPS = [
  "A: BEGIN",
  "A: SELECT *\n  FROM t FOR UPDATE",
  "B: UPDATE t SET name = 'x' WHERE id = 1",
  "A: COMMIT",
  "B: SELECT name FROM nowhere_at_all WHERE name = 'a|b'",
];

function markdown(language: "en" | "zh"): { text: string; scenario: Scenario } {
  const steps = STEPS.map((step) => ({ session: step[0] as SessionName, sql: step.slice(3) }));
  const scenario: Scenario = { id: "mine", title: "Who | waits", setup: SETUP, steps };
  const { events } = runSql({ setup: SETUP, steps: STEPS.slice(0, 4) });
  const played = playedSteps({ ...scenario, steps: steps.slice(0, 4) }, events);
  const failed = {
    kind: "error" as const,
    errno: 1146,
    sqlState: "42S02",
    message: "Table 'sim.nowhere_at_all' doesn't exist",
  };
  const last = steps[4];
  if (last === undefined) throw new Error("no step");
  const empty = { blockers: [], woken: [], locks: [] };
  const all = [...played, { step: last, kind: "ended" as const, outcome: failed, ...empty }];
  return {
    text: markdownText(scenario, all, "https://a.host/#s=1", exportWords(language)),
    scenario,
  };
}

describe("Markdown for a post", () => {
  it("has each step, who ran it and what happened, in either language", () => {
    expect(markdown("en").text).toBe(`# Who \\| waits

[Open in Interleave](https://a.host/#s=1)

Tables:

\`\`\`sql
CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20));
INSERT INTO t VALUES (1, 'a|b'), (2, '*two*');
\`\`\`

Step by step:

| step | A | B | what happened |
| ---: | --- | --- | --- |
| 1 | \`BEGIN\` |  | OK |
| 2 | \`SELECT * FROM t FOR UPDATE\` |  | 2 rows: (1, a\\|b), (2, \\*two\\*); new locks: A X t.PRIMARY 1, A X t.PRIMARY 2, A X t.PRIMARY supremum pseudo-record |
| 3 |  | \`UPDATE t SET name = 'x' WHERE id = 1\` | **waits for A**; waits for the lock B X,REC\\_NOT\\_GAP t.PRIMARY 1 |
| 4 | \`COMMIT\` |  | OK; B goes on (step 3): OK, 1 row affected; new locks: B X,REC\\_NOT\\_GAP t.PRIMARY 1 |
| 5 |  | \`SELECT name FROM nowhere_at_all WHERE name = 'a\\|b'\` | **ERROR 1146 (42S02)**: Table 'sim.nowhere\\_at\\_all' doesn't exist |
`);
    const zh = markdown("zh").text;
    expect(zh).toContain("| 步骤 | A | B | 结果 |");
    expect(zh).toContain("**等待 A**；等待的锁：B X,REC\\_NOT\\_GAP t.PRIMARY 1");
  });

  it("reads back as the same statements", () => {
    const { text, scenario } = markdown("en");
    const read = importText(text, "post", null, "");
    if (read.kind !== "imported") throw new Error(read.kind);
    const [back] = read.scenarios;
    expect(read.scenarios).toHaveLength(1);
    expect(back?.scenario.setup).toEqual(scenario.setup);
    expect(back?.scenario.steps).toEqual(
      scenario.steps.map((step) =>
        "sql" in step ? { ...step, sql: step.sql.replace(/\s+/g, " ") } : step,
      ),
    );
  });
});
