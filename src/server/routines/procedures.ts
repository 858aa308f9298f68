/**
 * The stored procedures and functions of the server: CREATE and DROP of them.
 *
 * MySQL: sql/sp.cc: sp_create_routine, sp_drop_routine.
 */
import type {
  AlterRoutine,
  CreateFunction,
  CreateProcedure,
  DropFunction,
  DropProcedure,
  RoutineTraits,
} from "../../sql/ast_routine.ts";
import type { Exec, ExecResult } from "../context.ts";
import { done } from "../ddl/result.ts";
import { type ErrorName, mysqlError, mysqlWarning } from "../errors.ts";
import { BACKUP_KEY, GLOBAL_KEY, schemaKey } from "../mdl/keys.ts";
import type { MdlKey } from "../mdl/locks.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { sqlMode } from "../types/eval_env.ts";
import { knownVariable } from "../variables/store.ts";
import type { Routine } from "./frame.ts";

/** When it was made and last changed, of the server's clock. */
export interface RoutineTimes {
  readonly createdMs: number;
  readonly changedMs: number;
}

export interface Procedure extends Routine, RoutineTimes {
  readonly definition: CreateProcedure;
}

export type RoutineKind = "PROCEDURE" | "FUNCTION";

export interface RoutinePlace {
  readonly schema: string;
  readonly name: string;
}

type NamedRoutine = Routine &
  RoutineTimes & { readonly definition: { readonly traits: RoutineTraits } };

/** The procedures, or the functions, of all databases. */
export class Routines<Kind extends NamedRoutine> {
  readonly #namespace: RoutineKind;
  readonly #byName = new Map<string, Kind>();

  constructor(namespace: RoutineKind) {
    this.#namespace = namespace;
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0;
  }

  /** Every change of one makes the sessions read all of them anew. MySQL: sp_cache_invalidate. */
  version = 1;

  at(place: RoutinePlace): Kind | undefined {
    return this.#byName.get(keyOf(place));
  }

  /** Its metadata lock has the name as it was made; MySQL compares these names without case. */
  lockOf(place: RoutinePlace): MdlKey {
    const { schema, name } = this.at(place) ?? place;
    return { namespace: this.#namespace, schema, name };
  }

  add(routine: Kind): void {
    this.#byName.set(keyOf(routine), routine);
    this.version += 1;
  }

  /** False where there is none of that name. */
  change(place: RoutinePlace, changed: Partial<RoutineTraits>, changedMs: number): boolean {
    const routine = this.at(place);
    if (routine === undefined) return false;
    const traits = { ...routine.definition.traits, ...changed };
    this.add({ ...routine, changedMs, definition: { ...routine.definition, traits } });
    return true;
  }

  /** In the order of their names. */
  all(): readonly Kind[] {
    const name = ({ schema, name: own }: Kind): string => `${schema}\0${own.toLowerCase()}`;
    return [...this.#byName.values()].sort((a, b) => (name(a) < name(b) ? -1 : 1));
  }

  remove(place: RoutinePlace): void {
    if (this.#byName.delete(keyOf(place))) this.version += 1;
  }

  removeSchema(schema: string): void {
    for (const routine of this.#byName.values()) {
      if (routine.schema === schema) this.remove(routine);
    }
  }
}

/** Names of routines do not know case. */
export function keyOf({ schema, name }: RoutinePlace): string {
  return `${schema}.${name.toLowerCase()}`;
}

export function placeOf(
  { owner }: StatementExecution,
  { name }: Pick<DropRoutine, "name">,
): RoutinePlace {
  return { schema: schemaOf(owner, name.schema?.text ?? null), name: name.name.text };
}

type DropRoutine = DropProcedure | DropFunction;

/** Throws 1304, 1193 and 1314. */
export function* createProcedure(
  execution: StatementExecution,
  statement: CreateProcedure,
): Exec<ExecResult> {
  checkBody(statement, statement);
  return yield* addRoutine(execution, statement, "PROCEDURE", (made) => {
    execution.server.procedures.add({ ...made, definition: statement });
  });
}

/** Under a name that is not taken. Throws 1304, 1049. */
export function* addRoutine(
  execution: StatementExecution,
  statement: CreateProcedure | CreateFunction,
  kind: RoutineKind,
  add: (made: Omit<Routine, "definition"> & RoutineTimes) => void,
): Exec<ExecResult> {
  const { server, sql, facts } = execution;
  const place = placeOf(execution, statement);
  if (!server.catalog.hasDatabase(place.schema)) throw mysqlError("ER_BAD_DB_ERROR", place.schema);
  const routines = kind === "FUNCTION" ? server.functions : server.procedures;
  yield* lockName(execution, routines.lockOf(place));
  if (routines.at(place) === undefined) {
    const { nowMs } = server.log;
    const times = { createdMs: nowMs, changedMs: nowMs };
    add({ ...place, text: sql, facts, sqlMode: sqlMode(execution), ...times });
    return done();
  }
  const problem: readonly [ErrorName, ...string[]] = ["ER_SP_ALREADY_EXISTS", kind, place.name];
  if (!statement.ifNotExists) throw mysqlError(...problem);
  execution.warn(mysqlWarning("Note", ...problem));
  return done();
}

/** Throws 1305. */
export function* dropRoutine(
  execution: StatementExecution,
  statement: DropRoutine,
  kind: RoutineKind,
): Exec<ExecResult> {
  const { server } = execution;
  const routines = kind === "FUNCTION" ? server.functions : server.procedures;
  const place = placeOf(execution, statement);
  yield* lockName(execution, routines.lockOf(place));
  if (routines.at(place) === undefined) {
    const absence = ["ER_SP_DOES_NOT_EXIST", kind, `${place.schema}.${place.name}`] as const;
    if (!statement.ifExists) throw mysqlError(...absence);
    execution.warn(mysqlWarning("Note", ...absence));
  }
  routines.remove(place);
  return done();
}

/** What a routine says of itself is changed; what it does is not. Throws 1305. MySQL: sp_update_routine. */
export function* alterRoutine(
  execution: StatementExecution,
  statement: AlterRoutine,
): Exec<ExecResult> {
  const { server } = execution;
  const { routine: kind, traits } = statement;
  const place = placeOf(execution, statement);
  const routines = kind === "FUNCTION" ? server.functions : server.procedures;
  yield* lockName(execution, routines.lockOf(place));
  if (!routines.change(place, traits, server.log.nowMs)) {
    throw mysqlError("ER_SP_DOES_NOT_EXIST", kind, `${place.schema}.${place.name}`);
  }
  return done();
}

/** MySQL: lock_object_name. */
function* lockName({ owner }: StatementExecution, key: MdlKey): Exec<void> {
  if (owner.lockedTables !== null) throw mysqlError("ER_LOCK_OR_ACTIVE_TRANSACTION");
  if (owner.holdsGlobalReadLock) throw mysqlError("ER_CANT_UPDATE_WITH_READLOCK");
  const outcome = yield* owner.mdl.acquireAll([
    { key: GLOBAL_KEY, mode: "INTENTION_EXCLUSIVE", duration: "STATEMENT" },
    { key: BACKUP_KEY, mode: "INTENTION_EXCLUSIVE", duration: "TRANSACTION" },
    { key: schemaKey(key.schema ?? ""), mode: "INTENTION_EXCLUSIVE", duration: "TRANSACTION" },
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
