/** What became of each step of a scenario, out of the trace: which ended, which waited, and what ended because of it. */
import type { TraceEvent } from "../trace/events.ts";
import type { SessionName, StatementId } from "../trace/ids.ts";
import { DISCONNECT, RECONNECT, type Scenario, type Step } from "../trace/scenario.ts";
import type { Outcome, RecLockState } from "../trace/state.ts";

/** What became of a step. */
export type PlayedKind =
  /** It ended within its step. */
  | "ended"
  /** It was still waiting, or running, when all had settled. */
  | "blocked"
  /** Its session could not take it: it was waiting, or gone. */
  | "skipped"
  /** Not a statement: time, a client's settings, a disconnect. */
  | "other";

/** A statement that ended in a later step than it began. */
export interface Ending {
  /** The step in which the statement began. */
  readonly step: number;
  readonly session: SessionName;
  readonly outcome: Outcome;
}

/** A record lock that came to be in a step, or is waited for. */
export interface PlayedLock {
  readonly lock: RecLockState;
  readonly isWaiting: boolean;
}

/** What a step came to when the scenario was played. */
export interface PlayedStep {
  readonly step: Step;
  readonly kind: PlayedKind;
  /** Of "ended". */
  readonly outcome: Outcome | null;
  /** Of "blocked": whom it waits for at first. */
  readonly blockers: readonly SessionName[];
  /** Statements of earlier steps that ended in this one, in their order. */
  readonly woken: readonly Ending[];
  /** Of any session, in their order. */
  readonly locks: readonly PlayedLock[];
}

/** One for each step, from the trace of the whole scenario. */
export function playedSteps(
  scenario: Scenario,
  events: Iterable<TraceEvent>,
): readonly PlayedStep[] {
  const begun = new Map<StatementId, { readonly step: number; readonly session: SessionName }>();
  const started = new Set<number>();
  const ended = new Map<number, Outcome>();
  const blockers = new Map<number, readonly SessionName[]>();
  const woken = new Map<number, Ending[]>();
  const locks = new Map<number, PlayedLock[]>();
  for (const event of events) {
    const { command, session } = event;
    if (command < 0) continue;
    if (event.type === "command.refused") {
      const { errno, message } = event;
      const isLost = errno === 2006 || errno === 2013;
      ended.set(
        command,
        isLost ? { kind: "lost", message } : { kind: "error", errno, sqlState: "HY000", message },
      );
    } else if (isLockRequest(event)) {
      const { lock, type } = event;
      if (!("modeText" in lock)) continue;
      const list = locks.get(command) ?? [];
      locks.set(command, list);
      list.push({ lock, isWaiting: type === "lock.waiting" });
    } else if (event.type === "statement.started" && session !== null) {
      begun.set(event.id, { step: command, session });
      started.add(command);
    } else if (event.type === "statement.waiting") {
      const step = begun.get(event.id)?.step;
      if (step !== undefined && !blockers.has(step)) blockers.set(step, event.blockers);
    } else if (event.type === "statement.ended") {
      const start = begun.get(event.id);
      if (start === undefined) continue;
      if (start.step === command) ended.set(command, event.outcome);
      else {
        const list = woken.get(command) ?? [];
        woken.set(command, list);
        list.push({ ...start, outcome: event.outcome });
      }
    }
  }
  return scenario.steps.map((step, at): PlayedStep => {
    const outcome = ended.get(at) ?? null;
    return {
      step,
      kind: kindOf(step, outcome !== null, started.has(at)),
      outcome,
      blockers: blockers.get(at) ?? [],
      locks: locks.get(at) ?? [],
      woken: (woken.get(at) ?? []).toSorted((a, b) => a.step - b.step),
    };
  });
}

type LockRequest = Extract<
  TraceEvent,
  { type: "lock.granted" | "lock.waiting" | "lock.grantedAfterWait" }
>;

function isLockRequest(event: TraceEvent): event is LockRequest {
  const { type } = event;
  return type === "lock.granted" || type === "lock.waiting" || type === "lock.grantedAfterWait";
}

function kindOf(step: Step, isEnded: boolean, isStarted: boolean): PlayedKind {
  if (!("sql" in step) || step.sql === DISCONNECT || step.sql === RECONNECT) return "other";
  if (isEnded) return "ended";
  return isStarted ? "blocked" : "skipped";
}

/** The sessions in the order of their letters: those that run something, and those whose connection id is named. */
export function sessionsOf(scenario: Scenario): readonly SessionName[] {
  const names = scenario.steps.flatMap((step): readonly SessionName[] => {
    if (!("session" in step)) return [];
    return "sql" in step ? [step.session, ...idsNamedIn(step.sql)] : [step.session];
  });
  return [...new Set(names)].sort();
}

/** A statement on one line, for comments. */
export function oneLine(sql: string, charactersMax = 100): string {
  const text = sql.replace(/\s+/g, " ").trim();
  return text.length > charactersMax ? `${text.slice(0, charactersMax - 1)}…` : text;
}

/** The sessions whose connection ids a statement names as `${B}`. */
function idsNamedIn(sql: string): readonly SessionName[] {
  return [...sql.matchAll(/\$\{([A-H])\}/g)].map((found) => found[1] as SessionName);
}
