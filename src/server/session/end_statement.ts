/**
 * How a statement ends: its locks, its transaction if that ends with it, and its tables.
 *
 * MySQL: trans_commit_stmt, trans_rollback_stmt, close_thread_tables.
 */

import { isPending } from "../../base/answer.ts";
import type { Answer, Exec, MysqlFailure } from "../context.ts";
import type { Server } from "../server.ts";
import type { Session } from "./session.ts";
import type { StatementExecution } from "./statement_execution.ts";
import { commitTrx, forgetEngines, rollbackTransaction } from "./transaction.ts";

export const DEADLOCK = 1213;

/** MySQL: trans_commit_stmt. */
export function endStatement(
  server: Server,
  session: Session,
  execution: StatementExecution,
): Answer<void> {
  const { trx } = session;
  if (trx === null) {
    if (execution.readsDictionary && !session.inMultiStatement) {
      session.resetOneShot();
      session.transactions.ended(session, "COMMITTED");
    }
    return;
  }
  if (execution.hasStarted) server.engine.statementEnd(trx);
  if (session.inMultiStatement) return;
  session.setProcessState("waiting for handler commit");
  const committing = commitTrx(server, session);
  if (isPending(committing)) return endLater(session, committing);
  autocommitted(session);
}

function* endLater(session: Session, committing: Exec<void>): Exec<void> {
  yield* committing;
  autocommitted(session);
}

function autocommitted(session: Session): void {
  session.transactions.ended(session, "COMMITTED");
  forgetEngines(session);
  session.resetOneShot();
  session.publish("the autocommitted statement has ended");
}

/** MySQL: trans_rollback_stmt, and trans_rollback_implicit where the engine asked for it. */
export function undoStatement(
  server: Server,
  session: Session,
  execution: StatementExecution,
  failure: MysqlFailure,
): void {
  if (rollsBackEverything(server, session, failure)) {
    const { errno } = failure.error;
    // MySQL: trans_rollback_implicit leaves SET TRANSACTION's level and access mode to the next transaction.
    const isAutocommitted = !session.inTransaction;
    rollbackTransaction(server, session, errno === DEADLOCK ? "deadlock" : "timeout");
    if (isAutocommitted) session.resetOneShot();
    session.mdl.releaseTransactional(errno === DEADLOCK ? "deadlockVictim" : "timeout");
    if (session.xa !== null) {
      session.xa.undone = errno === DEADLOCK ? "ER_XA_RBDEADLOCK" : "ER_XA_RBTIMEOUT";
    }
    session.publish("the transaction was rolled back");
    return;
  }
  const { trx } = session;
  if (trx === null) return;
  if (session.inMultiStatement) {
    if (!execution.hasStarted) return;
    server.engine.rollbackStatement(trx);
    server.engine.statementEnd(trx);
    return;
  }
  server.engine.rollback(trx, session.killed === null ? "rollback" : "killed");
  session.trx = null;
  session.transactions.ended(session, "ROLLED BACK");
  forgetEngines(session);
  session.resetOneShot();
  session.publish("the failed statement was rolled back");
}

function rollsBackEverything(server: Server, session: Session, failure: MysqlFailure): boolean {
  if (failure.error.errno === DEADLOCK) return true;
  if (failure.error.errno !== 1205 || !server.globals.isOn("innodb_rollback_on_timeout")) {
    return false;
  }
  const waitedFor = session.run?.waits.at(-1)?.reason.kind;
  return waitedFor === "recLock" || waitedFor === "tableLock";
}

/** MySQL: close_thread_tables: table-level locks last as long as the statement, or as LOCK TABLES. */
export function closeTables(server: Server, session: Session): void {
  if (session.openTables.length > 0) session.openTables = [];
  server.flushed.release(session);
  if (session.lockedTables !== null) return;
  if (session.visibleLengths.size > 0) session.visibleLengths.clear();
  server.myisam.releaseLocks(session);
}
