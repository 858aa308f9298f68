/** SHOW PROCESSLIST, and the rows of the processlist tables (MySQL: sql/sql_show.cc: mysqld_list_processes). */
import type { ShowProcesslist } from "../../sql/ast_show.ts";
import type { ExecResult } from "../context.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { shownResult } from "./rows.ts";

/** SHOW PROCESSLIST without FULL cuts the statement's text here. */
const INFO_LENGTH = 100;

export interface Process {
  readonly id: number;
  readonly user: string;
  readonly host: string;
  readonly db: string | null;
  readonly command: "Query" | "Sleep";
  readonly timeS: number;
  readonly state: string;
  readonly info: string | null;
}

export function processes(server: Server): readonly Process[] {
  return [...server.sessions.values()]
    .filter((session) => !session.isGone)
    .map((session) => processOf(server, session));
}

export function showProcesslist(
  execution: StatementExecution,
  statement: ShowProcesslist,
): ExecResult {
  const rows = processes(execution.server).map((thread) => [
    String(thread.id),
    thread.user,
    thread.host,
    thread.db,
    thread.command,
    String(thread.timeS),
    thread.state,
    statement.full ? thread.info : (thread.info?.slice(0, INFO_LENGTH) ?? null),
  ]);
  return shownResult({
    columns: ["#Id", "User", "Host", "db", "Command", "#Time", "State", "Info"],
    rows,
  });
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
    state: session.processState,
    info: run?.sql ?? null,
  };
}
