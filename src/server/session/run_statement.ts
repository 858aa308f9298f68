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

import { andThen, isPending, settled } from "../../base/answer.ts";
import type { Statement } from "../../sql/ast.ts";
import type { Outcome } from "../../trace/state.ts";
import { type Answer, type Exec, type ExecResult, MysqlFailure } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { warnOfOldForms } from "../expr/deprecated.ts";
import type { StatementRun } from "../scheduler/statement_run.ts";
import type { Server } from "../server.ts";
import { closeTables, DEADLOCK, endStatement, undoStatement } from "./end_statement.ts";
import { perform } from "./perform.ts";
import { preparedStatement } from "./prepared.ts";
import { refuseWhenReadOnly } from "./read_only.ts";
import type { Session } from "./session.ts";
import type { CarriedStatement, ReadStatement } from "./statement_cache.ts";
import { StatementExecution } from "./statement_execution.ts";
import { takeHints } from "./statement_hints.ts";
import { type StatementTraits, traitsOf } from "./statement_traits.ts";
import { commitImplicitly } from "./transaction.ts";
import { refuseInXa } from "./xa.ts";

const INTERRUPTED = 1317;

/** A statement under way. */
interface Progress {
  readonly server: Server;
  readonly run: StatementRun;
  /** Null before it has been read. */
  execution: StatementExecution | null;
  /** It commits the transaction before and after. */
  commits: boolean;
}

export function runStatement(server: Server, run: StatementRun): Answer<Outcome> {
  const progress: Progress = { server, run, execution: null, commits: false };
  let outcome: Answer<Outcome>;
  try {
    outcome = carryOut(progress);
  } catch (error) {
    outcome = failed(progress, error);
  }
  return isPending(outcome) ? endedLater(progress, outcome) : ended(progress, outcome);
}

function* endedLater(progress: Progress, carrying: Exec<Outcome>): Exec<Outcome> {
  let outcome: Outcome;
  try {
    outcome = yield* carrying;
  } catch (error) {
    outcome = failed(progress, error);
  }
  return yield* settled(ended(progress, outcome));
}

function carryOut(progress: Progress): Answer<Outcome> {
  const { server, run } = progress;
  const { session } = run;
  const earlierWarnings = session.warnings;
  session.countWarnings();
  if (earlierWarnings.length > 0) session.warnings = [];
  session.setProcessState("starting");
  const written = session.statements.read(server, run);
  const { execution } = written;
  progress.execution = execution;
  count(server, session, execution, written.statement);
  const carried = toCarryOut(run, execution, written);
  const { statement, traits } = carried;
  if (carried !== written) {
    for (const { commands } of [session, server.status]) commands.countExecuted(statement);
  }
  execution.facts = carried.facts;
  if (written.facts.oldForms !== "") warnOfOldForms(session, written.facts);
  if (carried.facts.hints > 0) execution.hints = takeHints(session, statement);
  if (traits.keepsDiagnostics) session.warnings = earlierWarnings;
  refuseWhenReadOnly(server, session, statement);
  limitTime(session, run, traits, execution);
  const { commitsImplicitly } = traits;
  if (commitsImplicitly || traits.endsTransaction) refuseInXa(session);
  progress.commits = commitsImplicitly;
  if (commitsImplicitly) return committedFirst(progress, execution, carried);
  return performed(progress, execution, carried);
}

function* committedFirst(
  progress: Progress,
  execution: StatementExecution,
  carried: CarriedStatement,
): Exec<Outcome> {
  const { server, run } = progress;
  yield* commitImplicitly(server, run.session);
  run.session.mdl.releaseTransactional();
  return yield* settled(performed(progress, execution, carried));
}

function performed(
  progress: Progress,
  execution: StatementExecution,
  carried: CarriedStatement,
): Answer<Outcome> {
  const result = perform(execution, carried.statement);
  if (isPending(result) || execution.writer !== null) {
    return sent(progress, execution, carried, result);
  }
  const ending = endStatement(progress.server, progress.run.session, execution);
  if (isPending(ending)) return andThen(ending, () => outcomeOf(execution, result, carried));
  return outcomeOf(execution, result, carried);
}

/** Its result has to be waited for, or goes to a client whom it may have to wait for. */
function* sent(
  { server, run }: Progress,
  execution: StatementExecution,
  carried: CarriedStatement,
  performing: Answer<ExecResult>,
): Exec<Outcome> {
  const result = yield* settled(performing);
  const isWhole =
    result.kind === "rows" && result.streamed === undefined && result.call === undefined;
  const sending: Answer<void> = isWhole ? execution.writer?.rows(result) : undefined;
  yield* settled(sending);
  yield* settled(endStatement(server, run.session, execution));
  return outcomeOf(execution, result, carried);
}

/** What it has done is undone. Throws what is no error of MySQL's. */
function failed(progress: Progress, error: unknown): Outcome {
  if (!(error instanceof MysqlFailure)) throw error;
  const { server, run } = progress;
  const { session } = run;
  progress.execution ??= new StatementExecution(server, run);
  const failure = whyKilled(session, error);
  // The one that closed the cycle did not wait, so that no wait's end tells of it.
  if (failure.error.errno === DEADLOCK) session.deadlockVictim = true;
  if (!failure.isUndone) undoStatement(server, session, progress.execution, failure);
  const { told } = failure;
  const isHidden = told !== null && "kind" in told;
  if (!isHidden && session.warnings.every((warning) => warning.level !== "Error")) {
    const { error } = failure;
    session.warn({ level: "Error", errno: error.errno, message: error.message, error });
  }
  session.rowCount = -1;
  return isHidden ? changesMade(session, told) : { kind: "error", ...(told ?? failure.error) };
}

function ended(progress: Progress, outcome: Outcome): Answer<Outcome> {
  const { server, run, commits, execution } = progress;
  const { session } = run;
  if (execution !== null && execution.hints !== null) execution.hints.restore();
  session.setProcessState("closing tables");
  closeTables(server, session);
  if (commits) return committedLast(progress, outcome);
  if (session.inMultiStatement) session.mdl.releaseStatement();
  else session.mdl.releaseTransactional();
  return answered(progress, outcome);
}

function* committedLast(progress: Progress, outcome: Outcome): Exec<Outcome> {
  const { server, run } = progress;
  yield* commitImplicitly(server, run.session);
  run.session.mdl.releaseTransactional();
  return yield* settled(answered(progress, outcome));
}

function answered({ run, execution }: Progress, outcome: Outcome): Answer<Outcome> {
  const writing: Answer<void> = execution?.writer?.end(outcome);
  if (isPending(writing)) return andThen(writing, () => (run.isCutOff ? LOST : outcome));
  return run.isCutOff ? LOST : outcome;
}

const LOST: Outcome = { kind: "lost", message: "PROTOCOL_CONNECTION_LOST" };

function count(
  { status }: Server,
  { commands }: Session,
  execution: StatementExecution,
  statement: Statement,
): void {
  execution.counters ??= [commands.of(statement), status.commands.of(statement)];
  for (const counter of execution.counters) counter.count += 1;
}

/** MySQL: THD::send_kill_message: an interruption says who interrupted. */
function whyKilled(session: Session, failure: MysqlFailure): MysqlFailure {
  const isInterruption = failure.error.errno === INTERRUPTED;
  return isInterruption && session.killed === "timeout" ? mysqlError("ER_QUERY_TIMEOUT") : failure;
}

/** MySQL: set_statement_timer: max_execution_time, or the hint, is for SELECT alone, and the whole of it counts. */
function limitTime(
  session: Session,
  run: StatementRun,
  { isSelect }: StatementTraits,
  { hints }: StatementExecution,
): void {
  if (!isSelect) return;
  const limitMs = hints?.limitMs ?? session.settings.maxExecutionMs;
  if (limitMs > 0) run.killAtMs = run.startedMs + limitMs;
}

/** EXECUTE stands for the statement that was prepared. Throws 1243 and 1210. */
function toCarryOut(
  { session }: StatementRun,
  execution: StatementExecution,
  written: ReadStatement,
): CarriedStatement {
  if (!written.traits.isExecute || written.statement.kind !== "execute") return written;
  const { text, statement, facts } = preparedStatement(session, written.statement);
  execution.preparedText = text;
  return { statement, facts, traits: traitsOf(statement) };
}

/** Of most statements that give no rows: outcomes stay as long as the server. */
const PLAIN_OK: Extract<Outcome, { kind: "ok" }> = {
  kind: "ok",
  affected: 0,
  info: "",
  warnings: 0,
  insertId: 0,
};

function isPlainOk({ affected, info, insertId }: Extract<ExecResult, { kind: "ok" }>): boolean {
  return affected === 0 && info === "" && insertId === 0;
}

function outcomeOf(
  execution: StatementExecution,
  result: ExecResult,
  { traits }: CarriedStatement,
): Outcome {
  const { owner: session } = execution;
  if (result.kind === "rows") {
    session.rowCount = -1;
    const { names, printed } = execution.headsOf(result.columns);
    const { rows, streamed, call } = result;
    const warnings = traits.keepsDiagnostics ? 0 : session.warnings.length;
    if (call !== undefined) {
      session.rowCount = call.affected;
      return { kind: "rows", columns: names, rows, printed, warnings, call };
    }
    if (streamed === undefined) return { kind: "rows", columns: names, rows, printed, warnings };
    return { kind: "rows", columns: names, rows, streamed, printed, warnings };
  }
  const outcome = changesMade(session, result);
  if (traits.keepsDiagnostics) {
    return { ...outcome, warnings: session.warnings.length - session.earlierCounts.warnings };
  }
  return result.ignored === undefined ? outcome : { ...outcome, ignored: result.ignored };
}

function changesMade(
  session: Session,
  result: Extract<ExecResult, { kind: "ok" }>,
): Extract<Outcome, { kind: "ok" }> {
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
