/**
 * Whether a statement set another isolation level for its session while a transaction was open, which keeps its own.
 *
 * MySQL: Sys_var_transaction_isolation::session_update leaves THD::tx_isolation alone while a transaction is active.
 */
import type { StatementState } from "./state.ts";
import { eventAt, seek, type Timeline } from "./timeline.ts";

const SETS_LEVEL =
  /^set\s+(?!(?:global|persist|persist_only|@@global\.|@@persist)\b).*\btransaction(?:_isolation|\s+isolation\s+level)\b/is;

export function setsLaterLevel(timeline: Timeline, statement: StatementState): boolean {
  const { sql, outcome, startedAt } = statement;
  if (outcome?.kind !== "ok" || !SETS_LEVEL.test(sql)) return false;
  const session = eventAt(timeline, startedAt)?.session;
  const before = seek(timeline, startedAt).sessions.find(({ name }) => name === session);
  return before?.inTransaction === true;
}
