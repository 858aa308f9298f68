/**
 * Rows of performance_schema.events_statements_current and _history: the statement that each thread runs or ran last, and the
 * ten that it ended before.
 *
 * MySQL: storage/perfschema/table_events_statements.cc, pfs_events_statements.cc.
 * Departure: times are virtual; digests, memory and the counters of the executor are left at nothing; event names go by the
 * statement's first words.
 */
import type { Datum } from "../../innodb/api.ts";
import { HISTORY_LENGTH } from "../scheduler/statement_history.ts";
import type { StatementRun } from "../scheduler/statement_run.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";
import { words } from "./empty_tables.ts";
import { PICOSECONDS, statementEvent } from "./event_numbers.ts";
import { wasWatched } from "./setup_switches.ts";
import { threadId } from "./thread_id.ts";
import { transactionAround } from "./transaction_events.ts";

export const STATEMENT_EVENT_COLUMNS = words(
  "#THREAD_ID #EVENT_ID #END_EVENT_ID EVENT_NAME SOURCE #TIMER_START #TIMER_END #TIMER_WAIT #LOCK_TIME SQL_TEXT DIGEST",
  "DIGEST_TEXT CURRENT_SCHEMA OBJECT_TYPE OBJECT_SCHEMA OBJECT_NAME #OBJECT_INSTANCE_BEGIN #MYSQL_ERRNO",
  "RETURNED_SQLSTATE MESSAGE_TEXT #ERRORS #WARNINGS #ROWS_AFFECTED #ROWS_SENT #ROWS_EXAMINED",
  "#CREATED_TMP_DISK_TABLES #CREATED_TMP_TABLES #SELECT_FULL_JOIN #SELECT_FULL_RANGE_JOIN #SELECT_RANGE",
  "#SELECT_RANGE_CHECK #SELECT_SCAN #SORT_MERGE_PASSES #SORT_RANGE #SORT_ROWS #SORT_SCAN #NO_INDEX_USED",
  "#NO_GOOD_INDEX_USED #NESTING_EVENT_ID NESTING_EVENT_TYPE #NESTING_EVENT_LEVEL #STATEMENT_ID #CPU_TIME",
  "#MAX_CONTROLLED_MEMORY #MAX_TOTAL_MEMORY EXECUTION_ENGINE",
);

export function currentStatements(server: Server): Datum[][] {
  return openSessions(server).flatMap((session) => {
    const last = server.history.of(session).findLast(isWatched(server, CURRENT));
    return last === undefined ? [] : [eventRow(session, last)];
  });
}

export function statementHistory(server: Server): Datum[][] {
  return openSessions(server).flatMap((session) =>
    server.history
      .of(session)
      .filter((run) => run.endedMs !== null)
      .filter(isWatched(server, [...CURRENT, "events_statements_history"]))
      .slice(-HISTORY_LENGTH)
      .map((run) => eventRow(session, run)),
  );
}

const CURRENT = ["global_instrumentation", "thread_instrumentation", "events_statements_current"];

function isWatched(server: Server, names: readonly string[]): (run: StatementRun) => boolean {
  return (run) => wasWatched(server, names, "statement", run.id);
}

function openSessions(server: Server): Session[] {
  return [...server.sessions.values()].filter((session) => !session.isGone);
}

function eventRow(session: Session, run: StatementRun): Datum[] {
  const { outcome, endedMs, startedMs } = run;
  const error = outcome?.kind === "error" ? outcome : null;
  const around = transactionAround(session, run.id);
  const warnings = outcome !== null && "warnings" in outcome ? outcome.warnings : 0;
  return [
    threadId(session),
    statementEvent(run.id),
    endedMs === null ? null : statementEvent(run.id),
    error?.errno === PARSE_ERROR ? "statement/sql/error" : eventName(run.sql),
    "",
    startedMs * PICOSECONDS,
    endedMs === null ? null : endedMs * PICOSECONDS,
    endedMs === null ? null : (endedMs - startedMs) * PICOSECONDS,
    waitedMs(run) * PICOSECONDS,
    run.sql,
    null,
    null,
    session.database === "" ? null : session.database,
    null,
    null,
    null,
    null,
    error?.errno ?? 0,
    error?.sqlState ?? (outcome?.kind === "ok" ? "00000" : null),
    error?.message ?? (outcome?.kind === "ok" && outcome.info !== "" ? outcome.info : null),
    error === null ? 0 : 1,
    warnings,
    outcome?.kind === "ok" ? outcome.affected : 0,
    outcome?.kind === "rows" ? outcome.rows.length : 0,
    run.rowsExamined,
    ...Array.from({ length: 13 }, () => 0),
    around,
    around === null ? null : "TRANSACTION",
    0,
    run.id,
    0,
    0,
    0,
    "PRIMARY",
  ];
}

const PARSE_ERROR = 1064;

function waitedMs(run: StatementRun): number {
  return run.waits.reduce((sum, wait) => sum + ((wait.toMs ?? wait.fromMs) - wait.fromMs), 0);
}

/** By the statement's first words, where they are not the event's name themselves. */
const EVENT_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(?:\(|with\b|table\b|values\b)/, "select"],
  [/^start\s+transaction/, "begin"],
  [/^set\b/, "set_option"],
  [/^use\b/, "change_db"],
  [/^(?:desc|describe)\b/, "show_fields"],
  [/^explain\b/, "explain_other"],
  [/^insert\b[\s\S]*\bselect\b/, "insert_select"],
  [/^replace\b[\s\S]*\bselect\b/, "replace_select"],
  [/^rollback\s+(?:work\s+)?to\b/, "rollback_to_savepoint"],
  [/^release\b/, "release_savepoint"],
  [/^truncate\b/, "truncate"],
];

function eventName(sql: string): string {
  const text = sql.trim().toLowerCase();
  const known = EVENT_NAMES.find(([pattern]) => pattern.test(text))?.[1];
  if (known !== undefined) return `statement/sql/${known}`;
  const [first = "", second = ""] = text.split(/\W+/);
  const takesTwo = ["create", "drop", "alter", "show", "lock", "unlock", "rename"].includes(first);
  return `statement/sql/${takesTwo ? `${first}_${second}` : first}`;
}
