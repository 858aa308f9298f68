/**
 * The five Innodb_row_lock_% counters at a moment, out of the waits of the statements so far.
 *
 * InnoDB: srv_export_innodb_status (srv0srv.cc): times in milliseconds, only of waits that have ended.
 */
import { intMapValues } from "../base/int_map.ts";
import type { State } from "../trace/state.ts";

export const ROW_LOCK_COUNTERS = [
  "Innodb_row_lock_current_waits",
  "Innodb_row_lock_time",
  "Innodb_row_lock_time_avg",
  "Innodb_row_lock_time_max",
  "Innodb_row_lock_waits",
] as const;
export type RowLockCounter = (typeof ROW_LOCK_COUNTERS)[number];

export function rowLockCounters(state: State): Readonly<Record<RowLockCounter, number>> {
  let [current, time, longest, waits] = [0, 0, 0, 0];
  for (const statement of intMapValues(state.statements)) {
    for (const wait of statement.waits) {
      if (wait.reason.kind !== "recLock") continue;
      waits += 1;
      if (wait.toMs === null) current += 1;
      const waited = wait.toMs === null ? 0 : wait.toMs - wait.fromMs;
      time += waited;
      longest = Math.max(longest, waited);
    }
  }
  return {
    Innodb_row_lock_current_waits: current,
    Innodb_row_lock_time: Math.round(time),
    Innodb_row_lock_time_avg: waits === 0 ? 0 : Math.floor(time / waits),
    Innodb_row_lock_time_max: Math.round(longest),
    Innodb_row_lock_waits: waits,
  };
}
