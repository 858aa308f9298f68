/**
 * Transactions as the SQL layer sees them: begun by BEGIN or, with autocommit=0, by the first statement on a table; ended by
 * COMMIT, ROLLBACK, by statements that commit implicitly, and by deadlocks. InnoDB's transaction begins at the first table.
 *
 * A COMMIT of changes takes the COMMIT metadata lock for a moment: there FLUSH TABLES WITH READ LOCK holds it back.
 *
 * MySQL: sql/transaction.cc (trans_begin, trans_commit, trans_commit_implicit, trans_rollback), sql/handler.cc
 * (ha_commit_trans, ha_rollback_trans).
 */
import { andThen, isPending } from "../../base/answer.ts";
import type { Trx } from "../../innodb/api.ts";
import type { Answer, Exec } from "../context.ts";
import { mysqlWarning, superReadOnlyError } from "../errors.ts";
import type { Server } from "../server.ts";
import { unlockTables } from "./lock_tables.ts";
import { failMdl } from "./mdl_failure.ts";
import type { Session } from "./session.ts";

const COMMIT_KEY = { namespace: "COMMIT", schema: null, name: null } as const;
const COMMIT_LOCK = {
  key: COMMIT_KEY,
  mode: "INTENTION_EXCLUSIVE",
  duration: "EXPLICIT",
} as const;

/** InnoDB's transaction of the session, begun if there is none. */
export function startTrx(server: Server, session: Session): Trx {
  if (session.trx !== null) return session.trx;
  const trx = server.engine.begin({
    session: session.name,
    isolation: session.engineIsolation,
    readOnly: session.trxReadOnly,
    autocommit: !session.inMultiStatement,
    calls: session.calls,
  });
  session.trx = trx;
  session.transactions.begun(session);
  if (session.lockedTables !== null) session.hasBegunUnderLocks = true;
  if (session.inMultiStatement) registerEngine(session);
  session.publish("the first statement on a table begins InnoDB's transaction");
  return trx;
}

/** MySQL: trans_register_ha. InnoDB: innobase_register_trx. */
export function registerEngine(session: Session): void {
  session.isEngineRegistered = true;
  session.transactions.begun(session);
  session.inTransaction = true;
}

/** The dictionary's tables are read: InnoDB takes part. */
export function readDictionary(session: Session): void {
  session.transactions.begun(session);
  if (session.inMultiStatement) session.inTransaction = true;
}

interface BeginOptions {
  readonly access: "readOnly" | "readWrite" | null;
  readonly snapshot: boolean;
}

/** START TRANSACTION, BEGIN, and the chained begin after COMMIT AND CHAIN. */
export function beginTransaction(
  server: Server,
  session: Session,
  options: BeginOptions,
): Answer<void> {
  unlockTables(server, session);
  const committing = session.inMultiStatement ? commitTrx(server, session) : undefined;
  if (isPending(committing)) return andThen(committing, () => begin(server, session, options));
  begin(server, session, options);
}

/** The transaction before is over. */
function begin(server: Server, session: Session, { access, snapshot }: BeginOptions): void {
  // What an autocommitted statement did to a table without transactions is not over with it.
  const before = session.inTransaction ? null : session.changedNonTransactional;
  forgetTransaction(session);
  session.changedNonTransactional = before;
  session.mdl.releaseTransactional();
  if (access !== null) session.trxReadOnly = access === "readOnly";
  session.isBegun = true;
  session.inTransaction = true;
  session.transactions.begun(session);
  session.changes.begun(snapshot);
  session.publish("BEGIN");
  if (snapshot) startSnapshot(server, session);
}

/** MySQL: trans_commit: the whole transaction. */
export function commitTransaction(server: Server, session: Session): Answer<void> {
  let committing: Answer<void> | null = null;
  try {
    committing = commitTrx(server, session);
  } finally {
    if (!isPending(committing)) committed(session);
  }
  if (isPending(committing)) return committedLater(session, committing);
}

function* committedLater(session: Session, committing: Exec<void>): Exec<void> {
  try {
    yield* committing;
  } finally {
    committed(session);
  }
}

function committed(session: Session): void {
  forgetTransaction(session);
  session.publish("COMMIT");
}

/** MySQL: trans_commit_implicit. */
export function* commitImplicitly(server: Server, session: Session): Exec<void> {
  try {
    if (session.inMultiStatement || session.lockedTables !== null) {
      const committing = commitTrx(server, session);
      if (isPending(committing)) yield* committing;
    }
  } finally {
    forgetTransaction(session);
    session.resetOneShot();
    session.publish("implicit commit");
  }
}

/** MySQL: trans_rollback; returns nothing and never waits. Warns of what could not be undone. */
export function rollbackTransaction(
  server: Server,
  session: Session,
  why: "rollback" | "deadlock" | "killed" | "timeout",
): void {
  if (session.trx !== null) {
    server.engine.rollback(session.trx, why);
    session.trx = null;
  }
  warnOfIncompleteRollback(session);
  session.transactions.ended(session, "ROLLED BACK");
  forgetTransaction(session);
  session.publish(why === "rollback" ? "ROLLBACK" : `rolled back: ${why}`);
}

/** MySQL: Transaction_ctx::push_unsafe_rollback_warnings. */
export function warnOfIncompleteRollback(session: Session): void {
  if (session.hasModifiedNonTransactional) {
    session.warn(mysqlWarning("Warning", "ER_WARNING_NOT_COMPLETE_ROLLBACK"));
  }
  if (session.createdTemporaryTable) {
    session.warn({
      level: "Warning",
      errno: 1751,
      message: "The creation of some temporary tables could not be rolled back.",
    });
  }
  if (session.droppedTemporaryTable) {
    session.warn({
      level: "Warning",
      errno: 1752,
      message: "The dropping of some temporary tables could not be rolled back.",
    });
  }
}

/** MySQL: ha_commit_trans: the engine's commit, behind the commit lock when a table that is not temporary was changed. */
export function commitTrx(server: Server, session: Session): Answer<void> {
  const { trx } = session;
  if (trx === null) return;
  if (!trx.hasWritten || session.changedTransactional === null) {
    server.engine.commit(trx);
    session.trx = null;
  } else if (session.mdl.acquireAtOnce(COMMIT_LOCK)) commitChanges(server, session, trx);
  else return commitLater(server, session, trx);
}

/** Somebody keeps the commit lock from it. */
function* commitLater(server: Server, session: Session, trx: Trx): Exec<void> {
  const outcome = yield* session.mdl.acquire(COMMIT_LOCK);
  if (outcome !== "granted") {
    server.engine.rollback(trx, outcome === "killed" ? "killed" : "timeout");
    session.trx = null;
    failMdl(outcome);
  }
  commitChanges(server, session, trx);
}

/** With the commit lock, which is given back. Throws 1290 under super_read_only. */
function commitChanges(server: Server, session: Session, trx: Trx): void {
  if (server.globals.isSuperReadOnly) {
    session.mdl.releaseOneExplicit(COMMIT_KEY);
    server.engine.rollback(trx, "rollback");
    session.trx = null;
    throw superReadOnlyError();
  }
  server.engine.commit(trx);
  session.trx = null;
  session.mdl.releaseOneExplicit(COMMIT_KEY);
}

/** The session is in no transaction. */
export function forgetTransaction(session: Session): void {
  if (session.isBegun) session.changes.ended();
  session.transactions.ended(session, "COMMITTED");
  session.isBegun = false;
  session.inTransaction = false;
  if (session.savepoints.length > 0) session.savepoints = [];
  session.isEngineRegistered = false;
  forgetEngines(session);
  session.hasModifiedNonTransactional = false;
  session.createdTemporaryTable = false;
  session.droppedTemporaryTable = false;
}

/** Of warning 6414: a transaction of InnoDB's is over. */
export function forgetEngines(session: Session): void {
  session.changedNonTransactional = null;
  session.changedTransactional = null;
}

/** InnoDB: innobase_start_trx_and_assign_read_view. */
function startSnapshot(server: Server, session: Session): void {
  const trx = startTrx(server, session);
  server.engine.openReadView(trx, "withConsistentSnapshot");
  if (session.trxIsolation === "REPEATABLE READ") return;
  session.warn({
    level: "Warning",
    errno: 138,
    message:
      "InnoDB: WITH CONSISTENT SNAPSHOT was ignored because this phrase can only be used with REPEATABLE READ isolation level.",
  });
}
