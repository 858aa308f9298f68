/**
 * Whether a statement committed a transaction that was open before it without being a COMMIT: BEGIN, DDL,
 * LOCK TABLES, SET autocommit = 1.
 *
 * MySQL: trans_commit_implicit, called through the flag CF_IMPLICIT_COMMIT_BEGIN of a command.
 */
import type { StatementState } from "./state.ts";
import { eventsBetween, type Timeline } from "./timeline.ts";

/** Statements without the flag, which are most: of these nothing is looked through. */
const NEVER = /^(commit|rollback|select|insert|update|delete|replace)\b/i;

export function committedImplicitly(timeline: Timeline, statement: StatementState): boolean {
  if (NEVER.test(statement.sql)) return false;
  const to = statement.endedAt ?? timeline.length;
  // A transaction that the statement itself began is its own: autocommit.
  const own = new Set<number>();
  for (const event of eventsBetween(timeline, statement.startedAt, to)) {
    if (event.statement !== statement.id) continue;
    if (event.type === "trx.started") own.add(event.trx.ref);
    if (event.type === "trx.committed" && !own.has(event.ref)) return true;
  }
  return false;
}
