/** Whether the scenario that was made from a deadlock log comes to the log's deadlock when it is played, and to what else if not. */
import type { TraceEvent } from "../trace/events.ts";
import type { SessionName } from "../trace/ids.ts";
import type { Scenario } from "../trace/scenario.ts";
import type { DeadlockMember } from "../trace/state.ts";
import type { LogLock } from "./deadlock_log.ts";
import { playedSteps } from "./played.ts";

/** What the log says. */
export interface ExpectedDeadlock {
  readonly victim: SessionName | null;
  readonly waits: readonly { readonly session: SessionName; readonly lock: string }[];
  /** Lock structs and undo entries, as the log counts them. */
  readonly weights: readonly { readonly session: SessionName; readonly weight: number }[];
  /** `session` asked for more of a record that it had locked, behind one that waits for it; null: nobody did. */
  readonly again: { readonly session: SessionName; readonly behind: SessionName } | null;
}

/** What a transaction weighed in the log, and what it weighs here. */
export interface Weighed {
  readonly session: SessionName;
  readonly logged: number;
  readonly now: number;
}

export type CameInstead =
  /** A statement failed otherwise, or some session still waits, or all went through. */
  | { readonly kind: "failed"; readonly session: SessionName; readonly message: string }
  | {
      readonly kind: "waits";
      readonly session: SessionName;
      readonly blockers: readonly SessionName[];
    }
  | { readonly kind: "nothing" }
  /** The server that is simulated does not make it queue. */
  | { readonly kind: "passed"; readonly session: SessionName; readonly behind: SessionName }
  /** A deadlock, but another. */
  | {
      readonly kind: "victim";
      readonly came: SessionName;
      readonly expected: SessionName;
      readonly weights: readonly Weighed[];
    }
  | {
      readonly kind: "lock";
      readonly session: SessionName;
      /** Null: it is none of those that wait for each other. */
      readonly came: string | null;
      readonly expected: string;
    };

const DEADLOCK = 1213;

/** As data_locks names it: `X,GAP,INSERT_INTENTION on t.PRIMARY`. */
export function lockText(lock: LogLock): string {
  const mode = [
    lock.mode,
    ...(lock.shape === "recNotGap" ? ["REC_NOT_GAP"] : []),
    ...(lock.shape === "gap" ? ["GAP"] : []),
    ...(lock.isInsertIntention ? ["INSERT_INTENTION"] : []),
  ];
  return `${mode.join(",")} on ${lock.index === null ? lock.table : `${lock.table}.${lock.index}`}`;
}

/** Null: the same transactions wait for the same locks, and the same one is rolled back. */
export function cameInstead(
  expected: ExpectedDeadlock,
  scenario: Scenario,
  events: readonly TraceEvent[],
): CameInstead | null {
  const found = events.find((event) => event.type === "deadlock.found" && event.command >= 0);
  if (found?.type !== "deadlock.found") {
    const came = withoutDeadlock(scenario, events);
    const { again } = expected;
    const isPassed = came.kind === "waits" && came.session === again?.behind;
    return isPassed && again !== null ? { kind: "passed", ...again } : came;
  }
  const { cycle, victim } = found.deadlock;
  for (const { session, lock } of expected.waits) {
    const member = cycle.find((one) => one.session === session);
    const came = member === undefined ? null : waitText(member);
    if (came?.toLowerCase() !== lock.toLowerCase()) {
      return { kind: "lock", session, came, expected: lock };
    }
  }
  const came = cycle.find(({ trx }) => trx === victim)?.session;
  if (came === undefined || expected.victim === null || came === expected.victim) return null;
  const weights = expected.weights.flatMap(({ session, weight }): readonly Weighed[] => {
    const member = cycle.find((one) => one.session === session);
    return member === undefined ? [] : [{ session, logged: weight, now: member.weight }];
  });
  return { kind: "victim", came, expected: expected.victim, weights };
}

function waitText({ waitsFor }: DeadlockMember): string {
  return "indexName" in waitsFor
    ? `${waitsFor.modeText} on ${waitsFor.tableName}.${waitsFor.indexName}`
    : `${waitsFor.mode} on ${waitsFor.tableName}`;
}

function withoutDeadlock(scenario: Scenario, events: readonly TraceEvent[]): CameInstead {
  const steps = playedSteps(scenario, events);
  const late = new Map(steps.flatMap(({ woken }) => woken).map((one) => [one.step, one.outcome]));
  for (const [at, { step, kind, outcome, blockers }] of steps.entries()) {
    if (!("session" in step)) continue;
    const { session } = step;
    const end = outcome ?? late.get(at);
    if (end?.kind === "error" && end.errno !== DEADLOCK) {
      return { kind: "failed", session, message: `ERROR ${end.errno}: ${end.message}` };
    }
    if (kind === "blocked" && end === undefined) return { kind: "waits", session, blockers };
  }
  return { kind: "nothing" };
}
