/**
 * SAVEPOINT, ROLLBACK TO SAVEPOINT, RELEASE SAVEPOINT.
 *
 * A savepoint that was set before a statement had locked one of InnoDB's tables is unknown to the engine: rolling back to it
 * rolls the engine's whole transaction back, with its locks and its read view. Metadata locks taken after a savepoint are released
 * only if the engine holds no lock any more.
 *
 * MySQL: sql/transaction.cc: trans_savepoint, trans_rollback_to_savepoint, trans_release_savepoint;
 * sql/handler.cc: ha_rollback_to_savepoint. InnoDB: innobase_rollback_to_savepoint_can_release_mdl.
 */
import { intMapValues } from "../../base/int_map.ts";
import { mysqlError } from "../errors.ts";
import type { Server } from "../server.ts";
import type { SavepointMark, Session } from "./session.ts";
import { startTrx, warnOfIncompleteRollback } from "./transaction.ts";
import type { TransactionEvent } from "./transaction_events.ts";

export function setSavepoint(server: Server, session: Session, name: string): void {
  if (!session.inMultiStatement) return;
  count(session, "set");
  if (session.savepoints.some((mark) => isCalled(mark, name))) count(session, "released");
  session.savepoints = session.savepoints.filter((mark) => !isCalled(mark, name));
  const inEngine = session.isEngineRegistered;
  if (inEngine) server.engine.savepoint(startTrx(server, session), engineName(name));
  session.savepoints.push({ name, mdl: session.mdl.savepoint(), inEngine });
}

/** Throws 1305 when there is none of that name. */
export function rollbackToSavepoint(server: Server, session: Session, name: string): void {
  const mark = markOf(session, name);
  count(session, "rolledBackTo");
  const { trx } = session;
  if (trx !== null && mark.inEngine) {
    server.engine.rollbackToSavepoint(trx, engineName(name));
  } else if (trx !== null) {
    server.engine.rollback(trx, "rollback");
    session.trx = null;
  }
  if (!mark.inEngine) session.isEngineRegistered = false;
  warnOfIncompleteRollback(session);
  session.savepoints = session.savepoints.slice(0, session.savepoints.indexOf(mark) + 1);
  if (!holdsEngineLocks(server, session)) session.mdl.rollbackToSavepoint(mark.mdl);
  session.publish("ROLLBACK TO SAVEPOINT");
}

/** Throws 1305 when there is none of that name. */
export function releaseSavepoint(server: Server, session: Session, name: string): void {
  const mark = markOf(session, name);
  count(session, "released");
  if (session.trx !== null && mark.inEngine) {
    server.engine.releaseSavepoint(session.trx, engineName(name));
  }
  session.savepoints = session.savepoints.slice(0, session.savepoints.indexOf(mark));
}

/** For performance_schema. */
function count(session: Session, what: keyof NonNullable<TransactionEvent["savepoints"]>): void {
  const { active } = session.transactions;
  if (active === null) return;
  active.savepoints ??= { set: 0, rolledBackTo: 0, released: 0 };
  active.savepoints[what] += 1;
}

function markOf(session: Session, name: string): SavepointMark {
  const mark = session.savepoints.find((known) => isCalled(known, name));
  if (mark === undefined) throw mysqlError("ER_SP_DOES_NOT_EXIST", "SAVEPOINT", name);
  return mark;
}

function isCalled(mark: SavepointMark, name: string): boolean {
  return engineName(mark.name) === engineName(name);
}

/** Case does not matter in a savepoint's name; the engine compares exactly. */
function engineName(name: string): string {
  return name.toLowerCase();
}

function holdsEngineLocks(server: Server, session: Session): boolean {
  const ref = session.trx?.ref;
  if (ref === undefined) return false;
  const { recLocks, tableLocks } = server.engine.dump();
  for (const lock of intMapValues(tableLocks)) if (lock.trx === ref) return true;
  for (const lock of intMapValues(recLocks)) if (lock.trx === ref) return true;
  return false;
}
