/** What was run, to be taken elsewhere: with its results as in terminals, as SQL with the sessions named, as a golden script. */
import { unreachable } from "../../base/assert.ts";
import type { Scenario, Step } from "../../trace/scenario.ts";
import type { StatementState } from "../../trace/state.ts";
import type { Timeline } from "../../trace/timeline.ts";
import { scheduleRows } from "../schedule/schedule_rows.ts";
import { mysqlOutput } from "./mysql_output.ts";

export type CopyForm = "text" | "sql" | "golden";

export function copied(form: CopyForm, scenario: Scenario, timeline: Timeline): string {
  switch (form) {
    case "text":
      return asText(scenario, timeline);
    case "sql":
      return asSql(scenario);
    case "golden":
      return asGolden(scenario);
    default:
      return unreachable(form);
  }
}

/** The order of the schedule, each statement with what its client printed in the end. */
function asText(scenario: Scenario, timeline: Timeline): string {
  return scheduleRows(timeline, scenario.steps)
    .map(({ session, step, statement, skipped }) => {
      const said = `${session ?? ""}> ${saidBy(step)}`;
      if (skipped !== null) return `${said}\n-- not run`;
      return statement === null ? said : `${said}\n${printed(statement)}`;
    })
    .join("\n\n");
}

function printed({ outcome, startedMs, endedMs }: StatementState): string {
  return outcome === null ? "-- waits" : mysqlOutput(outcome, (endedMs ?? startedMs) - startedMs);
}

function asSql({ setup, steps }: Scenario): string {
  const lines = steps.map((step) =>
    "sql" in step ? `${step.sql}; -- ${step.session}` : `-- ${saidBy(step)}`,
  );
  return [...setup.map((sql) => `${sql};`), "", ...lines, ""].join("\n");
}

/** As the files of test/golden begin. */
function asGolden({ setup, steps }: Scenario): string {
  return [
    ...setup.map((sql) => `setup: ${oneLine(sql)}`),
    ...steps.map((step) =>
      "advance" in step
        ? `advance ${step.advance}`
        : "sql" in step
          ? `${step.session}: ${oneLine(step.sql)}`
          : "call" in step
            ? `${step.session} call ${step.call}${step.size === undefined ? "" : ` ${step.size}`}`
            : `${step.session} client ${JSON.stringify(step.client)}`,
    ),
    "---",
    "",
  ].join("\n");
}

function saidBy(step: Step): string {
  if ("advance" in step) return `${step.advance} s pass`;
  if ("sql" in step) return `${step.sql};`;
  return "call" in step ? `${step.call}()` : `client ${JSON.stringify(step.client)}`;
}

function oneLine(sql: string): string {
  return sql.replace(/\s*\n\s*/g, " ");
}
