/**
 * Status counters: what SHOW STATUS and performance_schema.global_status list.
 *
 * MySQL: sql/mysqld.cc: status_vars; InnoDB: srv0srv.cc: srv_export_innodb_status.
 * Departure: only counters that something here moves.
 */
import type { Server } from "../server.ts";
import type { CommandCounts } from "./command_counters.ts";

/** What SHOW STATUS lists: with the commands of the session, or of all. */
export function shownStatusRows(
  server: Server,
  commands: CommandCounts,
): [name: string, value: string][] {
  const rows = statusRows(server);
  const at = rows.findIndex(([name]) => name > "Com_");
  return [...rows.slice(0, at), ...commands.rows(), ...rows.slice(at)];
}

/** In the order of their names. */
export function statusRows(server: Server): [name: string, value: string][] {
  const { status } = server;
  const current = [...server.sessions.values()].filter(
    (session) => session.run?.suspension?.kind === "recLock",
  ).length;
  const open = [...server.sessions.values()].filter((session) => !session.isGone).length;
  const waits = status.rowLockWaits;
  const entries: [string, number][] = [
    ["Connections", server.sessions.size],
    ["Innodb_row_lock_current_waits", current],
    ["Innodb_row_lock_time", Math.round(status.rowLockTimeMs)],
    ["Innodb_row_lock_time_avg", waits === 0 ? 0 : Math.floor(status.rowLockTimeMs / waits)],
    ["Innodb_row_lock_time_max", Math.round(status.rowLockTimeMaxMs)],
    ["Innodb_row_lock_waits", waits],
    ["Questions", server.history.count],
    ["Threads_connected", open],
    ["Threads_running", [...server.sessions.values()].filter((s) => s.run !== null).length],
    ["Uptime", Math.floor(server.log.nowMs / 1000)],
  ];
  return entries
    .map(([name, value]): [string, string] => [name, String(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
