/** The schedule of a scenario as an embed shows it: each step with what became of it up to the cursor. */
import { intMapToArray } from "../../base/int_map.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { Scenario, Step } from "../../trace/scenario.ts";
import type { State, StatementState } from "../../trace/state.ts";
import type { Timeline } from "../../trace/timeline.ts";

export interface Row {
  /** From 1. */
  readonly step: number;
  readonly session: SessionName | null;
  /** Of a statement; null for other steps. */
  readonly sql: string | null;
  /** Virtual time that passes. */
  readonly seconds: number | null;
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
      sql: textOf(step),
      seconds: "advance" in step ? step.advance : null,
      from,
      to,
      statement: statement ?? null,
    };
  });
}

function textOf(step: Step): string | null {
  if ("sql" in step) return step.sql;
  return "call" in step ? `${step.call}()` : null;
}
