/**
 * information_schema.
 *
 * MySQL: sql/sql_show.cc, storage/innobase/handler/i_s.cc (innodb_trx), sql/dd/impl/system_views.
 * Departure: the columns that demos and notes use; sizes and file names are left out.
 */
import { intMapGet, intMapValues } from "../../base/int_map.ts";
import type { Datum } from "../../innodb/api.ts";
import type { TrxState } from "../../trace/state.ts";
import { isSystemSchema } from "../catalog/catalog.ts";
import { engineOf } from "../catalog/engine_tables.ts";
import { nowText } from "../clock_text.ts";
import type { Server } from "../server.ts";
import { processes } from "../session/processes.ts";
import { wholeOf } from "../types/integer.ts";
import { allTablesWithColumns, indexColumns } from "./dictionary_rows.ts";
import { lockId } from "./lock_rows.ts";
import type { SchemaTable } from "./schema_table.ts";
import { trxNumber } from "./trx_number.ts";

export const INFORMATION_SCHEMA: readonly SchemaTable[] = [
  {
    name: "INNODB_TRX",
    columns: [
      "#trx_id",
      "trx_state",
      "@trx_started",
      "trx_requested_lock_id",
      "@trx_wait_started",
      "#trx_weight",
      "#trx_mysql_thread_id",
      "trx_query",
      "trx_operation_state",
      "#trx_tables_in_use",
      "#trx_tables_locked",
      "#trx_lock_structs",
      "#trx_lock_memory_bytes",
      "#trx_rows_locked",
      "#trx_rows_modified",
      "#trx_concurrency_tickets",
      "trx_isolation_level",
      "#trx_unique_checks",
      "#trx_foreign_key_checks",
      "trx_last_foreign_key_error",
      "#trx_adaptive_hash_latched",
      "#trx_adaptive_hash_timeout",
      "#trx_is_read_only",
      "#trx_autocommit_non_locking",
      "#trx_schedule_weight",
    ],
    rows: innodbTrx,
  },
  {
    name: "PROCESSLIST",
    columns: ["#ID", "USER", "HOST", "DB", "COMMAND", "#TIME", "STATE", "INFO"],
    rows: (server) =>
      processes(server).map(({ id, user, host, db, command, timeS, state, info }) => [
        id,
        user,
        host,
        db,
        command,
        timeS,
        state,
        info,
      ]),
  },
  {
    name: "SCHEMATA",
    columns: [
      "CATALOG_NAME",
      "SCHEMA_NAME",
      "DEFAULT_CHARACTER_SET_NAME",
      "DEFAULT_COLLATION_NAME",
    ],
    rows: ({ catalog }) =>
      catalog.databaseNames().map((name) => {
        const { charset = "utf8mb4", collation = "utf8mb4_0900_ai_ci" } =
          catalog.database(name) ?? {};
        return ["def", name, charset, collation];
      }),
  },
  {
    name: "TABLES",
    columns: [
      "TABLE_CATALOG",
      "TABLE_SCHEMA",
      "TABLE_NAME",
      "TABLE_TYPE",
      "ENGINE",
      "#VERSION",
      "ROW_FORMAT",
      "#TABLE_ROWS",
      "#DATA_LENGTH",
      "#INDEX_LENGTH",
      "#AUTO_INCREMENT",
      "@CREATE_TIME",
      "TABLE_COLLATION",
      "TABLE_COMMENT",
    ],
    rows: (server) =>
      server.catalog
        .allTables()
        .filter((table) => !isSystemSchema(table.schema))
        .map((table) => {
          const { rows, pages } = engineOf(server, table).stats(table.info.id);
          const hasCounter = table.columns.some((column) => column.autoIncrement);
          return [
            "def",
            table.schema,
            table.name,
            "BASE TABLE",
            table.engine,
            10,
            "Dynamic",
            rows,
            pages * 16_384,
            (table.info.indexes.length - 1) * 16_384,
            hasCounter
              ? wholeOf(engineOf(server, table).tableInfo(table.info.id).autoIncrement)
              : null,
            nowText(table.createdMs),
            table.collation,
            table.comment,
          ];
        }),
  },
  {
    name: "COLUMNS",
    columns: [
      "TABLE_CATALOG",
      "TABLE_SCHEMA",
      "TABLE_NAME",
      "COLUMN_NAME",
      "#ORDINAL_POSITION",
      "COLUMN_DEFAULT",
      "IS_NULLABLE",
      "DATA_TYPE",
      "COLLATION_NAME",
      "COLUMN_TYPE",
      "COLUMN_KEY",
      "EXTRA",
      "COLUMN_COMMENT",
    ],
    rows: allTablesWithColumns,
  },
  {
    name: "STATISTICS",
    columns: [
      "TABLE_CATALOG",
      "TABLE_SCHEMA",
      "TABLE_NAME",
      "#NON_UNIQUE",
      "INDEX_SCHEMA",
      "INDEX_NAME",
      "#SEQ_IN_INDEX",
      "COLUMN_NAME",
      "COLLATION",
      "#CARDINALITY",
      "#SUB_PART",
      "NULLABLE",
      "INDEX_TYPE",
      "IS_VISIBLE",
    ],
    rows: indexColumns,
  },
  {
    name: "ENGINES",
    columns: ["ENGINE", "SUPPORT", "COMMENT", "TRANSACTIONS", "XA", "SAVEPOINTS"],
    rows: () => [
      [
        "InnoDB",
        "DEFAULT",
        "Supports transactions, row-level locking, and foreign keys",
        "YES",
        "YES",
        "YES",
      ],
      [
        "MEMORY",
        "YES",
        "Hash based, stored in memory, useful for temporary tables",
        "NO",
        "NO",
        "NO",
      ],
      ["MyISAM", "YES", "MyISAM storage engine", "NO", "NO", "NO"],
    ],
  },
  {
    name: "INNODB_METRICS",
    columns: ["NAME", "SUBSYSTEM", "#COUNT", "STATUS", "TYPE", "COMMENT"],
    rows: innodbMetrics,
  },
];

function innodbTrx(server: Server): Datum[][] {
  const dump = server.engine.dump();
  const rows: Datum[][] = [];
  for (const trx of intMapValues(dump.trxs)) {
    const session = server.sessions.get(trx.session);
    if (session === undefined) continue;
    const tableLocks = [...intMapValues(dump.tableLocks)].filter((lock) => lock.trx === trx.ref);
    const recLocks = [...intMapValues(dump.recLocks)].filter((lock) => lock.trx === trx.ref);
    const structs = new Set(recLocks.map((lock) => lock.struct)).size + tableLocks.length;
    const wait =
      trx.waitsFor === null
        ? null
        : (intMapGet(dump.recLocks, trx.waitsFor) ??
          intMapGet(dump.tableLocks, trx.waitsFor) ??
          null);
    const { run } = session;
    rows.push([
      trxNumber(trx),
      wait === null ? (trx.status === "rollingBack" ? "ROLLING BACK" : "RUNNING") : "LOCK WAIT",
      nowText(trx.startedMs),
      wait === null ? null : lockId(wait),
      waitStarted(server, trx),
      trx.undoCount + structs,
      session.connectionId,
      run?.sql ?? null,
      wait === null ? null : (session.trx?.operation ?? null),
      0,
      tableLocks.length,
      structs,
      1128,
      recLocks.filter((lock) => lock.rec !== 0).length,
      trx.undoCount,
      0,
      trx.isolation,
      flag(session.variables.isOn("unique_checks")),
      flag(session.variables.isOn("foreign_key_checks")),
      null,
      0,
      0,
      flag(trx.readOnly),
      flag(trx.autocommit && recLocks.length + tableLocks.length === 0),
      null,
    ]);
  }
  return rows.reverse();
}

function waitStarted(server: Server, trx: TrxState): string | null {
  if (trx.waitsFor === null) return null;
  const wait = server.sessions.get(trx.session)?.run?.waits.at(-1);
  return wait === undefined ? null : nowText(wait.fromMs);
}

function innodbMetrics(server: Server): Datum[][] {
  const { history } = server.engine.dump();
  const length = history.length;
  return [
    [
      "lock_deadlocks",
      "lock",
      server.status.deadlocks,
      "enabled",
      "counter",
      "Number of deadlocks",
    ],
    [
      "lock_timeouts",
      "lock",
      server.status.lockTimeouts,
      "enabled",
      "counter",
      "Number of lock timeouts",
    ],
    [
      "lock_row_lock_waits",
      "lock",
      server.status.rowLockWaits,
      "enabled",
      "status_counter",
      "Number of times a row lock had to be waited for (innodb_row_lock_waits)",
    ],
    [
      "trx_rseg_history_len",
      "transaction",
      length,
      "enabled",
      "value",
      "Length of the TRX_RSEG_HISTORY list",
    ],
  ];
}

function flag(on: boolean): number {
  return on ? 1 : 0;
}
