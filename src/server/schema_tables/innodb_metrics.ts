/**
 * information_schema.innodb_metrics: the counters that are on when a server starts, as far as something here moves them.
 *
 * MySQL: storage/innobase/srv/srv0mon.cc.
 */
import type { Datum } from "../../innodb/api.ts";
import { nowText } from "../clock_text.ts";
import type { Server } from "../server.ts";
import { statusRows } from "../show/status.ts";
import { words } from "./empty_tables.ts";

export const METRIC_COLUMNS = words(
  "NAME SUBSYSTEM #COUNT #MAX_COUNT #MIN_COUNT AVG_COUNT #COUNT_RESET #MAX_COUNT_RESET #MIN_COUNT_RESET",
  "AVG_COUNT_RESET @TIME_ENABLED @TIME_DISABLED #TIME_ELAPSED @TIME_RESET STATUS TYPE COMMENT",
);

type MetricType = "counter" | "status_counter" | "value";

interface Metric {
  readonly name: string;
  readonly subsystem: string;
  readonly count: number;
  readonly type: MetricType;
  readonly comment: string;
}

export function innodbMetrics(server: Server): Datum[][] {
  const { log } = server;
  const elapsedS = Math.floor(log.nowMs / 1000);
  return metrics(server).map(({ name, subsystem, count, type, comment }) => {
    const max = type === "status_counter" || count > 0 ? count : null;
    const average = type === "value" || elapsedS === 0 ? null : String(count / elapsedS);
    return [
      name,
      subsystem,
      count,
      max,
      null,
      average,
      count,
      max,
      null,
      null,
      nowText(0),
      null,
      elapsedS,
      null,
      "enabled",
      type,
      comment,
    ];
  });
}

function metrics(server: Server): readonly Metric[] {
  const { status, engine } = server;
  const shown = new Map(statusRows(server));
  const ofStatus = (name: string) => Number(shown.get(name) ?? "0");
  const lock = (name: string, count: number, type: MetricType, comment: string): Metric => ({
    name,
    subsystem: "lock",
    count,
    type,
    comment,
  });
  const current = ofStatus("Innodb_row_lock_current_waits");
  return [
    lock("lock_deadlocks", status.deadlocks, "counter", "Number of deadlocks"),
    lock(
      "lock_threads_waiting",
      current,
      "value",
      "Number of query threads sleeping waiting for a lock",
    ),
    lock("lock_timeouts", status.lockTimeouts, "counter", "Number of lock timeouts"),
    lock(
      "lock_row_lock_current_waits",
      current,
      "status_counter",
      "Number of row locks currently being waited for (innodb_row_lock_current_waits)",
    ),
    lock(
      "lock_row_lock_time",
      ofStatus("Innodb_row_lock_time"),
      "status_counter",
      "Time spent in acquiring row locks, in milliseconds (innodb_row_lock_time)",
    ),
    lock(
      "lock_row_lock_time_max",
      ofStatus("Innodb_row_lock_time_max"),
      "value",
      "The maximum time to acquire a row lock, in milliseconds (innodb_row_lock_time_max)",
    ),
    lock(
      "lock_row_lock_waits",
      status.rowLockWaits,
      "status_counter",
      "Number of times a row lock had to be waited for (innodb_row_lock_waits)",
    ),
    lock(
      "lock_row_lock_time_avg",
      ofStatus("Innodb_row_lock_time_avg"),
      "value",
      "The average time to acquire a row lock, in milliseconds (innodb_row_lock_time_avg)",
    ),
    {
      name: "trx_rseg_history_len",
      subsystem: "transaction",
      count: engine.dump().history.length,
      type: "value",
      comment: "Length of the TRX_RSEG_HISTORY list",
    },
  ];
}
