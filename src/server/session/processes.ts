/**
 * The connections as the processlist shows them.
 *
 * MySQL: sql/sql_show.cc: mysqld_list_processes, thread_state_info (NET::reading_or_writing is 2 during a send).
 */
import type { Datum } from "../../innodb/api.ts";
import type { Server } from "../server.ts";
import type { Session } from "./session.ts";

export interface Process {
  readonly id: number;
  readonly user: string;
  readonly host: string;
  readonly db: string | null;
  readonly command: "Query" | "Sleep" | "Daemon";
  readonly timeS: number;
  /** SHOW PROCESSLIST and information_schema: what the thread does with its socket goes before what it executes. */
  readonly state: string;
  /** performance_schema.threads: what it executes. */
  readonly stage: string;
  readonly info: string | null;
}

/** The columns that every processlist begins with, from Id to Info; `state` is the one that it shows. */
export function processColumns(
  { id, user, host, db, command, timeS, info }: Process,
  state: string | null,
): Datum[] {
  return [id, user, host, db, command, timeS, state, info];
}

export function processes(server: Server): readonly Process[] {
  const daemons = server.globals.text("event_scheduler") === "ON" ? [eventScheduler(server)] : [];
  return [
    ...daemons,
    ...[...server.sessions.values()]
      .filter((session) => !session.isGone)
      .map((session) => processOf(server, session)),
  ];
}

/** The thread that every server has started with since 8.0. */
function eventScheduler({ log }: Server): Process {
  const waiting = "Waiting on empty queue";
  return {
    id: 5,
    user: "event_scheduler",
    host: "localhost",
    db: null,
    command: "Daemon",
    timeS: Math.floor(log.nowMs / 1000),
    state: waiting,
    stage: waiting,
    info: null,
  };
}

function processOf(server: Server, session: Session): Process {
  const { run } = session;
  const sinceMs = run?.startedMs ?? session.sinceMs;
  return {
    id: session.connectionId,
    user: "root",
    host: "localhost",
    db: session.database === "" ? null : session.database,
    command: run === null ? "Sleep" : "Query",
    timeS: Math.floor((server.log.nowMs - sinceMs) / 1000),
    state: run?.suspension?.kind === "net" ? "Sending to client" : session.processState,
    stage: session.processState,
    info: run?.sql ?? null,
  };
}
