/**
 * performance_schema.
 *
 * MySQL: storage/perfschema/table_*.cc.
 * Departure: the tables that tell who waits for whom; thread ids are connection ids plus 40.
 */

import { intMapGet } from "../../base/int_map.ts";
import type { Datum } from "../../innodb/api.ts";
import type { SessionName } from "../../trace/ids.ts";
import { lockDataOf } from "../../trace/state_locks.ts";
import { ticketState } from "../mdl/locks.ts";
import type { Server } from "../server.ts";
import { type Process, processColumns, processes } from "../session/processes.ts";
import { countedRows } from "../show/status.ts";
import { clientTextOf } from "../types/convert.ts";
import { allVariableDefinitions } from "../variables/definitions.ts";
import { allLocks, isRecLock, type LockState, lockId, lockModeText } from "./lock_rows.ts";
import type { SchemaTable } from "./schema_table.ts";
import { forgetEvents, wasWatched } from "./setup_switches.ts";
import { SETUP_TABLES } from "./setup_tables.ts";
import {
  currentStatements,
  STATEMENT_EVENT_COLUMNS,
  statementHistory,
} from "./statement_events.ts";
import { FIRST_THREAD, threadId } from "./thread_id.ts";
import {
  currentTransactions,
  TRANSACTION_EVENT_COLUMNS,
  transactionHistory,
} from "./transaction_events.ts";
import { trxNumber } from "./trx_number.ts";

export const PERFORMANCE_SCHEMA: readonly SchemaTable[] = [
  ...SETUP_TABLES,
  {
    name: "events_statements_current",
    columns: STATEMENT_EVENT_COLUMNS,
    rows: currentStatements,
    empty: (server) => () => forgetEvents(server, "events_statements_current"),
  },
  {
    name: "events_statements_history",
    columns: STATEMENT_EVENT_COLUMNS,
    rows: statementHistory,
    empty: (server) => () => forgetEvents(server, "events_statements_history"),
  },
  {
    name: "events_transactions_current",
    columns: TRANSACTION_EVENT_COLUMNS,
    rows: currentTransactions,
    empty: (server) => () => forgetEvents(server, "events_transactions_current"),
  },
  {
    name: "events_transactions_history",
    columns: TRANSACTION_EVENT_COLUMNS,
    rows: transactionHistory,
    empty: (server) => () => forgetEvents(server, "events_transactions_history"),
  },
  {
    name: "data_locks",
    columns: [
      "ENGINE",
      "ENGINE_LOCK_ID",
      "#ENGINE_TRANSACTION_ID",
      "#THREAD_ID",
      "#EVENT_ID",
      "OBJECT_SCHEMA",
      "OBJECT_NAME",
      "PARTITION_NAME",
      "SUBPARTITION_NAME",
      "INDEX_NAME",
      "#OBJECT_INSTANCE_BEGIN",
      "LOCK_TYPE",
      "LOCK_MODE",
      "LOCK_STATUS",
      "LOCK_DATA",
    ],
    rows: dataLocks,
  },
  {
    name: "data_lock_waits",
    columns: [
      "ENGINE",
      "REQUESTING_ENGINE_LOCK_ID",
      "#REQUESTING_ENGINE_TRANSACTION_ID",
      "#REQUESTING_THREAD_ID",
      "#REQUESTING_EVENT_ID",
      "#REQUESTING_OBJECT_INSTANCE_BEGIN",
      "BLOCKING_ENGINE_LOCK_ID",
      "#BLOCKING_ENGINE_TRANSACTION_ID",
      "#BLOCKING_THREAD_ID",
      "#BLOCKING_EVENT_ID",
      "#BLOCKING_OBJECT_INSTANCE_BEGIN",
    ],
    rows: dataLockWaits,
  },
  {
    name: "metadata_locks",
    columns: [
      "OBJECT_TYPE",
      "OBJECT_SCHEMA",
      "OBJECT_NAME",
      "COLUMN_NAME",
      "#OBJECT_INSTANCE_BEGIN",
      "LOCK_TYPE",
      "LOCK_DURATION",
      "LOCK_STATUS",
      "SOURCE",
      "#OWNER_THREAD_ID",
      "#OWNER_EVENT_ID",
    ],
    rows: metadataLocks,
  },
  {
    name: "threads",
    columns: [
      "#THREAD_ID",
      "NAME",
      "TYPE",
      "#PROCESSLIST_ID",
      "PROCESSLIST_USER",
      "PROCESSLIST_HOST",
      "PROCESSLIST_DB",
      "PROCESSLIST_COMMAND",
      "#PROCESSLIST_TIME",
      "PROCESSLIST_STATE",
      "PROCESSLIST_INFO",
      "#PARENT_THREAD_ID",
      "ROLE",
      "INSTRUMENTED",
      "HISTORY",
      "CONNECTION_TYPE",
      "#THREAD_OS_ID",
      "RESOURCE_GROUP",
      "EXECUTION_ENGINE",
      "#CONTROLLED_MEMORY",
      "#MAX_CONTROLLED_MEMORY",
      "#TOTAL_MEMORY",
      "#MAX_TOTAL_MEMORY",
      "TELEMETRY_ACTIVE",
    ],
    rows: (server) => processes(server).map(threadRow),
  },
  {
    name: "processlist",
    columns: ["#ID", "USER", "HOST", "DB", "COMMAND", "#TIME", "STATE", "INFO", "EXECUTION_ENGINE"],
    rows: (server) =>
      processes(server).map((thread) => [...processColumns(thread, thread.stage), "PRIMARY"]),
  },
  {
    name: "global_status",
    columns: ["VARIABLE_NAME", "VARIABLE_VALUE"],
    rows: (server) => countedRows(server, null),
  },
  {
    name: "session_status",
    columns: ["VARIABLE_NAME", "VARIABLE_VALUE"],
    rows: countedRows,
  },
  {
    name: "global_variables",
    columns: ["VARIABLE_NAME", "VARIABLE_VALUE"],
    rows: (server) =>
      allVariableDefinitions()
        .filter(({ scope }) => scope !== "session")
        .map(({ name }) => [name, server.globals.text(name)]),
  },
  {
    name: "session_variables",
    columns: ["VARIABLE_NAME", "VARIABLE_VALUE"],
    rows: (_server, session) =>
      allVariableDefinitions().map(({ name }) => [name, session.variables.text(name)]),
  },
  {
    name: "user_variables_by_thread",
    columns: ["#THREAD_ID", "VARIABLE_NAME", "VARIABLE_VALUE"],
    rows: userVariables,
  },
  {
    name: "variables_by_thread",
    columns: ["#THREAD_ID", "VARIABLE_NAME", "VARIABLE_VALUE"],
    rows: variablesByThread,
  },
];

function threadRow(thread: Process): Datum[] {
  const isDaemon = thread.command === "Daemon";
  return [
    FIRST_THREAD + thread.id,
    `thread/sql/${isDaemon ? thread.user : "one_connection"}`,
    "FOREGROUND",
    ...processColumns(thread, thread.stage === "" ? null : thread.stage),
    isDaemon ? 1 : null,
    null,
    "YES",
    "YES",
    isDaemon ? null : "TCP/IP",
    thread.id,
    isDaemon ? "SYS_default" : "USR_default",
    "PRIMARY",
    0,
    0,
    0,
    0,
    "NO",
  ];
}

function userVariables(server: Server): Datum[][] {
  return [...server.sessions.values()].flatMap((session) =>
    [...session.userVariables].map(([name, { value, type }]) => [
      threadId(session),
      name,
      value === null ? null : clientTextOf(type)(value),
    ]),
  );
}

function variablesByThread({ sessions }: Server): Datum[][] {
  const own = allVariableDefinitions().filter(({ scope }) => scope !== "global");
  return [...sessions.values()].flatMap((session) =>
    own.map(({ name }) => [threadId(session), name, session.variables.text(name)]),
  );
}

function dataLocks(server: Server): Datum[][] {
  const dump = server.engine.dump();
  const makers = server.engine.lockMakers();
  return allLocks(server).map((lock) => [
    "INNODB",
    lockId(lock),
    trxOf(server, dump, lock),
    threadOf(server, makers.get(lock.struct) ?? lock.session),
    1,
    intMapGet(dump.tables, lock.table)?.schema ?? null,
    lock.tableName,
    null,
    null,
    isRecLock(lock) ? lock.indexName : null,
    lock.struct,
    isRecLock(lock) ? "RECORD" : "TABLE",
    lockModeText(lock),
    lock.status === "granted" ? "GRANTED" : "WAITING",
    isRecLock(lock) ? lockDataOf(dump.recs, lock) : null,
  ]);
}

function dataLockWaits(server: Server): Datum[][] {
  const dump = server.engine.dump();
  const makers = server.engine.lockMakers();
  const locks = allLocks(server);
  const byId = new Map(locks.map((lock) => [lock.id, lock]));
  return locks.flatMap((lock) =>
    lock.blockers.flatMap((blocker) => {
      const held = byId.get(blocker.lock);
      if (held === undefined) return [];
      return [
        [
          "INNODB",
          lockId(lock),
          trxOf(server, dump, lock),
          threadOf(server, lock.session),
          1,
          lock.struct,
          lockId(held),
          trxOf(server, dump, held),
          threadOf(server, makers.get(held.struct) ?? held.session),
          1,
          held.struct,
        ],
      ];
    }),
  );
}

function metadataLocks(server: Server): Datum[][] {
  return [...server.mdl.tickets()].flatMap((ticket) => {
    const state = ticketState(ticket);
    const owner = server.sessions.get(state.session);
    if (!wasWatched(server, MDL_SWITCHES, "mdl", state.id)) return [];
    return [
      [
        state.namespace,
        state.schema,
        state.name,
        null,
        state.id,
        state.mode,
        state.duration,
        state.status,
        "",
        owner === undefined ? null : threadId(owner),
        1,
      ],
    ];
  });
}

const MDL_SWITCHES = ["wait/lock/metadata/sql/mdl", "global_instrumentation"];

function trxOf(
  _server: Server,
  dump: ReturnType<Server["engine"]["dump"]>,
  lock: LockState,
): number {
  const trx = intMapGet(dump.trxs, lock.trx);
  return trx === undefined ? 0 : trxNumber(trx);
}

function threadOf(server: Server, name: SessionName): number | null {
  const session = server.sessions.get(name);
  return session === undefined ? null : threadId(session);
}
