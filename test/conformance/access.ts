/**
 * EXPLAIN's access path of each recorded statement beside the plan that the simulator chose for it.
 *
 * The recorder asked EXPLAIN just before the statement, on another connection and without the locking clause.
 */
import { Simulation } from "../../src/server/simulation.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { Scenario, Step } from "../../src/trace/scenario.ts";
import type { PlanState } from "../../src/trace/state.ts";

/** The columns of EXPLAIN that the transcripts keep. */
export interface Access {
  readonly table: string | null;
  readonly type: string | null;
  readonly key: string | null;
  readonly key_len: string | null;
  readonly extra: string | null;
}

export interface AccessDifference {
  readonly id: string;
  readonly step: number;
  readonly sql: string;
  readonly want: string;
  readonly got: string;
}

export type AccessScenario = Omit<Scenario, "steps"> & {
  readonly steps: readonly (Step & {
    readonly outcome?: string;
    readonly access?: readonly Access[];
  })[];
};

/** Statements of one scenario whose plan differs, and how many were looked at. */
export function accessDifferences(scenario: AccessScenario): {
  readonly compared: number;
  readonly differences: readonly AccessDifference[];
} {
  let plans: PlanState[] = [];
  const emit = (event: TraceEvent): void => {
    if (event.type === "plan.chosen") plans.push(event.plan);
  };
  const simulation = new Simulation({ emit });
  simulation.setup(scenario.setup);
  const differences: AccessDifference[] = [];
  let compared = 0;
  for (const [index, step] of scenario.steps.entries()) {
    plans = [];
    simulation.step(step);
    const { access, outcome } = step;
    if (access === undefined || outcome === "skipped" || !("sql" in step)) continue;
    if (!/^\s*(select|update|delete)\b/i.test(step.sql) || plans.length === 0) continue;
    compared += 1;
    const want = text(access.map((one) => ({ ...one, extra: one.extra ?? "" })));
    const got = text(plans.slice(0, access.length).map(accessOf));
    // EXPLAIN has already read a constant table where the plan only says that it will.
    const isEmptyConstant = NO_ROW.test(want) && /(^|; )\S+ \| const|Impossible/.test(got);
    if (want !== got && !isEmptyConstant)
      differences.push({ id: scenario.id, step: index, sql: step.sql, want, got });
  }
  return { compared, differences };
}

const NO_ROW = /(no matching row in|Impossible WHERE noticed after reading) const tables?$/;

function accessOf(plan: PlanState): Access {
  const { extra } = plan;
  if (plan.access === "none") return { table: null, type: null, key: null, key_len: null, extra };
  const keyLength = plan.keyLen === null ? null : String(plan.keyLen);
  return { table: plan.table, type: plan.access, key: plan.key, key_len: keyLength, extra };
}

function text(access: readonly Access[]): string {
  return access
    .map(({ table, type, key, key_len, extra }) => [table, type, key, key_len, extra].join(" | "))
    .join(" ; ");
}
