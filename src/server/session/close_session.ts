/**
 * A connection ends: by the client, by KILL, by COMMIT RELEASE, by wait_timeout. Whatever it holds goes: its transaction is
 * rolled back, then its locks of every kind are released.
 *
 * MySQL: THD::cleanup (sql/sql_class.cc).
 */

import { dropTemporaryTables } from "../ddl/temporary.ts";
import { mysqlError } from "../errors.ts";
import type { Server } from "../server.ts";
import type { Session } from "./session.ts";
import { leaveXa } from "./xa.ts";

export function closeSession(
  server: Server,
  session: Session,
  why: "disconnect" | "killed" | "release" | "writeTimeout" | "clientGone",
): void {
  if (session.isGone) return;
  if (why !== "disconnect") session.wire?.connection.shutDown(why === "release" ? "released" : why);
  const leave = () => {
    leaveXa(server, session);
    if (session.trx !== null) {
      server.engine.rollback(session.trx, why === "killed" ? "killed" : "disconnect");
      session.trx = null;
    }
    session.isBegun = false;
    session.inTransaction = false;
    session.savepoints = [];
    session.lockedTables = null;
    session.statements.clear();
    session.holdsGlobalReadLock = false;
    session.openTables = [];
    session.handlers.clear();
    server.myisam.releaseLocks(session);
    server.flushed.release(session);
    session.publish(why);
    dropTemporaryTables(server, session);
    session.mdl.releaseEverything(why === "killed" ? "killed" : "explicit");
    session.status = "gone";
    server.log.emit({ type: "session.closed", name: session.name, why });
  };
  server.log.within({ statement: null, session: session.name }, leave, null);
}

/** wait_timeout has passed: the client finds 4031 when it asks next. */
export function closeIdleSession(server: Server, session: Session): void {
  session.wire?.farewell(mysqlError("ER_CLIENT_INTERACTION_TIMEOUT").error);
  closeSession(server, session, "killed");
}
