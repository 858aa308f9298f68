/**
 * The stored procedures of the server: CREATE PROCEDURE and DROP PROCEDURE.
 *
 * MySQL: sql/sp.cc: sp_create_routine, sp_drop_routine.
 */
import type { CreateProcedure, DropProcedure } from "../../sql/ast_routine.ts";
import type { Exec, ExecResult } from "../context.ts";
import { done } from "../ddl/result.ts";
import { type ErrorName, mysqlError, mysqlWarning } from "../errors.ts";
import { BACKUP_KEY, GLOBAL_KEY, schemaKey } from "../mdl/keys.ts";
import type { MdlKey } from "../mdl/locks.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { knownVariable } from "../variables/store.ts";
import type { Routine } from "./frame.ts";

export interface Procedure extends Routine {
  readonly definition: CreateProcedure;
}

export interface ProcedurePlace {
  readonly schema: string;
  readonly name: string;
}

export class Procedures {
  readonly #byName = new Map<string, Procedure>();
  /** Every change of one makes the sessions read all of them anew. MySQL: sp_cache_invalidate. */
  version = 1;

  at(place: ProcedurePlace): Procedure | undefined {
    return this.#byName.get(keyOf(place));
  }

  /** Its metadata lock has the name as it was made; MySQL compares these names without case. */
  lockOf(place: ProcedurePlace): MdlKey {
    const { schema, name } = this.at(place) ?? place;
    return { namespace: "PROCEDURE", schema, name };
  }

  add(procedure: Procedure): void {
    this.#byName.set(keyOf(procedure), procedure);
    this.version += 1;
  }

  remove(place: ProcedurePlace): void {
    if (this.#byName.delete(keyOf(place))) this.version += 1;
  }

  removeSchema(schema: string): void {
    for (const procedure of this.#byName.values()) {
      if (procedure.schema === schema) this.remove(procedure);
    }
  }
}

/** Names of procedures do not know case. */
export function keyOf({ schema, name }: ProcedurePlace): string {
  return `${schema}.${name.toLowerCase()}`;
}

export function placeOf(
  { owner }: StatementExecution,
  { name }: Pick<DropProcedure, "name">,
): ProcedurePlace {
  return { schema: schemaOf(owner, name.schema?.text ?? null), name: name.name.text };
}

/** Throws 1304, 1193 and 1314. */
export function* createProcedure(
  execution: StatementExecution,
  statement: CreateProcedure,
): Exec<ExecResult> {
  const { server, sql, facts } = execution;
  const place = placeOf(execution, statement);
  checkBody(statement, statement);
  yield* lockName(execution, place);
  if (server.procedures.at(place) !== undefined) {
    const problem: readonly [ErrorName, ...string[]] = [
      "ER_SP_ALREADY_EXISTS",
      "PROCEDURE",
      place.name,
    ];
    if (!statement.ifNotExists) throw mysqlError(...problem);
    execution.warn(mysqlWarning("Note", ...problem));
    return done();
  }
  server.procedures.add({ ...place, text: sql, facts, definition: statement });
  return done();
}

/** Throws 1305. */
export function* dropProcedure(
  execution: StatementExecution,
  statement: DropProcedure,
): Exec<ExecResult> {
  const { procedures } = execution.server;
  const place = placeOf(execution, statement);
  yield* lockName(execution, place);
  if (procedures.at(place) === undefined) {
    const absence = ["ER_SP_DOES_NOT_EXIST", "PROCEDURE", `${place.schema}.${place.name}`] as const;
    if (!statement.ifExists) throw mysqlError(...absence);
    execution.warn(mysqlWarning("Note", ...absence));
  }
  procedures.remove(place);
  return done();
}

/** MySQL: lock_object_name. */
function* lockName(
  { owner, server }: StatementExecution,
  { schema, name }: ProcedurePlace,
): Exec<void> {
  if (owner.lockedTables !== null) throw mysqlError("ER_LOCK_OR_ACTIVE_TRANSACTION");
  if (owner.holdsGlobalReadLock) throw mysqlError("ER_CANT_UPDATE_WITH_READLOCK");
  const key = server.procedures.lockOf({ schema, name });
  const outcome = yield* owner.mdl.acquireAll([
    { key: GLOBAL_KEY, mode: "INTENTION_EXCLUSIVE", duration: "STATEMENT" },
    { key: BACKUP_KEY, mode: "INTENTION_EXCLUSIVE", duration: "TRANSACTION" },
    { key: schemaKey(schema), mode: "INTENTION_EXCLUSIVE", duration: "TRANSACTION" },
    { key, mode: "EXCLUSIVE", duration: "TRANSACTION" },
  ]);
  if (outcome !== "granted") failMdl(outcome);
}

const NOT_ALLOWED: Readonly<Record<string, string>> = {
  use: "USE",
  lockTables: "LOCK",
  unlockTables: "UNLOCK",
  handlerOpen: "HANDLER",
  handlerClose: "HANDLER",
  handlerRead: "HANDLER",
};

/** What MySQL finds while it reads a body. */
export function checkBody({ variables }: Routine["definition"], node: unknown): void {
  if (typeof node !== "object" || node === null) return;
  const { kind, scope, base, name } = node as Readonly<Record<string, unknown>>;
  const word = NOT_ALLOWED[String(kind)];
  if (word !== undefined) throw mysqlError("ER_SP_BADSTATEMENT", word);
  if (kind === "setSystemVariable" && base === null && scope === "session") {
    if (!variables.includes(String(name))) knownVariable(String(name));
  }
  for (const part of Object.values(node)) checkBody({ variables }, part);
}
