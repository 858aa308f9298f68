/** The script's steps with what became of each: the schedule as a list. Geometry and words are elsewhere. */
import { intMapToArray } from "../../base/int_map.ts";
import type { NotRun } from "../../store/notice.ts";
import type { SessionName } from "../../trace/ids.ts";
import type { Step } from "../../trace/scenario.ts";
import type { ClientNote, StatementState } from "../../trace/state.ts";
import { endOfCommand, eventAt, type Timeline } from "../../trace/timeline.ts";

export interface ScheduleRow {
  readonly command: number;
  readonly step: Step;
  readonly session: SessionName | null;
  /** The statement it began; null for other steps and for one that was not run. */
  readonly statement: StatementState | null;
  /** Why the server was not given the statement: its session still waited, or its connection was closed. */
  readonly skipped: "waiting" | "gone" | null;
  /** What the client's library answered in the server's place. */
  readonly refused: Extract<ClientNote, { kind: "refused" }> | null;
  /** Where the cursor stands when it has been carried out as far as it went at once. */
  readonly end: number;
}

export function scheduleRows(timeline: Timeline, steps: readonly Step[]): readonly ScheduleRow[] {
  const begun = new Map<number, StatementState>();
  for (const statement of intMapToArray(timeline.head.statements)) {
    const command = eventAt(timeline, statement.startedAt)?.command;
    // What a program sends on its own while it reads is no step.
    if (command !== undefined && !begun.has(command)) begun.set(command, statement);
  }
  const refusals = new Map<number, Extract<ClientNote, { kind: "refused" }>>();
  for (const note of timeline.head.clientNotes) {
    const command = eventAt(timeline, note.seq)?.command;
    if (command !== undefined && note.kind === "refused") refusals.set(command, note);
  }
  const ran = new Set(timeline.commandStarts.map(({ command }) => command));
  const ends = commandEnds(timeline);
  const last = new Map<SessionName, StatementState>();
  let end = endOfCommand(timeline, -1);
  return steps.map((step, command) => {
    const session = "session" in step ? step.session : null;
    const statement = begun.get(command) ?? null;
    end = ends.get(command) ?? end;
    const before = session === null ? undefined : last.get(session);
    if (session !== null && statement !== null) last.set(session, statement);
    const isSkipped = "sql" in step && !ran.has(command);
    const isOpen = before !== undefined && (before.endedAt === null || before.endedAt >= end);
    const skipped = !isSkipped ? null : isOpen ? "waiting" : "gone";
    const refused = refusals.get(command) ?? null;
    return { command, step, session, statement, skipped, refused, end };
  });
}

/** Those that the server was not given. */
export function notRunSteps(timeline: Timeline, steps: readonly Step[]): readonly NotRun[] {
  return scheduleRows(timeline, steps).flatMap(({ command, session, skipped }) =>
    skipped === null || session === null ? [] : [{ place: command + 1, session, why: skipped }],
  );
}

function commandEnds(timeline: Timeline): ReadonlyMap<number, number> {
  const { commandStarts, length } = timeline;
  return new Map(
    commandStarts.map(({ command }, at) => [command, commandStarts[at + 1]?.position ?? length]),
  );
}

/** A step on one line, the same in every language: what two schedules are compared by. */
export function stepText(step: Step): string {
  if ("advance" in step) return `+${step.advance} s`;
  if ("sql" in step) return step.sql.replace(/\s+/g, " ");
  return "call" in step ? `${step.call}()` : `client ${JSON.stringify(step.client)}`;
}
