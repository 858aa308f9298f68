/**
 * KILL QUERY and KILL CONNECTION.
 *
 * MySQL: sql/sql_kill.cc: sql_kill; THD::awake.
 */
import { mysqlError } from "../errors.ts";
import type { Server } from "../server.ts";
import { closeSession } from "./close_session.ts";
import type { Session } from "./session.ts";

/** Throws 1094 for an unknown id, and 1317 when a session kills itself. */
export function kill(
  server: Server,
  killer: Session,
  target: "connection" | "query",
  id: bigint,
): void {
  const wanted = Number(BigInt.asUintN(32, id));
  const victim = [...server.sessions.values()].find(
    (session) => session.connectionId === wanted && !session.isGone,
  );
  if (victim === undefined) throw mysqlError("ER_NO_SUCH_THREAD", wanted);
  if (victim === killer) {
    killer.killed = target;
    throw mysqlError("ER_QUERY_INTERRUPTED");
  }
  killOther(server, victim, target);
}

function killOther(server: Server, victim: Session, target: "connection" | "query"): void {
  const { run } = victim;
  if (run === null) {
    if (target === "connection") closeSession(server, victim, "killed");
    return;
  }
  victim.killed = target;
  if (target === "connection") {
    run.isCutOff = true;
    victim.wire?.connection.shutDown("killed");
  }
  server.scheduler.interrupt(run);
}
