/** A cell of the matrix of anomalies: its scenario, and what the engine's trace of it shows. */
import { intMapGet } from "../../base/int_map.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { Scenario } from "../../trace/scenario.ts";
import type { IsolationLevel } from "../../trace/state.ts";
import { eventAt, type Timeline } from "../../trace/timeline.ts";
import type { LessonText, MatrixRow } from "./lesson_text.ts";
import { rowsText } from "./scene.ts";

export const LEVELS: readonly IsolationLevel[] = [
  "READ UNCOMMITTED",
  "READ COMMITTED",
  "REPEATABLE READ",
  "SERIALIZABLE",
];

export interface CellResult {
  /** Both reads came back, and differ. */
  readonly happens: boolean;
  /** What they returned; "…" while it waits. */
  readonly reads: readonly [string, string];
  /** Who had to wait at some time, in the order of the script; null when nobody. */
  readonly waits: SessionName | null;
}

export function cellScenario(
  lesson: LessonText,
  row: MatrixRow,
  level: string,
  language: "en" | "zh" = "en",
): Scenario {
  return {
    id: `${lesson.id}-${row.id}-${level.toLowerCase().replaceAll(" ", "-")}`,
    title: `${row.title[language]}: ${level}`,
    setup: lesson.setup,
    steps: row.steps.map((step) =>
      "sql" in step ? { ...step, sql: step.sql.replaceAll("{level}", level) } : step,
    ),
  };
}

export function cellResult(row: MatrixRow, timeline: Timeline): CellResult {
  const [first, second] = row.reads.map((step) => readAt(timeline, step));
  const waits = firstWait(timeline);
  const reads = [first ?? "…", second ?? "…"] as const;
  const isBoth = first !== undefined && first !== null && second !== undefined && second !== null;
  return { happens: isBoth && first !== second, reads, waits };
}

/** The rows of a step's statement; null when it has not ended with rows. */
function readAt(timeline: Timeline, step: number): string | null {
  for (let seq = 0; seq < timeline.length; seq += 1) {
    const event = eventAt(timeline, seq);
    if (event?.type !== "statement.started" || event.command !== step) continue;
    const outcome = intMapGet(timeline.head.statements, event.id)?.outcome ?? null;
    return outcome?.kind === "rows" ? rowsText(outcome.rows) : null;
  }
  return null;
}

function firstWait(timeline: Timeline): SessionName | null {
  for (let seq = 0; seq < timeline.length; seq += 1) {
    const event = eventAt(timeline, seq);
    if (event?.type === "statement.waiting" && event.command >= 0) return event.session;
  }
  return null;
}
