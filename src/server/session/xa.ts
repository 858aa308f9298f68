/**
 * XA transactions: a transaction that somebody outside commits or rolls back once it has been prepared.
 *
 *     XA START ─▶ ACTIVE ─ XA END ─▶ IDLE ─ XA PREPARE ─▶ PREPARED ─▶ XA COMMIT | XA ROLLBACK, by any session
 *                    ▲                 │                                (xa_detach_on_prepare = ON)
 *                    └─ XA START RESUME┴─▶ XA COMMIT ... ONE PHASE | XA ROLLBACK
 *
 * A deadlock or a timeout that undoes the transaction leaves ROLLBACK ONLY. What is prepared keeps its locks, those on
 * metadata too, whether or not its session goes on or goes away.
 *
 * MySQL: sql/xa.cc (XID_STATE), sql/xa/sql_xa_*.cc.
 */
import { settled } from "../../base/answer.ts";
import type { Trx } from "../../innodb/api.ts";
import type { Xa, XaRecover, Xid } from "../../sql/ast_xa.ts";
import type { Exec, ExecResult } from "../context.ts";
import { done } from "../ddl/result.ts";
import { mysqlError } from "../errors.ts";
import type { MdlContext } from "../mdl/context.ts";
import type { Server } from "../server.ts";
import { shownResult } from "../show/shown.ts";
import { failMdl } from "./mdl_failure.ts";
import type { Session } from "./session.ts";
import {
  beginTransaction,
  commitTransaction,
  forgetTransaction,
  rollbackTransaction,
} from "./transaction.ts";

/** One server's part of a distributed transaction. */
export interface XaBranch {
  readonly xid: Xid;
  state: "ACTIVE" | "IDLE" | "PREPARED" | "ROLLBACK ONLY";
  /** Why it cannot be committed any more. */
  undone: "ER_XA_RBTIMEOUT" | "ER_XA_RBDEADLOCK" | null;
  /** What it holds once it belongs to no session. */
  detached: { readonly trx: Trx | null; readonly mdl: MdlContext } | null;
}

export function* xaStatement(server: Server, session: Session, statement: Xa): Exec<ExecResult> {
  const { xid, option } = statement;
  switch (statement.action) {
    case "start":
      yield* start(server, session, xid, option);
      break;
    case "end":
      end(session, xid, option);
      break;
    case "prepare":
      yield* prepare(server, session, xid);
      break;
    case "commit":
      yield* commit(server, session, xid, option === "onePhase");
      break;
    case "rollback":
      yield* rollback(server, session, xid);
      break;
  }
  return done();
}

/** The branches that are prepared, the last one first: MySQL's hash of a few lists them so. */
export function xaRecover(server: Server, { convert }: XaRecover): ExecResult {
  const prepared = [...server.xa.values()].filter(({ state }) => state === "PREPARED").reverse();
  return shownResult({
    columns: ["#formatID", "#gtrid_length", "#bqual_length", "data"],
    rows: prepared.map(({ xid: { gtrid, bqual, formatId } }) => {
      const data = gtrid + bqual;
      const digits = [...data].map((one) => one.charCodeAt(0).toString(16).padStart(2, "0"));
      const shown = convert ? `0x${digits.join("").toUpperCase()}` : data;
      return [String(formatId), String(gtrid.length), String(bqual.length), shown];
    }),
  });
}

/** Throws 1399: nothing commits or begins another way while a branch is there. */
export function refuseInXa({ xa }: Session): void {
  if (xa !== null) throw wrongState(xa.state);
}

/** Throws 1399, 1613 and 1614: tables are used in ACTIVE branches only. */
export function refuseTablesInXa({ xa }: Session): void {
  if (xa === null) return;
  if (xa.state === "IDLE" || xa.state === "PREPARED") throw wrongState(xa.state);
  refuseUndone(xa);
}

/** The connection ends: what is prepared stays, anything else goes with its transaction. */
export function leaveXa(server: Server, session: Session): void {
  const { xa } = session;
  if (xa === null) return;
  if (xa.state === "PREPARED") detach(session, xa);
  else forget(server, session, xa);
}

function* start(server: Server, session: Session, xid: Xid, option: Xa["option"]): Exec<void> {
  const { xa } = session;
  if (option === "resume" && xa?.state === "IDLE") {
    if (keyOf(xa.xid) !== keyOf(xid)) throw mysqlError("ER_XAER_NOTA");
    xa.state = "ACTIVE";
    return;
  }
  if (option !== null) throw mysqlError("ER_XAER_INVAL");
  if (xa !== null) throw wrongState(xa.state);
  if (session.lockedTables !== null || session.inTransaction) throw mysqlError("ER_XAER_OUTSIDE");
  if (server.xa.has(nameOf(xid))) throw mysqlError("ER_XAER_DUPID");
  yield* settled(beginTransaction(server, session, { access: null, snapshot: false }));
  session.xa = { xid, state: "ACTIVE", undone: null, detached: null };
  server.xa.set(nameOf(xid), session.xa);
  if (session.transactions.active !== null) session.transactions.active.xa = session.xa;
}

function end({ xa }: Session, xid: Xid, option: Xa["option"]): void {
  if (option !== null) throw mysqlError("ER_XAER_INVAL");
  if (xa === null || (xa.state !== "ACTIVE" && xa.state !== "ROLLBACK ONLY")) {
    throw wrongState(xa?.state);
  }
  if (keyOf(xa.xid) !== keyOf(xid)) throw mysqlError("ER_XAER_NOTA");
  refuseUndone(xa);
  xa.state = "IDLE";
}

/** InnoDB is through with a branch that has no undo log; metadata locks stay. */
function* prepare(server: Server, session: Session, xid: Xid): Exec<void> {
  const { xa } = session;
  if (xa?.state !== "IDLE") throw wrongState(xa?.state);
  if (keyOf(xa.xid) !== keyOf(xid)) throw mysqlError("ER_XAER_NOTA");
  yield* awaitCommitLock(session);
  xa.state = "PREPARED";
  // MySQL: transaction_cache_detach puts it in anew.
  server.xa.delete(nameOf(xa.xid));
  server.xa.set(nameOf(xa.xid), xa);
  if (session.trx?.hasUndoLog === false) {
    server.engine.commit(session.trx);
    session.trx = null;
  } else if (session.trx !== null) {
    server.engine.prepare(session.trx);
  }
  if (session.variables.isOn("xa_detach_on_prepare")) detach(session, xa);
}

function* commit(server: Server, session: Session, xid: Xid, isOnePhase: boolean): Exec<void> {
  const { xa } = session;
  if (xa === null || keyOf(xa.xid) !== keyOf(xid)) {
    const { trx, mdl } = yield* detachedBranch(server, session, xid);
    if (trx !== null) server.engine.commit(trx);
    mdl.releaseTransactional();
    return;
  }
  if (xa.undone !== null) {
    finish(server, session, xa);
    throw mysqlError(xa.undone);
  }
  if (xa.state !== (isOnePhase ? "IDLE" : "PREPARED")) throw wrongState(xa.state);
  yield* settled(commitTransaction(server, session));
  finish(server, session, xa);
}

function* rollback(server: Server, session: Session, xid: Xid): Exec<void> {
  const { xa } = session;
  if (xa === null || keyOf(xa.xid) !== keyOf(xid)) {
    const { trx, mdl } = yield* detachedBranch(server, session, xid);
    if (trx !== null) server.engine.rollback(trx, "rollback");
    mdl.releaseTransactional();
    return;
  }
  if (xa.state === "ACTIVE") throw wrongState(xa.state);
  xa.state = "ROLLBACK ONLY";
  finish(server, session, xa);
}

/** Takes a branch that is nobody's. */
function* detachedBranch(
  server: Server,
  session: Session,
  xid: Xid,
): Exec<NonNullable<XaBranch["detached"]>> {
  if (session.xa !== null) throw wrongState(session.xa.state);
  if (session.inTransaction) throw wrongState(undefined);
  const branch = server.xa.get(nameOf(xid));
  const isThere = branch !== undefined && keyOf(branch.xid) === keyOf(xid);
  if (!isThere || branch.detached === null) throw mysqlError("ER_XAER_NOTA");
  yield* awaitCommitLock(session);
  server.xa.delete(nameOf(xid));
  return branch.detached;
}

/** The session's transaction goes on without it. */
function detach(session: Session, xa: XaBranch): void {
  const { trx } = session;
  xa.detached = { trx, mdl: session.mdl.handOver() };
  session.trx = null;
  session.xa = null;
  // MySQL: nobody tells performance_schema how it ended.
  session.transactions.active = null;
  forgetTransaction(session);
  session.publish("XA PREPARE");
}

/** Rolls back what is left, and the session is free again. */
function finish(server: Server, session: Session, xa: XaBranch): void {
  forget(server, session, xa);
  rollbackTransaction(server, session, "rollback");
  session.mdl.releaseTransactional();
  session.resetOneShot();
}

function forget(server: Server, session: Session, xa: XaBranch): void {
  session.xa = null;
  server.xa.delete(nameOf(xa.xid));
}

function* awaitCommitLock(session: Session): Exec<void> {
  const outcome = yield* session.mdl.acquire({
    key: { namespace: "COMMIT", schema: null, name: null },
    mode: "INTENTION_EXCLUSIVE",
    duration: "STATEMENT",
  });
  if (outcome !== "granted") failMdl(outcome);
  session.mdl.releaseStatement();
}

function refuseUndone(xa: XaBranch): void {
  if (xa.undone === null) return;
  xa.state = "ROLLBACK ONLY";
  throw mysqlError(xa.undone);
}

function wrongState(state: XaBranch["state"] | undefined) {
  return mysqlError("ER_XAER_RMFAIL", state ?? "NON-EXISTING");
}

/** What the server finds a branch by, whatever its format's number. MySQL: XID::key. */
function nameOf({ gtrid, bqual }: Xid): string {
  return JSON.stringify([gtrid, bqual]);
}

function keyOf({ gtrid, bqual, formatId }: Xid): string {
  return JSON.stringify([formatId, gtrid, bqual]);
}
