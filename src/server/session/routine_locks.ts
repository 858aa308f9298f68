/**
 * The metadata locks of stored functions. There are none here, but MySQL locks the name of a function that it does not
 * know before it looks for it, and keeps that lock until the transaction ends, although the statement fails (1305).
 *
 * MySQL: sql/sql_base.cc: open_and_process_routine.
 */
import type { FunctionCall } from "../../sql/ast_expression.ts";
import type { Exec } from "../context.ts";
import { isBuiltIn, nameAsWritten } from "../expr/function_call.ts";
import { failMdl } from "./mdl_failure.ts";
import { schemaOf } from "./schema_of.ts";
import type { Session } from "./session.ts";

/** Locks every unknown function that the statement calls, in the order of the calls. */
export function* lockRoutines(session: Session, statement: unknown, sql: string): Exec<void> {
  for (const call of callsIn(statement)) {
    if (isBuiltIn(call)) continue;
    const outcome = yield* session.mdl.acquire({
      key: {
        namespace: "FUNCTION",
        schema: schemaOf(session, call.schema?.text ?? null),
        name: nameAsWritten(call, sql),
      },
      mode: "SHARED",
      duration: "TRANSACTION",
    });
    if (outcome !== "granted") failMdl(outcome);
  }
}

function* callsIn(node: unknown): Generator<FunctionCall, void> {
  if (typeof node !== "object" || node === null) return;
  if ("kind" in node && node.kind === "function") yield node as FunctionCall;
  for (const part of Object.values(node)) yield* callsIn(part);
}
