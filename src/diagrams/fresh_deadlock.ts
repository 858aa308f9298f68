import { intMapValues } from "../base/int_map.ts";
import type { DeadlockState, State } from "../trace/state.ts";

/** The deadlock to draw: the last one, until its victim's session is given another statement. */
export function freshDeadlock(state: State): DeadlockState | null {
  const { lastDeadlock } = state;
  if (lastDeadlock === null) return null;
  const victim = lastDeadlock.cycle.find((member) => member.trx === lastDeadlock.victim);
  for (const statement of intMapValues(state.statements)) {
    const isLater = statement.startedAt > lastDeadlock.seq;
    if (isLater && statement.session === victim?.session) return null;
  }
  return lastDeadlock;
}
