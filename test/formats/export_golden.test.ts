import { expect, it } from "vitest";
import { goldenScript } from "../../src/formats/export_golden.ts";
import { playedSteps } from "../../src/formats/played.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Scenario } from "../../src/trace/scenario.ts";
import { runSql } from "../fixtures/run_sql.ts";

it("a text with answers tells the record locks that came with each step, waited for and granted", () => {
  const setup = ["CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (1), (5)"];
  const steps = [
    "A: BEGIN",
    "A: SELECT * FROM t WHERE id = 3 FOR UPDATE",
    "B: INSERT INTO t VALUES (4)",
    "A: ROLLBACK",
  ];
  const { events } = runSql({ setup, steps });
  const scenario: Scenario = {
    id: "golden",
    setup,
    steps: steps.map((step) => ({ session: step[0] as SessionName, sql: step.slice(3) })),
  };
  expect(goldenScript(scenario, playedSteps(scenario, events)).split("\n\n").slice(-3)).toEqual([
    "A> SELECT * FROM t WHERE id = 3 FOR UPDATE\n---\nid\n0 rows\nlock A t.PRIMARY X,GAP @ 5",
    "B> INSERT INTO t VALUES (4)\n---\nwaits for A\nlock B t.PRIMARY X,GAP,INSERT_INTENTION WAITING @ 5",
    "A> ROLLBACK\n---\nok\nB goes on (step 3): ok, 1 affected\nlock B t.PRIMARY X,GAP,INSERT_INTENTION @ 5\n",
  ]);
});
