/**
 * Status counters: what SHOW STATUS and performance_schema.global_status list.
 *
 * MySQL: sql/mysqld.cc: status_vars; InnoDB: srv0srv.cc: srv_export_innodb_status.
 * Departure: only counters that something here moves.
 */
import {
  DELETE,
  READ_FIRST,
  READ_KEY,
  READ_LAST,
  READ_NEXT,
  READ_PREV,
  READ_RND,
  READ_RND_NEXT,
  UPDATE,
  WRITE,
} from "../../innodb/handler_calls.ts";
import type { Server } from "../server.ts";
import { processes } from "../session/processes.ts";
import type { Session } from "../session/session.ts";

/** What SHOW STATUS lists: with the commands and the handlers' calls of the session, or of all. */
export function shownStatusRows(server: Server, session: Session | null): Rows {
  const rows = countedRows(server, session);
  const at = rows.findIndex(([name]) => name > "Com_");
  const { commands } = session ?? server.status;
  return [...rows.slice(0, at), ...commands.rows(), ...rows.slice(at)];
}

/** What performance_schema.global_status and session_status list, which have no commands. */
export function countedRows(server: Server, session: Session | null): Rows {
  return [...statusRows(server), ...handlerRows(server, session)].sort(byName);
}

/** FLUSH STATUS: the session's counters begin anew; those of all go on. */
export function flushStatus(session: Session): void {
  session.commands.reset();
  session.callsBefore = session.calls.slice();
}

type Rows = [name: string, value: string][];

/**
 * Handler_*: the calls of InnoDB's handlers.
 *
 * Departure: those of the tables that a statement makes for itself, and of the dictionary's, are not counted.
 */
function handlerRows(server: Server, session: Session | null): Rows {
  const sessions = session === null ? [...server.sessions.values()] : [session];
  const count = (call: number): number =>
    sessions.reduce((sum, { calls }) => sum + (calls[call] ?? 0), 0) -
    (session?.callsBefore?.[call] ?? 0);
  const [first, last, byPosition] = [count(READ_FIRST), count(READ_LAST), count(READ_RND)];
  const entries: [string, number][] = [
    ["delete", count(DELETE)],
    ["read_first", first],
    ["read_key", count(READ_KEY) + first + last + byPosition],
    ["read_last", last],
    ["read_next", count(READ_NEXT)],
    ["read_prev", count(READ_PREV)],
    ["read_rnd", byPosition],
    ["read_rnd_next", count(READ_RND_NEXT)],
    ["update", count(UPDATE)],
    ["write", count(WRITE)],
  ];
  return entries.map(([name, value]) => [`Handler_${name}`, String(value)]);
}

/** In the order of their names. */
export function statusRows(server: Server): Rows {
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
    ["Threads_running", processes(server).filter(({ command }) => command !== "Sleep").length],
    ["Uptime", Math.floor(server.log.nowMs / 1000)],
  ];
  return entries.map(([name, value]): [string, string] => [name, String(value)]).sort(byName);
}

function byName([a]: Rows[number], [b]: Rows[number]): number {
  return a < b ? -1 : 1;
}
