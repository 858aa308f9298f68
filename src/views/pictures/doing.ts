/** The statement in a picture's head: what is being run or has just been, by the session that the picture's sentence is about. */
import { intMapGet } from "../../base/int_map.ts";
import type { TraceEvent } from "../../trace/events.ts";
import type { Step } from "../../trace/scenario.ts";
import type { State } from "../../trace/state.ts";

export interface Doing {
  /** Empty where time passes. */
  readonly session: string;
  readonly text: string;
}

/** `event`: the last before the picture; `step`: what it belongs to. */
export function doingOf(
  event: TraceEvent | null,
  step: Step | undefined,
  state: State,
): Doing | null {
  if (step === undefined) return null;
  if ("advance" in step) return { session: "", text: `+ ${step.advance} s` };
  if (!("sql" in step)) return null;
  // What one session runs may let another go on.
  const other =
    event !== null && event.statement !== null && event.session !== step.session
      ? intMapGet(state.statements, event.statement)
      : undefined;
  if (other !== undefined) return { session: other.session, text: other.sql };
  return { session: step.session, text: step.sql };
}
