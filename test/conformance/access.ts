/**
 * EXPLAIN's rows of each recorded statement beside the simulator's: what its EXPLAIN prints, and the plan that the trace
 * shows when the statement runs.
 *
 * The recorder asked EXPLAIN just before the statement, on another connection and without the locking clause; so does this.
 */
import { Simulation } from "../../src/server/simulation.ts";
import type { TraceEvent } from "../../src/trace/events.ts";
import type { SessionName } from "../../src/trace/ids.ts";
import type { Scenario, Step } from "../../src/trace/scenario.ts";
import type { Outcome, PlanState } from "../../src/trace/state.ts";
import { compareText } from "./transcript.ts";

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

/** How many statements were looked at, and which differ. */
export interface Compared {
  readonly compared: number;
  readonly differences: readonly AccessDifference[];
}

const ADMIN = "admin" as SessionName;
const LOCKING =
  /\s+(for\s+(update|share)(\s+of\s+\w+)?|lock\s+in\s+share\s+mode)(\s+(nowait|skip\s+locked))?\s*;?\s*$/i;
const LISTED = ["table", "type", "key", "key_len", "Extra"];

export function accessDifferences(scenario: AccessScenario): {
  readonly explained: Compared;
  readonly traced: Compared;
} {
  let plans: PlanState[] = [];
  const emit = (event: TraceEvent): void => {
    if (event.type === "plan.chosen") plans.push(event.plan);
  };
  const simulation = new Simulation({ emit });
  simulation.setup(scenario.setup);
  const explained = { compared: 0, differences: [] as AccessDifference[] };
  const traced = { compared: 0, differences: [] as AccessDifference[] };
  for (const [index, step] of scenario.steps.entries()) {
    const { access, outcome } = step;
    const sql = "sql" in step ? step.sql : "";
    const want = text((access ?? []).map((one) => ({ ...one, extra: one.extra ?? "" })));
    const note = (found: typeof traced, got: string, agrees = want === got): void => {
      found.compared += 1;
      if (!agrees) found.differences.push({ id: scenario.id, step: index, sql, want, got });
    };
    if (access !== undefined) note(explained, explainedBy(simulation, sql));
    plans = [];
    simulation.step(step);
    if (access === undefined || outcome === "skipped") continue;
    if (!/^\s*(select|update|delete)\b/i.test(sql) || plans.length === 0) continue;
    const planned = plans.map(accessOf);
    const [wanted, got] = [text(ofTables(access)), text(ofTables(planned))];
    // EXPLAIN has already read a constant table where the plan only says that it will.
    const isEmptyConstant =
      NO_ROW.test(want) && /(^|; )\S+ \| const|Impossible/.test(text(planned));
    note(traced, got, wanted === got || isEmptyConstant);
  }
  return { explained, traced };
}

/** The lines of base tables, in no order: a plan is told as it is made, and made rows have none. */
function ofTables(access: readonly Access[]): readonly Access[] {
  return access
    .filter(({ table }) => table !== null && !table.startsWith("<"))
    .map((one) => ({ ...one, extra: withoutNames(one.extra ?? "") }))
    .sort((a, b) => compareText(text([a]), text([b])));
}

/** A derived table has its alias in the trace, in EXPLAIN the number of its block. */
function withoutNames(extra: string): string {
  return extra.replace(/\b(Rematerialize) \([^)]*\)/, "$1");
}

const NO_ROW = /(no matching row in|Impossible WHERE noticed after reading) const tables?$/;

function explainedBy(simulation: Simulation, sql: string): string {
  const asked = `EXPLAIN FORMAT=TRADITIONAL ${sql.replace(LOCKING, "")}`;
  const { outcome } = simulation.step({ session: ADMIN, sql: asked });
  if (outcome?.kind !== "rows") return said(outcome);
  const at = LISTED.map((name) => outcome.columns.indexOf(name));
  const rows = outcome.rows.map((row) => at.map((column) => row[column] ?? null));
  return text(
    rows.map(([table = null, type = null, key = null, length = null, extra = null]) => ({
      table: textOf(table),
      type: textOf(type),
      key: textOf(key),
      key_len: textOf(length),
      extra: textOf(extra) ?? "",
    })),
  );
}

function said(outcome: Outcome | null): string {
  if (outcome === null) return "waits";
  return outcome.kind === "error" ? `${outcome.errno}: ${outcome.message}` : outcome.kind;
}

function textOf(value: unknown): string | null {
  return value === null ? null : String(value);
}

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
