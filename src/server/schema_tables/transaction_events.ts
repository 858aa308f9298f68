/**
 * Rows of performance_schema.events_transactions_current and _history.
 *
 * MySQL: storage/perfschema/table_events_transactions.cc.
 * Departure: times are virtual and those of the statements; numbers of events come from those of statements, and no other event has any.
 */
import type { Datum } from "../../innodb/api.ts";
import type { StatementRun } from "../scheduler/statement_run.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";
import type { TransactionEvent } from "../session/transaction_events.ts";
import { words } from "./empty_tables.ts";
import { PICOSECONDS, statementEvent } from "./event_numbers.ts";
import { wasWatched } from "./setup_switches.ts";
import { threadId } from "./thread_id.ts";

export const TRANSACTION_EVENT_COLUMNS = words(
  "#THREAD_ID #EVENT_ID #END_EVENT_ID EVENT_NAME STATE #TRX_ID GTID #XID_FORMAT_ID XID_GTRID XID_BQUAL XA_STATE SOURCE",
  "#TIMER_START #TIMER_END #TIMER_WAIT ACCESS_MODE ISOLATION_LEVEL AUTOCOMMIT #NUMBER_OF_SAVEPOINTS",
  "#NUMBER_OF_ROLLBACK_TO_SAVEPOINT #NUMBER_OF_RELEASE_SAVEPOINT #OBJECT_INSTANCE_BEGIN #NESTING_EVENT_ID",
  "NESTING_EVENT_TYPE",
);

/** Of each session the one in progress, else the one that ended last. */
export function currentTransactions(server: Server): Datum[][] {
  return openSessions(server).flatMap((session) =>
    watched(server, session, CURRENT)
      .slice(-1)
      .map((event) => rowOf(server, session, event)),
  );
}

export function transactionHistory(server: Server): Datum[][] {
  return openSessions(server).flatMap((session) =>
    watched(server, session, [...CURRENT, "events_transactions_history"])
      .filter(({ state }) => state !== "ACTIVE")
      .slice(-HISTORY_LENGTH)
      .map((event) => rowOf(server, session, event)),
  );
}

const CURRENT = [
  "global_instrumentation",
  "thread_instrumentation",
  "events_transactions_current",
  "transaction",
];

function watched(server: Server, session: Session, names: readonly string[]): TransactionEvent[] {
  const { transactions } = session;
  return transactions
    .all()
    .filter(({ begunIn }) => wasWatched(server, names, "statement", idOf(begunIn)));
}

/** performance_schema_events_transactions_history_size */
const HISTORY_LENGTH = 10;

function openSessions(server: Server): Session[] {
  return [...server.sessions.values()].filter((session) => !session.isGone);
}

function rowOf({ log }: Server, session: Session, event: TransactionEvent): Datum[] {
  const { xa, isAutocommitted, begunIn, endedIn, savepoints } = event;
  const isActive = event.state === "ACTIVE";
  const { startedMs, endedMs } = timesOf(event);
  const endMs = endedMs ?? log.nowMs;
  const own = transactionEventId(event);
  return [
    threadId(session),
    own,
    isActive ? null : isAutocommitted ? own : statementEvent(idOf(endedIn)),
    "transaction",
    event.state,
    null,
    "AUTOMATIC",
    xa?.xid.formatId ?? null,
    xa?.xid.gtrid ?? null,
    xa === null || xa.xid.bqual === "" ? null : xa.xid.bqual,
    xa !== null && event.state === "COMMITTED" ? event.state : (xa?.state ?? null),
    isAutocommitted ? "handler.cc:1424" : "transaction.cc:209",
    startedMs * PICOSECONDS,
    endMs * PICOSECONDS,
    (endMs - startedMs) * PICOSECONDS,
    event.isReadOnly ? "READ ONLY" : "READ WRITE",
    event.isolation,
    isAutocommitted ? "YES" : "NO",
    savepoints?.set ?? 0,
    savepoints?.rolledBackTo ?? 0,
    savepoints?.released ?? 0,
    null,
    statementEvent(idOf(begunIn)),
    "STATEMENT",
  ];
}

/** Behind the statement that it began in. */
function transactionEventId({ begunIn }: TransactionEvent): number {
  return statementEvent(idOf(begunIn)) + 1;
}

/** Those of the statements that it began and ended in; null while one is in progress. */
export function timesOf({ begunIn, endedIn }: TransactionEvent): {
  readonly startedMs: number;
  readonly endedMs: number | null;
} {
  return { startedMs: begunIn?.startedMs ?? 0, endedMs: endedIn?.endedMs ?? null };
}

function idOf(run: StatementRun | null): number {
  return run?.id ?? 0;
}

/** Of the transaction that a statement was part of: the one that begins with it is nested in it instead. Null outside of any. */
export function transactionAround(session: Session, statement: number): number | null {
  const around = session.transactions
    .all()
    .find(
      ({ isAutocommitted, begunIn, endedIn, state }) =>
        !isAutocommitted &&
        idOf(begunIn) < statement &&
        (state === "ACTIVE" || statement <= idOf(endedIn)),
    );
  return around === undefined ? null : transactionEventId(around);
}
