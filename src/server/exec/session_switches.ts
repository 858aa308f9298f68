/** What the session's optimizer_switch forbids. */
import type { StatementContext } from "../context.ts";
import { type SwitchedOff, switchedOff } from "../optimizer/switches.ts";

export function sessionSwitches(ctx: StatementContext): SwitchedOff {
  return switchedOff(String(ctx.systemVariable("session", "optimizer_switch")));
}
