/**
 * sys.processlist and sys.session: each connection with its statement and its transaction.
 *
 * MySQL: scripts/sys_schema/views/p_s/processlist.sql, session.sql.
 * Departure: there are no threads in the background, and memory, CPU times and waits of the server itself are not known.
 */
import type { Datum } from "../../innodb/api.ts";
import { picoText } from "../expr/functions_pfs.ts";
import type { StatementRun } from "../scheduler/statement_run.ts";
import type { Server } from "../server.ts";
import { type Process, processes } from "../session/processes.ts";
import { words } from "./empty_tables.ts";
import { PICOSECONDS } from "./event_numbers.ts";
import type { SchemaTable } from "./schema_table.ts";
import { formatStatement, type StatementText, wholeStatement } from "./statement_text.ts";
import { FIRST_THREAD } from "./thread_id.ts";
import { timesOf } from "./transaction_events.ts";

/** Latencies are texts; of the views with x$ they are picoseconds. */
const COLUMNS = words(
  "#thd_id #conn_id user db command state #time current_statement execution_engine ~statement_latency #progress",
  "~lock_latency ~cpu_latency #rows_examined #rows_sent #rows_affected #tmp_tables #tmp_disk_tables full_scan",
  "last_statement ~last_statement_latency ~current_memory last_wait ~last_wait_latency source ~trx_latency",
  "trx_state trx_autocommit pid program_name",
);

const SHOWN = COLUMNS.map((name) => name.replace("~", ""));
const RAW = COLUMNS.map((name) => name.replace("~", "#"));

export const SYS_PROCESSLISTS: readonly SchemaTable[] = [
  { name: "processlist", columns: SHOWN, rows: (server) => shownRows(server, processes(server)) },
  { name: "x$processlist", columns: RAW, rows: (server) => rawRows(server, processes(server)) },
  { name: "session", columns: SHOWN, rows: (server) => shownRows(server, clients(server)) },
  { name: "x$session", columns: RAW, rows: (server) => rawRows(server, clients(server)) },
];

function clients(server: Server): readonly Process[] {
  return processes(server).filter(({ command }) => command !== "Daemon");
}

function shownRows(server: Server, list: readonly Process[]): Datum[][] {
  return list.map((thread) => rowOf(server, thread, formatStatement, picoText));
}

function rawRows(server: Server, list: readonly Process[]): Datum[][] {
  return list.map((thread) => rowOf(server, thread, wholeStatement, (picoseconds) => picoseconds));
}

type Latency = (picoseconds: number) => Datum;

function rowOf(
  server: Server,
  { id, user, host, db, command, stage, timeS, info }: Process,
  textOf: StatementText,
  latencyOf: Latency,
): Datum[] {
  const { nowMs } = server.log;
  const session = [...server.sessions.values()].find((one) => one.connectionId === id);
  const run = session === undefined ? null : (server.history.of(session).at(-1) ?? null);
  const trx = session?.transactions.all().at(-1) ?? null;
  const isOver = run !== null && run.endedMs !== null;
  const msOf = (from: number, to: number | null) => latencyOf(((to ?? nowMs) - from) * PICOSECONDS);
  const ran = run === null ? null : msOf(run.startedMs, run.endedMs);
  return [
    FIRST_THREAD + id,
    id,
    command === "Daemon" ? `sql/${user}` : `${user}@${host}`,
    db,
    command,
    stage === "" ? null : stage,
    timeS,
    textOf(info ?? undefined),
    "PRIMARY",
    isOver ? null : ran,
    null,
    ...(run === null ? NO_COUNTS : countsOf(run, nowMs, latencyOf)),
    isOver ? textOf(run.sql) : null,
    isOver ? ran : null,
    null,
    null,
    null,
    null,
    trx === null ? null : msOf(timesOf(trx).startedMs, timesOf(trx).endedMs),
    trx?.state ?? null,
    trx === null ? null : trx.isAutocommitted ? "YES" : "NO",
    null,
    null,
  ];
}

/** From lock_latency to full_scan. */
function countsOf(run: StatementRun, nowMs: number, latencyOf: Latency): readonly Datum[] {
  const { outcome } = run;
  return [
    latencyOf(waitedMs(run, nowMs) * PICOSECONDS),
    latencyOf(0),
    run.rowsExamined,
    outcome?.kind === "rows" ? outcome.rows.length : 0,
    outcome?.kind === "ok" ? outcome.affected : 0,
    0,
    0,
    readsAll(run) ? "YES" : "NO",
  ];
}

const NO_COUNTS: readonly Datum[] = [null, null, null, null, null, null, null, "NO"];

function waitedMs({ waits }: StatementRun, nowMs: number): number {
  return waits.reduce((sum, { fromMs, toMs }) => sum + ((toMs ?? nowMs) - fromMs), 0);
}

/** MySQL: THD::set_status_no_index_used. */
function readsAll({ plans }: StatementRun): boolean {
  return plans.some(({ access }) => access === "ALL" || access === "index");
}
