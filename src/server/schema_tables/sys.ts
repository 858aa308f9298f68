/**
 * The views of the sys schema that people use for locks; those with x$ give the statements whole.
 *
 * MySQL: scripts/sys_schema/views/i_s/innodb_lock_waits.sql, p_s/schema_table_lock_waits.sql.
 */

import { intMapGet } from "../../base/int_map.ts";
import { timeText } from "../../base/temporal_text.ts";
import type { Datum } from "../../innodb/api.ts";
import { nowText } from "../clock_text.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";
import { allLocks, isRecLock, lockId, lockModeText } from "./lock_rows.ts";
import type { SchemaTable } from "./schema_table.ts";
import { formatStatement, type StatementText, wholeStatement } from "./statement_text.ts";
import { SYS_PROCESSLISTS } from "./sys_processlist.ts";
import { threadId } from "./thread_id.ts";
import { trxNumber } from "./trx_number.ts";

const INNODB_LOCK_WAITS = [
  "@wait_started",
  "wait_age",
  "#wait_age_secs",
  "locked_table",
  "locked_table_schema",
  "locked_table_name",
  "locked_table_partition",
  "locked_table_subpartition",
  "locked_index",
  "locked_type",
  "#waiting_trx_id",
  "@waiting_trx_started",
  "waiting_trx_age",
  "#waiting_trx_rows_locked",
  "#waiting_trx_rows_modified",
  "#waiting_pid",
  "waiting_query",
  "waiting_lock_id",
  "waiting_lock_mode",
  "#blocking_trx_id",
  "#blocking_pid",
  "blocking_query",
  "blocking_lock_id",
  "blocking_lock_mode",
  "@blocking_trx_started",
  "blocking_trx_age",
  "#blocking_trx_rows_locked",
  "#blocking_trx_rows_modified",
  "sql_kill_blocking_query",
  "sql_kill_blocking_connection",
];

const SCHEMA_TABLE_LOCK_WAITS = [
  "object_schema",
  "object_name",
  "#waiting_thread_id",
  "#waiting_pid",
  "waiting_account",
  "waiting_lock_type",
  "waiting_lock_duration",
  "waiting_query",
  "#waiting_query_secs",
  "#waiting_query_rows_affected",
  "#waiting_query_rows_examined",
  "#blocking_thread_id",
  "#blocking_pid",
  "blocking_account",
  "blocking_lock_type",
  "blocking_lock_duration",
  "sql_kill_blocking_query",
  "sql_kill_blocking_connection",
];

export const SYS_SCHEMA: readonly SchemaTable[] = [
  ...SYS_PROCESSLISTS,
  {
    name: "innodb_lock_waits",
    columns: INNODB_LOCK_WAITS,
    rows: (server) => innodbLockWaits(server, formatStatement),
  },
  {
    name: "x$innodb_lock_waits",
    columns: INNODB_LOCK_WAITS,
    rows: (server) => innodbLockWaits(server, wholeStatement),
  },
  {
    name: "schema_table_lock_waits",
    columns: SCHEMA_TABLE_LOCK_WAITS,
    rows: (server) => schemaTableLockWaits(server, formatStatement),
  },
  {
    name: "x$schema_table_lock_waits",
    columns: SCHEMA_TABLE_LOCK_WAITS,
    rows: (server) => schemaTableLockWaits(server, wholeStatement),
  },
];

function innodbLockWaits(server: Server, textOf: StatementText): Datum[][] {
  const dump = server.engine.dump();
  const locks = allLocks(server);
  const byId = new Map(locks.map((lock) => [lock.id, lock]));
  const rowsLocked = (ref: number, session: Session) =>
    locks.filter((lock) => lock.trx === ref && isRecLock(lock)).length +
    (session.trx?.recLocksGivenUp ?? 0);
  return locks.flatMap((lock) =>
    lock.blockers.flatMap((blocker): Datum[][] => {
      const held = byId.get(blocker.lock);
      const waiting = intMapGet(dump.trxs, lock.trx);
      const blocking = intMapGet(dump.trxs, blocker.trx);
      const waiter = server.sessions.get(lock.session);
      const holder = server.sessions.get(blocker.session);
      if (held === undefined || waiting === undefined || blocking === undefined) return [];
      if (waiter === undefined || holder === undefined) return [];
      const schema = intMapGet(dump.tables, lock.table)?.schema ?? "";
      const sinceMs = waiter.run?.waits.at(-1)?.fromMs ?? server.log.nowMs;
      const age = Math.floor((server.log.nowMs - sinceMs) / 1000);
      const trxAge = (startedMs: number) => timeText((server.log.nowMs - startedMs) * 1000, 0);
      return [
        [
          nowText(sinceMs),
          timeText(age * 1_000_000, 0),
          age,
          `\`${schema}\`.\`${lock.tableName}\``,
          schema,
          lock.tableName,
          null,
          null,
          isRecLock(lock) ? lock.indexName : null,
          isRecLock(lock) ? "RECORD" : "TABLE",
          trxNumber(waiting),
          nowText(waiting.startedMs),
          trxAge(waiting.startedMs),
          rowsLocked(waiting.ref, waiter),
          waiting.undoCount,
          waiter.connectionId,
          textOf(waiter.run?.sql),
          lockId(lock),
          lockModeText(lock),
          trxNumber(blocking),
          holder.connectionId,
          textOf(holder.run?.sql),
          lockId(held),
          lockModeText(held),
          nowText(blocking.startedMs),
          trxAge(blocking.startedMs),
          rowsLocked(blocking.ref, holder),
          blocking.undoCount,
          `KILL QUERY ${holder.connectionId}`,
          `KILL ${holder.connectionId}`,
        ],
      ];
    }),
  );
}

/** Every lock on a table's name that is asked for, beside every one that somebody has: whether it is in the way or not. */
function schemaTableLockWaits(server: Server, textOf: StatementText): Datum[][] {
  const tickets = [...server.mdl.tickets()].filter(({ lock }) => lock.key.namespace === "TABLE");
  return tickets
    .filter((held) => held.status === "GRANTED")
    .flatMap((held) =>
      tickets.flatMap((ticket): Datum[][] => {
        if (ticket.status !== "PENDING" || ticket.lock !== held.lock) return [];
        const waiter = server.sessions.get(ticket.owner.session);
        const holder = server.sessions.get(held.owner.session);
        if (waiter === undefined || holder === undefined) return [];
        const startedMs = waiter.run?.startedMs ?? server.log.nowMs;
        const seconds = Math.floor((server.log.nowMs - startedMs) / 1000);
        return [
          [
            ticket.lock.key.schema,
            ticket.lock.key.name,
            threadId(waiter),
            waiter.connectionId,
            "root@localhost",
            ticket.mode,
            ticket.shownDuration,
            textOf(waiter.run?.sql),
            seconds,
            0,
            0,
            threadId(holder),
            holder.connectionId,
            "root@localhost",
            held.mode,
            held.shownDuration,
            `KILL QUERY ${holder.connectionId}`,
            `KILL ${holder.connectionId}`,
          ],
        ];
      }),
    );
}
