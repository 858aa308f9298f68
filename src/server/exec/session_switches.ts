/** What the session's optimizer_switch forbids. */
import type { StatementContext } from "../context.ts";
import { NOTHING_OFF, type SwitchedOff, switchedOff } from "../optimizer/switches.ts";

export function sessionSwitches(ctx: StatementContext): SwitchedOff {
  const flags = ctx.changedVariable("optimizer_switch");
  return flags === null ? NOTHING_OFF : switchedOff(flags);
}
