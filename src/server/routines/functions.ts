/**
 * Stored functions: CREATE FUNCTION, and the call of one in an expression. The body runs within the statement that calls it, as
 * a trigger's does: what it uses is opened with that statement (`trigger_uses.ts`), it ends nothing, and it changes no table
 * that the statement names.
 *
 * MySQL: sql/sp_head.cc: sp_head::execute_function; sql/item_func.cc: Item_func_sp.
 */
import type { Datum } from "../../innodb/api.ts";
import type { BodyStatement, CreateFunction } from "../../sql/ast_routine.ts";
import type { Exec, ExecResult, StoredFunction } from "../context.ts";
import { columnType } from "../ddl/column_type.ts";
import { mysqlError, mysqlWarning } from "../errors.ts";
import { isBuiltInFunction } from "../expr/function_call.ts";
import { perform } from "../session/perform.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { isStrictMode, newEnv } from "../types/eval_env.ts";
import { storeInto } from "../types/store.ts";
import { callProcedure } from "./call.ts";
import { Frame, type Routine, type Valued } from "./frame.ts";
import { addRoutine, checkBody, type RoutineTimes } from "./procedures.ts";
import { BodyRunner, Returned } from "./run_body.ts";
import { withinStatement } from "./sub_statement.ts";
import { checkWithinStatement } from "./trigger_body.ts";

export interface StoredRoutine extends Routine, RoutineTimes {
  readonly definition: CreateFunction;
}

/** Throws 1304, 1320, and what stands in a body that may not. */
export function* createFunction(
  execution: StatementExecution,
  statement: CreateFunction,
): Exec<ExecResult> {
  const { server, owner } = execution;
  const { name, body } = statement;
  checkBody(statement, statement);
  checkWithinStatement(body, "function");
  const schema = schemaOf(owner, name.schema?.text ?? null);
  if (!hasReturn(body)) throw mysqlError("ER_SP_NORETURN", `${schema}.${name.name.text}`);
  return yield* addRoutine(execution, statement, "FUNCTION", (made) => {
    server.functions.add({ ...made, definition: statement });
    if (isBuiltInFunction(made.name.toLowerCase())) {
      execution.warn(mysqlWarning("Note", "ER_NATIVE_FCT_NAME_COLLISION", made.name));
    }
  });
}

/** Null where there is none of that name. */
export function storedFunction(
  execution: StatementExecution,
  schema: string | null,
  name: string,
): StoredFunction | null {
  const { server, owner } = execution;
  const routine = server.functions.at({ schema: schemaOf(owner, schema), name });
  if (routine === undefined) return null;
  const { parameters, returns, traits } = routine.definition;
  const { deterministic } = traits;
  const type = columnType(name, returns, "utf8mb4_0900_ai_ci");
  return {
    parameters: parameters.length,
    type,
    deterministic,
    *run(given, call): Exec<Datum> {
      const frame = new Frame(routine, null);
      for (const [at, { name: parameter, type: declared }] of parameters.entries()) {
        const value = given[at];
        frame.declare(parameter.text, declared);
        if (value !== undefined) frame.assign(execution, parameter.text, value);
      }
      const { value, type: from } = yield* returned(execution, routine, frame);
      const env = newEnv(execution);
      env.strict = isStrictMode(execution);
      return value === null ? null : storeInto({ name: call, type }, from, env)(value);
    },
  };
}

/** Throws 1424, 1321, and what the body throws. */
function* returned(
  execution: StatementExecution,
  routine: StoredRoutine,
  frame: Frame,
): Exec<Valued> {
  if (execution.owner.subStatement?.functions.includes(routine) === true) {
    throw mysqlError("ER_SP_NO_RECURSION");
  }
  const runner = new BodyRunner(execution, frame, perform, callProcedure);
  let result: Valued | null = null;
  const body = function* (): Exec<void> {
    try {
      yield* runner.run(routine.definition.body);
    } catch (error) {
      if (!(error instanceof Returned)) throw error;
      result = error.given;
    }
  };
  yield* withinStatement(execution, body, routine);
  if (result === null) throw mysqlError("ER_SP_NORETURNEND", routine.name);
  return result;
}

function hasReturn(node: BodyStatement | unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  if ("kind" in node && node.kind === "return") return true;
  return Object.values(node).some(hasReturn);
}
