/**
 * What ends a wait: it is asked of each lock in the way, because each kind is kept for as long as its own kind is.
 *
 *   record and table locks of InnoDB    COMMIT or ROLLBACK; of a statement that is a transaction by itself, its end
 *   metadata locks                      the end of the statement or transaction; UNLOCK TABLES of what LOCK TABLES and
 *                                       FLUSH TABLES WITH READ LOCK took, whatever commits; UNLOCK INSTANCE
 *   GET_LOCK                            RELEASE_LOCK
 *
 * MySQL: enum_mdl_duration (mdl.h); performance_schema goes on to call the locks of LOCK TABLES those of a transaction.
 */
import { intMapGet } from "../../base/int_map.ts";
import type { TraceEvent } from "../events.ts";
import type { LockId, SessionName } from "../ids.ts";
import type { LockBlocker, MdlState, State, WaitReason } from "../state.ts";

/** What gives a lock back. */
export type Ending =
  | "transaction"
  | "statement"
  | "unlockTables"
  | "unlockInstance"
  | "closeHandler"
  | "releaseLock"
  /** It waits itself, and goes first. */
  | "wait";

/** All `sessions` have to come to it. */
export interface WaitEnd {
  readonly ending: Ending;
  readonly sessions: readonly SessionName[];
}

/** Of a wait for a record or table lock of InnoDB. */
export function endsOfLockWait(blockers: readonly LockBlocker[], state: State): readonly WaitEnd[] {
  return together(
    blockers.map(({ lock, session }) => {
      const table = intMapGet(state.tableLocks, lock);
      const status = (table ?? intMapGet(state.recLocks, lock))?.status;
      if (status === "waiting") return ["wait", session];
      const isAutoInc = table?.mode === "AUTO_INC";
      return [isAutoInc ? "statement" : endOfTransaction(session, state), session];
    }),
  );
}

/** Of a wait for a metadata lock. */
export function endsOfMdlWait(blockers: MdlState["blockers"], state: State): readonly WaitEnd[] {
  return together(
    blockers.flatMap(({ lock, session }): readonly (readonly [Ending, SessionName])[] => {
      const mdl = intMapGet(state.mdls, lock);
      return mdl === undefined ? [] : [[endOfMdl(mdl, state), session]];
    }),
  );
}

/** Of a wait for tables that others have open, or locked above the engine. */
export function endsOfTableWait(
  blockers: readonly SessionName[],
  state: State,
): readonly WaitEnd[] {
  return together(
    blockers.map((session) => [
      sessionOf(session, state)?.unlocks === "tables" ? "unlockTables" : "statement",
      session,
    ]),
  );
}

/** When a metadata lock that is granted goes, or that its owner waits for it. */
function endOfMdl(mdl: MdlState, state: State): Ending {
  return mdl.status === "PENDING" ? "wait" : endOfGrantedMdl(mdl, state);
}

/** What ends it once it is granted, as its session stands. */
export function endOfGrantedMdl(mdl: MdlState, state: State): Exclude<Ending, "wait"> {
  const end = lastingOf(mdl);
  return end === "transaction" ? endOfTransaction(mdl.session, state) : end;
}

/** How long a metadata lock is kept once it is granted. What is neither asked for by name nor the transaction's goes with its statement. */
export function lastingOf(mdl: MdlState): Exclude<Ending, "wait"> {
  if (mdl.untilUnlock) return "unlockTables";
  if (mdl.namespace === "USER LEVEL LOCK") return "releaseLock";
  const isBackup = mdl.namespace === "BACKUP LOCK" && mdl.mode === "SHARED";
  if (isBackup && mdl.duration === "EXPLICIT") return "unlockInstance";
  if (mdl.namespace === "TABLE" && mdl.duration === "EXPLICIT") return "closeHandler";
  return mdl.duration === "TRANSACTION" ? "transaction" : "statement";
}

/** With autocommit a statement outside BEGIN ends its transaction itself. */
function endOfTransaction(session: SessionName, state: State): "statement" | "transaction" {
  const found = sessionOf(session, state);
  return found?.autocommit === true && !found.inTransaction ? "statement" : "transaction";
}

/** What the statement of the event had waited for last, when its wait was over; null: it had not waited. */
export function waitBefore(
  { seq: at, statement }: TraceEvent,
  eventOf: (seq: number) => TraceEvent | null,
): WaitReason["kind"] | null {
  if (statement === null) return null;
  for (let seq: number = at - 1; seq >= 0; seq -= 1) {
    const event = eventOf(seq);
    if (event === null || event.statement !== statement) continue;
    if (event.type === "statement.waiting") return event.reason.kind;
    if (event.type === "statement.started") return null;
  }
  return null;
}

/** How long the statement of the event had waited for a lock of InnoDB when it gave up, in ms; null: it did not. */
export function waitedBefore(
  { seq: at, statement }: TraceEvent,
  eventOf: (seq: number) => TraceEvent | null,
): number | null {
  const waited = new Map<LockId, number>();
  for (let seq: number = at - 1; statement !== null && seq >= 0; seq -= 1) {
    const event = eventOf(seq);
    // The clock ended the wait, and belongs to nobody's statement.
    if (event?.type === "lock.timedOut") waited.set(event.id, event.waitedMs);
    if (event?.statement !== statement) continue;
    if (event.type === "lock.waiting") return waited.get(event.lock.id) ?? null;
    if (event.type === "statement.started") return null;
  }
  return null;
}

function sessionOf(name: SessionName, state: State): State["sessions"][number] | undefined {
  return state.sessions.find((session) => session.name === name);
}

/** One for each way to end, in the order of the locks. */
function together(ends: readonly (readonly [Ending, SessionName])[]): readonly WaitEnd[] {
  const sessions = new Map<Ending, SessionName[]>();
  for (const [ending, session] of ends) {
    const known = sessions.get(ending) ?? [];
    if (!known.includes(session)) known.push(session);
    sessions.set(ending, known);
  }
  return [...sessions].map(([ending, of]) => ({ ending, sessions: of.sort() }));
}
