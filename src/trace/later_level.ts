/**
 * Whether a statement gave its session another isolation level while a transaction was open, which keeps its own.
 *
 * MySQL: Sys_var_transaction_isolation::session_update leaves THD::tx_isolation alone while a transaction is active.
 */
import type { SessionState, StatementState } from "./state.ts";
import { seek, type Timeline } from "./timeline.ts";

export function setsLaterLevel(timeline: Timeline, statement: StatementState): boolean {
  const { session, outcome, startedAt, endedAt } = statement;
  if (outcome?.kind !== "ok" || endedAt === null) return false;
  const at = (position: number): SessionState | undefined =>
    seek(timeline, position).sessions.find(({ name }) => name === session);
  const before = at(startedAt);
  return before?.inTransaction === true && at(endedAt + 1)?.isolation !== before.isolation;
}
