/**
 * information_schema.
 *
 * MySQL: sql/sql_show.cc, storage/innobase/handler/i_s.cc (innodb_trx), sql/dd/impl/system_views.
 * Departure: the tables that demos and notes use; sizes and file names are left out.
 */
import { intMapGet, intMapValues } from "../../base/int_map.ts";
import type { Datum } from "../../innodb/api.ts";
import type { TrxState } from "../../trace/state.ts";
import { nowText } from "../clock_text.ts";
import { processlistDeprecated } from "../expr/deprecated.ts";
import type { Server } from "../server.ts";
import { processColumns, processes } from "../session/processes.ts";
import { viewRows } from "../show/create_view.ts";
import { applicabilityRows, characterSetRows, collationRows } from "./charsets.ts";
import {
  checkConstraints,
  innodbForeignColumns,
  innodbForeignKeys,
  keyColumnUsage,
  referentialConstraints,
  tableConstraints,
} from "./constraint_rows.ts";
import { allTables, allTablesWithColumns, indexColumns } from "./dictionary_rows.ts";
import { EMPTY_TABLES, words } from "./empty_tables.ts";
import { ENGINE_ROWS } from "./engine_rows.ts";
import { innodbMetrics, METRIC_COLUMNS } from "./innodb_metrics.ts";
import { INNODB_TABLES } from "./innodb_tables.ts";
import { lockId } from "./lock_rows.ts";
import { ROUTINE_TABLES } from "./routine_rows.ts";
import type { SchemaTable } from "./schema_table.ts";
import { trxNumber } from "./trx_number.ts";

export const INFORMATION_SCHEMA: readonly SchemaTable[] = [
  ...INNODB_TABLES,
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
    rows: (server) => processes(server).map((thread) => processColumns(thread, thread.state)),
    warning: processlistDeprecated,
  },
  {
    name: "SCHEMATA",
    columns: [
      "CATALOG_NAME",
      "SCHEMA_NAME",
      "DEFAULT_CHARACTER_SET_NAME",
      "DEFAULT_COLLATION_NAME",
      "SQL_PATH",
      "DEFAULT_ENCRYPTION",
    ],
    rows: ({ catalog }) =>
      catalog.databaseNames().map((name) => {
        const { charset = "utf8mb4", collation = "utf8mb4_0900_ai_ci" } =
          catalog.database(name) ?? {};
        return ["def", name, charset, collation, null, "NO"];
      }),
  },
  {
    name: "TABLES",
    columns: words(
      "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_TYPE ENGINE #VERSION ROW_FORMAT #TABLE_ROWS #AVG_ROW_LENGTH",
      "#DATA_LENGTH #MAX_DATA_LENGTH #INDEX_LENGTH #DATA_FREE #AUTO_INCREMENT @CREATE_TIME @UPDATE_TIME @CHECK_TIME",
      "TABLE_COLLATION #CHECKSUM CREATE_OPTIONS TABLE_COMMENT",
    ),
    rows: allTables,
  },
  {
    name: "COLUMNS",
    columns: words(
      "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME #ORDINAL_POSITION COLUMN_DEFAULT IS_NULLABLE DATA_TYPE",
      "#CHARACTER_MAXIMUM_LENGTH #CHARACTER_OCTET_LENGTH #NUMERIC_PRECISION #NUMERIC_SCALE #DATETIME_PRECISION",
      "CHARACTER_SET_NAME COLLATION_NAME COLUMN_TYPE COLUMN_KEY EXTRA PRIVILEGES COLUMN_COMMENT",
      "GENERATION_EXPRESSION #SRS_ID",
    ),
    rows: allTablesWithColumns,
  },
  {
    name: "STATISTICS",
    columns: words(
      "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME #NON_UNIQUE INDEX_SCHEMA INDEX_NAME #SEQ_IN_INDEX COLUMN_NAME COLLATION",
      "#CARDINALITY #SUB_PART PACKED NULLABLE INDEX_TYPE COMMENT INDEX_COMMENT IS_VISIBLE EXPRESSION",
    ),
    rows: indexColumns,
  },
  {
    name: "TABLE_CONSTRAINTS",
    columns: words(
      "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_SCHEMA TABLE_NAME CONSTRAINT_TYPE ENFORCED",
    ),
    rows: tableConstraints,
  },
  {
    name: "KEY_COLUMN_USAGE",
    columns: words(
      "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME",
      "#ORDINAL_POSITION #POSITION_IN_UNIQUE_CONSTRAINT REFERENCED_TABLE_SCHEMA REFERENCED_TABLE_NAME",
      "REFERENCED_COLUMN_NAME",
    ),
    rows: keyColumnUsage,
  },
  {
    name: "REFERENTIAL_CONSTRAINTS",
    columns: words(
      "CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME UNIQUE_CONSTRAINT_CATALOG UNIQUE_CONSTRAINT_SCHEMA",
      "UNIQUE_CONSTRAINT_NAME MATCH_OPTION UPDATE_RULE DELETE_RULE TABLE_NAME REFERENCED_TABLE_NAME",
    ),
    rows: referentialConstraints,
  },
  {
    name: "CHECK_CONSTRAINTS",
    columns: words("CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME CHECK_CLAUSE"),
    rows: checkConstraints,
  },
  {
    name: "INNODB_FOREIGN",
    columns: words("ID FOR_NAME REF_NAME #N_COLS #TYPE"),
    rows: innodbForeignKeys,
  },
  {
    name: "INNODB_FOREIGN_COLS",
    columns: words("ID FOR_COL_NAME REF_COL_NAME #POS"),
    rows: innodbForeignColumns,
  },
  {
    name: "CHARACTER_SETS",
    columns: words("CHARACTER_SET_NAME DEFAULT_COLLATE_NAME DESCRIPTION #MAXLEN"),
    rows: characterSetRows,
  },
  {
    name: "COLLATIONS",
    columns: words(
      "COLLATION_NAME CHARACTER_SET_NAME #ID IS_DEFAULT IS_COMPILED #SORTLEN PAD_ATTRIBUTE",
    ),
    rows: collationRows,
  },
  {
    name: "COLLATION_CHARACTER_SET_APPLICABILITY",
    columns: words("COLLATION_NAME CHARACTER_SET_NAME"),
    rows: applicabilityRows,
  },
  {
    name: "ENGINES",
    columns: words("ENGINE SUPPORT COMMENT TRANSACTIONS XA SAVEPOINTS"),
    rows: () => ENGINE_ROWS,
  },
  {
    name: "VIEWS",
    columns: words(
      "TABLE_CATALOG TABLE_SCHEMA TABLE_NAME VIEW_DEFINITION CHECK_OPTION IS_UPDATABLE DEFINER SECURITY_TYPE",
      "CHARACTER_SET_CLIENT COLLATION_CONNECTION",
    ),
    rows: viewRows,
  },
  ...EMPTY_TABLES,
  ...ROUTINE_TABLES,
  {
    name: "INNODB_METRICS",
    columns: METRIC_COLUMNS,
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
    // What is prepared and belongs to no session has no thread.
    const isOwn = session.trx?.ref === trx.ref;
    const run = isOwn ? session.run : null;
    rows.push([
      trxNumber(trx),
      wait === null ? (trx.status === "rollingBack" ? "ROLLING BACK" : "RUNNING") : "LOCK WAIT",
      nowText(trx.startedMs),
      wait === null ? null : lockId(wait),
      waitStarted(server, trx),
      trx.undoCount + structs,
      isOwn ? session.connectionId : 0,
      run?.sql ?? null,
      wait === null ? null : (session.trx?.operation ?? null),
      wait === null ? 0 : 1,
      tableLocks.length,
      structs,
      1128,
      recLocks.filter((lock) => lock.rec !== 0).length + (session.trx?.recLocksGivenUp ?? 0),
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
      wait === null || session.trx === null ? null : server.engine.scheduleWeight(session.trx),
    ]);
  }
  return rows.reverse();
}

function waitStarted(server: Server, trx: TrxState): string | null {
  if (trx.waitsFor === null) return null;
  const wait = server.sessions.get(trx.session)?.run?.waits.at(-1);
  return wait === undefined ? null : nowText(wait.fromMs);
}

function flag(on: boolean): number {
  return on ? 1 : 0;
}
