/**
 * CALL: finds the procedure, gives it its arguments, runs its body, and hands back what its OUT parameters are then.
 *
 * The name is locked only while the session reads the procedure from the dictionary; one that it knows it does not lock.
 *
 * MySQL: sql/sql_call.cc: Sql_cmd_call; sql/sp_head.cc: sp_head::execute_procedure; sp_cache_routine.
 */
import { settled } from "../../base/answer.ts";
import type { Call } from "../../sql/ast_routine.ts";
import type { ResultSet } from "../../trace/state.ts";
import { type Exec, type ExecResult, MysqlFailure } from "../context.ts";
import { done } from "../ddl/result.ts";
import { mysqlError } from "../errors.ts";
import { noSuchRoutine } from "../no_such_table.ts";
import { endStatement } from "../session/end_statement.ts";
import { evaluateForVariable } from "../session/executor.ts";
import { failMdl } from "../session/mdl_failure.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { printingOf } from "../types/sql_type.ts";
import { Frame } from "./frame.ts";
import { release } from "./inner_statement.ts";
import { keyOf, type Procedure, placeOf } from "./procedures.ts";
import { BodyRunner, type Perform } from "./run_body.ts";

type Rows = Extract<ExecResult, { readonly kind: "rows" }>;

/** Throws 1305, 1318, 1414, 1456, and what the body throws. */
export function* callProcedure(
  execution: StatementExecution,
  statement: Call,
  perform: Perform,
  caller: Frame | null = null,
): Exec<ExecResult> {
  const { owner } = execution;
  const procedure = yield* known(execution, statement);
  const { schema, name, definition } = procedure;
  const { parameters, body } = definition;
  const { arguments: given } = statement;
  if (given.length !== parameters.length) {
    const [wanted, got] = [parameters.length, given.length];
    throw mysqlError("ER_SP_WRONG_NO_OF_ARGS", "PROCEDURE", `${schema}.${name}`, wanted, got);
  }
  refuseRecursion(execution, procedure, caller);
  const frame = new Frame(procedure, caller, null, execution.writer);
  for (const [at, { mode, name: parameter, type }] of parameters.entries()) {
    const argument = given[at];
    if (argument === undefined) continue;
    const isVariable =
      argument.kind === "userVariable" ||
      (argument.kind === "column" && caller?.has(argument.name.text) === true);
    if (mode !== "in" && !isVariable) {
      throw mysqlError("ER_SP_NOT_VAR_ARG", at + 1, `${schema}.${name}`);
    }
    frame.declare(parameter.text, type);
    if (mode === "out") continue;
    const written = caller === null ? argument : caller.withValues(argument);
    const value = yield* evaluateForVariable(execution, written);
    if (value !== undefined) frame.assign(execution, parameter.text, value);
  }
  if (parameters.length > 0) {
    // The arguments' statement is over.
    if (owner.subStatement === null) {
      yield* settled(endStatement(execution.server, owner, execution));
      release(execution);
    }
  }
  try {
    yield* new BodyRunner(execution, frame, perform, callProcedure).run(body);
  } catch (error) {
    throw caller === null && error instanceof MysqlFailure ? after(frame.sets, error) : error;
  }
  for (const [at, { mode, name: parameter }] of parameters.entries()) {
    const argument = given[at];
    const variable = frame.variable(parameter.text);
    if (mode === "in" || variable === undefined) continue;
    const { value, type } = variable;
    if (argument?.kind === "userVariable") {
      owner.userVariables.set(argument.name.toLowerCase(), { value, type });
    } else if (argument?.kind === "column") {
      caller?.assign(execution, argument.name.text, { value, type });
    }
  }
  const affected = Math.max(owner.rowCount, 0);
  const [first, ...others] = frame.sets;
  if (first === undefined || caller !== null) return done(affected);
  return { ...first, call: { more: others.map(setOf), affected } };
}

function setOf({ columns, rows }: Rows): ResultSet {
  return {
    columns: columns.map(({ name }) => name),
    rows,
    printed: columns.map(printingOf),
  };
}

/** What had been handed out before the error stays with the client. */
function after(sets: readonly Rows[], failure: MysqlFailure): MysqlFailure {
  if (sets.length === 0) return failure;
  const told = new MysqlFailure({ ...failure.error, before: sets.map(setOf) }, failure.told);
  told.isUndone = failure.isUndone;
  return told;
}

function* known(execution: StatementExecution, statement: Pick<Call, "name">): Exec<Procedure> {
  const { owner, server } = execution;
  const place = placeOf(execution, statement);
  const key = keyOf(place);
  const { procedures } = server;
  if (owner.knownProcedures.get(key) !== procedures.version) {
    const outcome = yield* owner.mdl.acquire({
      key: procedures.lockOf(place),
      mode: "SHARED",
      duration: "TRANSACTION",
    });
    if (outcome !== "granted") failMdl(outcome);
  }
  const procedure = procedures.at(place);
  if (procedure === undefined) {
    throw noSuchRoutine("PROCEDURE", place);
  }
  owner.knownProcedures.set(key, procedures.version);
  return procedure;
}

function refuseRecursion(
  { owner }: StatementExecution,
  procedure: Procedure,
  caller: Frame | null,
): void {
  const limit = owner.variables.number("max_sp_recursion_depth");
  let depth = 0;
  for (let frame = caller; frame !== null; frame = frame.caller) {
    if (frame.routine === procedure) depth += 1;
  }
  if (depth > limit) throw mysqlError("ER_SP_RECURSION_LIMIT", limit, procedure.name);
}
