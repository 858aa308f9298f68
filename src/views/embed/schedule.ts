/** The schedule of a scenario as an embed shows it: each step with what became of it up to the cursor. */
import { intMapToArray } from "../../base/int_map.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { Scenario, Step } from "../../trace/scenario.ts";
import type { Outcome, State, StatementState } from "../../trace/state.ts";
import type { Timeline } from "../../trace/timeline.ts";
import { mysqlOutput } from "../session/mysql_output.ts";

export interface Row {
  /** From 1. */
  readonly step: number;
  readonly session: SessionName | null;
  readonly of: Step;
  /** Events before it and behind it; the same when it left no event. */
  readonly from: number;
  readonly to: number;
  /** Null before it begins. */
  readonly statement: StatementState | null;
}

export function scheduleRows(scenario: Scenario, timeline: Timeline, state: State): readonly Row[] {
  const statements = intMapToArray(state.statements);
  return scenario.steps.map((step, at) => {
    const found = timeline.commandStarts.findIndex((start) => start.command === at);
    const from = timeline.commandStarts[found]?.position ?? timeline.length;
    const to = found < 0 ? from : (timeline.commandStarts[found + 1]?.position ?? timeline.length);
    const session = "session" in step ? step.session : null;
    const statement = statements.find(
      (one) => one.session === session && one.startedAt >= from && one.startedAt < to,
    );
    return {
      step: at + 1,
      session,
      of: step,
      from,
      to,
      statement: statement ?? null,
    };
  });
}

/** What the client printed, without times: the rows, and the line about them, which is in sight however many they are. */
export function printedLines(outcome: Outcome): { readonly rows: string; readonly line: string } {
  const text = mysqlOutput(outcome, 0).replace(/ \([\d.]+ sec\)$/gm, "");
  if (outcome.kind === "ok") return { rows: "", line: text.split("\n")[0] ?? "" };
  const [, rows = "", line = ""] = /^(?:([\s\S]*?)\n+)??(ERROR [\s\S]*|.*)$/.exec(text) ?? [];
  return { rows, line };
}
