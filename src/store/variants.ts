/** Other ways to run the same script: at one isolation level for all, in another order. */
import type { SessionName } from "../trace/ids.ts";
import type { Step } from "../trace/scenario.ts";
import type { IsolationLevel } from "../trace/state.ts";
import { type Script, withSteps } from "./script.ts";

export const LEVELS: readonly IsolationLevel[] = [
  "READ UNCOMMITTED",
  "READ COMMITTED",
  "REPEATABLE READ",
  "SERIALIZABLE",
];

const SETS_LEVEL = /^set\s+(session\s+|@@session\.|local\s+)?transaction[\s_]isolation\b/i;

/** What a session says to have the level from its next transaction on. */
export function levelStatement(level: string): string {
  return `SET SESSION TRANSACTION ISOLATION LEVEL ${level}`;
}

/** Every session begins at the level; statements that would choose another one are left out. */
export function atLevel(script: Script, level: IsolationLevel): Script {
  const { scenario } = script;
  const steps = scenario.steps.filter((step) => !setsLevel(step));
  const setup = [...scenario.setup, `SET GLOBAL TRANSACTION ISOLATION LEVEL ${level}`];
  return withSteps({ ...script, scenario: { ...scenario, setup } }, steps);
}

export function setsLevel(step: Step): boolean {
  return "sql" in step && SETS_LEVEL.test(step.sql);
}

/** The session's steps before all others; within a session, and among the others, the order stays. */
export function goingFirst(steps: readonly Step[], session: SessionName): readonly Step[] {
  const isOurs = (step: Step): boolean => "session" in step && step.session === session;
  return [...steps.filter(isOurs), ...steps.filter((step) => !isOurs(step))];
}

/** The step at `from` comes to stand at `to`. */
export function moved(steps: readonly Step[], from: number, to: number): readonly Step[] {
  const step = steps[from];
  if (step === undefined || from === to) return steps;
  const others = steps.toSpliced(from, 1);
  return others.toSpliced(Math.max(0, Math.min(to, others.length)), 0, step);
}
