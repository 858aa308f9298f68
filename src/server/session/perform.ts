/**
 * Which code carries a statement out: the big switch.
 *
 * MySQL: sql/sql_parse.cc: mysql_execute_command.
 */
import { andThen, isPending } from "../../base/answer.ts";
import { unreachable } from "../../base/assert.ts";
import type { Commit, Rollback, StartTransaction, Statement } from "../../sql/ast.ts";
import type { Answer, Exec, ExecResult } from "../context.ts";
import { alterTable, createIndex, dropIndex } from "../ddl/alter_table.ts";
import { createTable, createTableLike } from "../ddl/create_table.ts";
import { alterDatabase, changeDatabase, createDatabase, dropDatabase } from "../ddl/database.ts";
import { dropTables, renameTables, truncateTable } from "../ddl/drop_table.ts";
import { maintainTables } from "../ddl/maintenance.ts";
import { done } from "../ddl/result.ts";
import { createView, dropViews } from "../ddl/view.ts";
import { mysqlError } from "../errors.ts";
import { callProcedure } from "../routines/call.ts";
import { createFunction } from "../routines/functions.ts";
import { getDiagnostics } from "../routines/get_diagnostics.ts";
import { alterRoutine, createProcedure, dropRoutine } from "../routines/procedures.ts";
import { raise } from "../routines/signal.ts";
import { createTrigger, dropTrigger } from "../routines/triggers.ts";
import { describeTable } from "../show/describe.ts";
import { show } from "../show/show.ts";
import { unsupportedStatement } from "./absent_objects.ts";
import { evaluate, explain, type QueryStatement, runExpressions, runQuery } from "./executor.ts";
import { explainConnection } from "./explain_connection.ts";
import { flushOthers, flushTables, lockInstance, unlockInstance } from "./flush.ts";
import { closeHandlerByName, openHandler, readHandler } from "./handler_statements.ts";
import { kill } from "./kill.ts";
import { lockTables, unlockTablesStatement } from "./lock_tables.ts";
import { deallocate, prepareStatement } from "./prepared.ts";
import { releaseSavepoint, rollbackToSavepoint, setSavepoint } from "./savepoints.ts";
import { setStatement, setTransaction } from "./set_statement.ts";
import { settleHandlers } from "./settle_handlers.ts";
import type { StatementExecution } from "./statement_execution.ts";
import { beginTransaction, commitTransaction, rollbackTransaction } from "./transaction.ts";
import { refuseTablesInXa, xaRecover, xaStatement } from "./xa.ts";

type TransactionStatement = StartTransaction | Commit | Rollback;

export function perform(execution: StatementExecution, statement: Statement): Answer<ExecResult> {
  const { server, owner } = execution;
  if (owner.handlers.size > 0) settleHandlers(server, owner, statement);
  switch (statement.kind) {
    case "select":
      execution.rowStream = execution.writer;
      return runQuery(execution, statement);
    case "insert":
    case "update":
    case "delete":
      return runQuery(execution, statement);
    case "startTransaction":
    case "commit":
    case "rollback":
      return changeTransaction(execution, statement);
    default:
      return performOther(execution, statement);
  }
}

function* performOther(
  execution: StatementExecution,
  statement: Exclude<Statement, QueryStatement | TransactionStatement>,
): Exec<ExecResult> {
  const { server, owner } = execution;
  switch (statement.kind) {
    case "do":
      yield* runExpressions(execution, statement.expressions);
      return done();
    case "explain":
      return yield* explain(execution, statement);

    case "savepoint":
      refuseTablesInXa(owner);
      setSavepoint(server, owner, statement.name.text);
      return done();
    case "rollbackToSavepoint":
      refuseTablesInXa(owner);
      rollbackToSavepoint(server, owner, statement.name.text);
      return done();
    case "releaseSavepoint":
      refuseTablesInXa(owner);
      releaseSavepoint(server, owner, statement.name.text);
      return done();
    case "xa":
      return yield* xaStatement(server, owner, statement);
    case "xaRecover":
      return xaRecover(server, statement);
    case "setTransaction":
      setTransaction(server, owner, statement);
      return done();
    case "set":
      return yield* setStatement(execution, statement);

    case "createTable":
      return yield* createTable(execution, statement);
    case "createTableLike":
      return yield* createTableLike(execution, statement);
    case "alterTable":
      return yield* alterTable(execution, statement);
    case "createIndex":
      return yield* createIndex(execution, statement);
    case "dropIndex":
      return yield* dropIndex(execution, statement);
    case "dropTable":
      return yield* dropTables(execution, statement);
    case "truncateTable":
      return yield* truncateTable(execution, statement);
    case "renameTable":
      return yield* renameTables(execution, statement);
    case "tableMaintenance":
      return yield* maintainTables(execution, statement);
    case "createDatabase":
      return yield* createDatabase(execution, statement);
    case "alterDatabase":
      return yield* alterDatabase(execution, statement);
    case "dropDatabase":
      return yield* dropDatabase(execution, statement);
    case "use":
      return changeDatabase(execution, statement);

    case "lockTables":
      yield* lockTables(server, owner, statement);
      return done();
    case "unlockTables":
      yield* unlockTablesStatement(server, owner);
      return done();
    case "lockInstance":
      yield* lockInstance(owner);
      return done();
    case "unlockInstance":
      unlockInstance(owner);
      return done();
    case "flushTables":
      yield* flushTables(server, owner, statement);
      return done();
    case "flush":
      flushOthers(execution, statement.options);
      return done();
    case "kill":
      kill(server, owner, statement.target, yield* connectionId(execution, statement.id));
      return done();

    case "prepare":
      return yield* prepareStatement(execution, statement);
    case "deallocate":
      return deallocate(owner, statement);
    case "execute":
      throw new Error("EXECUTE is replaced by its statement before it is carried out");

    case "show":
      return yield* show(execution, statement);
    case "describe":
      return yield* describeTable(execution, statement);
    case "explainConnection":
      return explainConnection(execution, statement);
    case "empty":
      return done();
    case "unsupported":
      return unsupportedStatement(execution, statement);
    case "createProcedure":
      return yield* createProcedure(execution, statement);
    case "alterRoutine":
      return yield* alterRoutine(execution, statement);
    case "dropProcedure":
      return yield* dropRoutine(execution, statement, "PROCEDURE");
    case "createFunction":
      return yield* createFunction(execution, statement);
    case "dropFunction":
      return yield* dropRoutine(execution, statement, "FUNCTION");
    case "call":
      return yield* callProcedure(execution, statement, perform);
    case "createView":
      return yield* createView(execution, statement);
    case "dropView":
      return yield* dropViews(execution, statement);
    case "createTrigger":
      return yield* createTrigger(execution, statement);
    case "dropTrigger":
      return yield* dropTrigger(execution, statement);
    case "handlerOpen":
      return yield* openHandler(execution, statement);
    case "handlerClose":
      return closeHandlerByName(execution, statement);
    case "handlerRead":
      return yield* readHandler(execution, statement);
    case "getDiagnostics":
      return yield* getDiagnostics(execution, statement, null);
    case "signal":
      yield* raise(execution, statement, null);
      return done();
    default:
      return unreachable(statement);
  }
}

/** BEGIN, COMMIT, ROLLBACK: mostly there is nothing to wait for. */
function changeTransaction(
  execution: StatementExecution,
  statement: TransactionStatement,
): Answer<ExecResult> {
  const { server, owner } = execution;
  switch (statement.kind) {
    case "startTransaction": {
      const { access, consistentSnapshot: snapshot } = statement;
      const beginning = beginTransaction(server, owner, { access, snapshot });
      return isPending(beginning) ? andThen(beginning, () => done()) : done();
    }
    case "commit": {
      const committing = commitTransaction(server, owner);
      if (isPending(committing)) return andThen(committing, () => complete(execution, statement));
      return complete(execution, statement);
    }
    case "rollback":
      rollbackTransaction(server, owner, "rollback");
      return complete(execution, statement);
    default:
      return unreachable(statement);
  }
}

/** AND CHAIN, RELEASE, or what completion_type says where neither is written. */
function complete(execution: StatementExecution, statement: Commit | Rollback): Answer<ExecResult> {
  const { server, owner } = execution;
  owner.mdl.releaseTransactional();
  if (statement.chain ?? owner.settings.completion === "CHAIN") {
    const beginning = beginTransaction(server, owner, { access: null, snapshot: false });
    return andThen(beginning, () => {
      owner.publish("AND CHAIN");
      return releasing(execution, statement);
    });
  }
  owner.resetOneShot();
  owner.publish("the transaction is over");
  return releasing(execution, statement);
}

function releasing({ owner, run }: StatementExecution, { release }: Commit | Rollback): ExecResult {
  if (release ?? owner.settings.completion === "RELEASE") {
    run.isReleased = true;
    owner.killed = "connection";
  }
  return done();
}

function* connectionId(
  execution: StatementExecution,
  expression: Extract<Statement, { kind: "kill" }>["id"],
): Exec<bigint> {
  const [value] = yield* evaluate(execution, [expression]);
  const text = value?.text ?? null;
  if (text === null || !/^-?\d+(\.\d*)?$/.test(text)) {
    throw mysqlError("ER_NO_SUCH_THREAD", text === null ? 0 : Number.parseInt(text, 10) || 0);
  }
  return BigInt(text.replace(/\..*/, ""));
}
