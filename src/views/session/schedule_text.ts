/** What was run, in the order of the schedule, each statement with what its client printed in the end. */
import type { Scenario, Step } from "../../trace/scenario.ts";
import type { StatementState } from "../../trace/state.ts";
import type { Timeline } from "../../trace/timeline.ts";
import { scheduleRows } from "../schedule/schedule_rows.ts";
import { mysqlOutput } from "./mysql_output.ts";
import { ending } from "./statement_output.ts";

export function scheduleText(scenario: Scenario, timeline: Timeline): string {
  return scheduleRows(timeline, scenario.steps)
    .map(({ session, step, statement, skipped, refused }) => {
      const said = `${session ?? ""}> ${saidBy(step)}`;
      if (refused !== null) {
        return `${said}\nERROR ${refused.errno} (HY000): ${refused.message}`;
      }
      if (skipped !== null) return `${said}\n-- not run`;
      return statement === null ? said : `${said}\n${printed(statement)}`;
    })
    .join("\n\n");
}

function printed({ outcome, startedMs, endedMs }: StatementState): string {
  return outcome === null ? "-- waits" : mysqlOutput(outcome, (endedMs ?? startedMs) - startedMs);
}

function saidBy(step: Step): string {
  if ("advance" in step) return `${step.advance} s pass`;
  if ("sql" in step) return `${step.sql}${ending(step.sql, step.vertical === true ? "\\G" : ";")}`;
  return "call" in step ? `${step.call}()` : `client ${JSON.stringify(step.client)}`;
}
