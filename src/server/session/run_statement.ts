/**
 * One statement from its text to its outcome: parse, commit implicitly, carry out, and end it the way its result demands.
 *
 *     ok      commit (autocommit) or end of statement ─▶ release metadata locks of the statement, or all of them
 *     error   undo the statement; a deadlock victim's whole transaction (1213), and a lock wait time-out's too
 *             under innodb_rollback_on_timeout
 *
 * MySQL: sql/sql_parse.cc: dispatch_sql_command, mysql_execute_command (from `finish:` on); trans_commit_stmt,
 * trans_rollback_stmt.
 */

import { isPending } from "../../base/answer.ts";
import type { Statement } from "../../sql/ast.ts";
import type { Outcome } from "../../trace/state.ts";
import { type Answer, type Exec, type ExecResult, MysqlFailure } from "../context.ts";
import { mysqlError } from "../errors.ts";
import type { StatementRun } from "../scheduler/statement_run.ts";
import type { Server } from "../server.ts";
import { perform } from "./perform.ts";
import { preparedStatement } from "./prepared.ts";
import { refuseWhenReadOnly } from "./read_only.ts";
import type { Session } from "./session.ts";
import type { ReadStatement } from "./statement_cache.ts";
import { StatementExecution } from "./statement_execution.ts";
import { commitsImplicitly, endsTransaction, keepsDiagnostics } from "./statement_traits.ts";
import { commitImplicitly, commitTrx, rollbackTransaction } from "./transaction.ts";
import { refuseInXa } from "./xa.ts";

const INTERRUPTED = 1317;
const DEADLOCK = 1213;

export function* runStatement(server: Server, run: StatementRun): Exec<Outcome> {
  const { session } = run;
  let execution: StatementExecution | null = null;
  let commits = false;
  let outcome: Outcome;
  const earlierWarnings = session.warnings;
  session.countWarnings();
  if (earlierWarnings.length > 0) session.warnings = [];
  session.setProcessState("starting");
  try {
    const written = session.statements.read(server, run);
    execution = written.execution;
    count(server, session, execution, written.statement);
    const { statement, facts } = toCarryOut(session, execution, written);
    if (statement !== written.statement) {
      for (const { commands } of [session, server.status]) commands.countExecuted(statement);
    }
    execution.facts = facts;
    if (keepsDiagnostics(statement)) session.warnings = earlierWarnings;
    refuseWhenReadOnly(server, session, statement);
    limitTime(session, run, statement);
    const isCommitting = commitsImplicitly(statement);
    if (isCommitting || endsTransaction(statement)) refuseInXa(session);
    commits = isCommitting;
    if (commits) {
      yield* commitImplicitly(server, session);
      session.mdl.releaseTransactional();
    }
    const performing = perform(execution, statement);
    const result = isPending(performing) ? yield* performing : performing;
    const { writer } = execution;
    if (writer !== null && result.kind === "rows" && result.streamed === undefined) {
      yield* writer.rows(result);
    }
    const ending = endStatement(server, session, execution);
    if (isPending(ending)) yield* ending;
    outcome = outcomeOf(execution, result, statement);
  } catch (error) {
    if (!(error instanceof MysqlFailure)) throw error;
    execution ??= new StatementExecution(server, run);
    const failure = whyKilled(session, error);
    // The one that closed the cycle did not wait, so that no wait's end tells of it.
    if (failure.error.errno === DEADLOCK) session.deadlockVictim = true;
    undoStatement(server, session, execution, failure);
    const { told } = failure;
    const isHidden = told !== null && "kind" in told;
    if (!isHidden && session.warnings.every((warning) => warning.level !== "Error")) {
      session.warn({ level: "Error", errno: failure.error.errno, message: failure.error.message });
    }
    session.rowCount = -1;
    outcome = isHidden ? changesMade(session, told) : { kind: "error", ...(told ?? failure.error) };
  }
  session.setProcessState("closing tables");
  closeTables(server, session);
  if (commits) yield* commitImplicitly(server, session);
  if (!commits && session.inMultiStatement) session.mdl.releaseStatement();
  else session.mdl.releaseTransactional();
  if (execution.writer !== null) yield* execution.writer.end(outcome);
  if (run.isCutOff) return { kind: "lost", message: "PROTOCOL_CONNECTION_LOST" };
  return outcome;
}

function count(
  { status }: Server,
  { commands }: Session,
  execution: StatementExecution,
  statement: Statement,
): void {
  execution.counters ??= [...commands.of(statement), ...status.commands.of(statement)];
  for (const counter of execution.counters) counter.count += 1;
}

/** MySQL: THD::send_kill_message: an interruption says who interrupted. */
function whyKilled(session: Session, failure: MysqlFailure): MysqlFailure {
  const isInterruption = failure.error.errno === INTERRUPTED;
  return isInterruption && session.killed === "timeout" ? mysqlError("ER_QUERY_TIMEOUT") : failure;
}

/** MySQL: set_statement_timer: max_execution_time, or the hint, is for SELECT alone, and the whole of it counts. */
function limitTime(session: Session, run: StatementRun, statement: Statement): void {
  if (statement.kind !== "select") return;
  const mayHint = run.sql.indexOf("*") >= 0 && run.sql.includes("/*+");
  const hint = mayHint
    ? /\/\*\+[^*]*\bMAX_EXECUTION_TIME\s*\(\s*(\d+)\s*\)/i.exec(run.sql)?.[1]
    : undefined;
  const limitMs = Number(hint ?? session.settings.maxExecutionMs);
  if (limitMs > 0) run.killAtMs = run.startedMs + limitMs;
}

/** EXECUTE stands for the statement that was prepared. Throws 1243 and 1210. */
function toCarryOut(
  session: Session,
  execution: StatementExecution,
  written: ReadStatement,
): Pick<ReadStatement, "statement" | "facts"> {
  if (written.statement.kind !== "execute") return written;
  const prepared = preparedStatement(session, written.statement);
  execution.preparedText = prepared.text;
  return prepared;
}

/** MySQL: trans_commit_stmt. */
function endStatement(
  server: Server,
  session: Session,
  execution: StatementExecution,
): Answer<void> {
  const { trx } = session;
  if (trx === null) {
    if (execution.readsDictionary && !session.inMultiStatement) session.resetOneShot();
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
  session.resetOneShot();
  session.publish("the autocommitted statement has ended");
}

/** MySQL: trans_rollback_stmt, and trans_rollback_implicit where the engine asked for it. */
function undoStatement(
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
    session.mdl.releaseTransactional(errno === DEADLOCK ? "deadlock" : "timeout");
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
function closeTables(server: Server, session: Session): void {
  session.openTables = [];
  server.flushed.release(session);
  if (session.lockedTables !== null) return;
  if (session.visibleLengths.size > 0) session.visibleLengths.clear();
  server.thrLocks.releaseAll(session);
}

/** Of most statements that give no rows: outcomes stay as long as the server. */
const PLAIN_OK: Outcome = { kind: "ok", affected: 0, info: "", warnings: 0, insertId: 0 };

function isPlainOk({ affected, info, insertId }: Extract<ExecResult, { kind: "ok" }>): boolean {
  return affected === 0 && info === "" && insertId === 0;
}

function outcomeOf(
  execution: StatementExecution,
  result: ExecResult,
  statement: Statement,
): Outcome {
  const { owner: session } = execution;
  if (result.kind === "rows") {
    session.rowCount = -1;
    const { names, numeric } = execution.headsOf(result.columns);
    return {
      kind: "rows",
      columns: names,
      rows: result.rows,
      ...(result.streamed === undefined ? {} : { streamed: result.streamed }),
      numeric,
      warnings: keepsDiagnostics(statement) ? 0 : session.warnings.length,
    };
  }
  return changesMade(session, result);
}

function changesMade(session: Session, result: Extract<ExecResult, { kind: "ok" }>): Outcome {
  session.rowCount = result.affected;
  if (isPlainOk(result) && session.warnings.length === 0) return PLAIN_OK;
  return {
    kind: "ok",
    affected: result.affected,
    info: result.info,
    warnings: session.warnings.length,
    insertId: result.insertId,
  };
}
