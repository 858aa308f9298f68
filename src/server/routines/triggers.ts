/**
 * CREATE TRIGGER and DROP TRIGGER. A trigger is a part of its table's definition: it goes with the table, by whatever name.
 *
 * MySQL: sql/sql_trigger.cc: Sql_cmd_create_trigger, Sql_cmd_drop_trigger; sql/table_trigger_dispatcher.cc: create_trigger.
 */
import type { CreateTrigger, DropTrigger } from "../../sql/ast_routine.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { Exec, ExecResult } from "../context.ts";
import {
  lockTableNames,
  requireWriteLocked,
  type TablePlace,
  upgradeToExclusive,
} from "../ddl/name_locks.ts";
import { done } from "../ddl/result.ts";
import { temporaryTable } from "../ddl/temporary.ts";
import { type ErrorName, mysqlError, mysqlWarning } from "../errors.ts";
import { schemaKey, tableKey } from "../mdl/keys.ts";
import { noSuchTable } from "../no_such_table.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { schemaOf } from "../session/schema_of.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { sqlMode } from "../types/eval_env.ts";
import type { Routine } from "./frame.ts";
import { checkBody } from "./procedures.ts";
import { checkColumns, checkTriggerBody } from "./trigger_body.ts";

export interface Trigger extends Routine {
  /** Its table's name. */
  readonly table: string;
  readonly definition: CreateTrigger;
  readonly createdMs: number;
}

/** Throws 1359, 1361, 1435, 3011, and what stands in a body that may not. */
export function* createTrigger(
  execution: StatementExecution,
  statement: CreateTrigger,
): Exec<ExecResult> {
  const { server, owner, sql, facts } = execution;
  const { catalog } = server;
  checkBody(statement, statement);
  checkTriggerBody(statement);
  const place = placeOf(execution, statement.table);
  const schema = schemaOf(owner, statement.name.schema?.text ?? place.schema);
  if (schema !== place.schema) throw mysqlError("ER_TRG_IN_WRONG_SCHEMA");
  if (catalog.view(place.schema, place.name) !== null) {
    throw mysqlError("ER_WRONG_OBJECT", `${place.schema}.${place.name}`, "BASE TABLE");
  }
  if (temporaryTable(owner, place.schema, place.name) !== null) {
    throw mysqlError("ER_TRG_ON_VIEW_OR_TEMP_TABLE", place.name);
  }
  const table = yield* lockTable(execution, place);
  const name = statement.name.name.text;
  const known = catalog.triggerNamed(schema, name);
  if (known !== null) {
    if (!statement.ifNotExists) throw mysqlError("ER_TRG_ALREADY_EXISTS");
    const note: readonly [ErrorName, ...string[]] = [
      "ER_IF_NOT_EXISTS_UNSUPPORTED_TRG_EXISTS",
      name,
      schema,
      known.table,
    ];
    execution.warn(mysqlWarning("Note", ...note));
    return done();
  }
  checkColumns(statement, table);
  const createdMs = server.log.nowMs;
  const trigger: Trigger = {
    schema,
    name,
    text: sql,
    facts,
    sqlMode: sqlMode(execution),
    table: place.name,
    definition: statement,
    createdMs,
  };
  const before = catalog.triggersOf(place.schema, place.name);
  catalog.setTriggers(place.schema, place.name, withTrigger(before, trigger));
  closeTable(execution, place);
  return done();
}

/** Throws 1360. */
export function* dropTrigger(
  execution: StatementExecution,
  statement: DropTrigger,
): Exec<ExecResult> {
  const { server, owner } = execution;
  const { catalog } = server;
  const { schema, name } = placeOf(execution, statement.name);
  const trigger = catalog.triggerNamed(schema, name);
  if (trigger === null) {
    if (!catalog.hasDatabase(schema)) throw mysqlError("ER_BAD_DB_ERROR", schema);
    if (!statement.ifExists) throw mysqlError("ER_TRG_DOES_NOT_EXIST");
    execution.warn(mysqlWarning("Note", "ER_TRG_DOES_NOT_EXIST"));
    return done();
  }
  const outcome = yield* owner.mdl.acquireAll([
    { key: schemaKey(schema), mode: "INTENTION_EXCLUSIVE", duration: "EXPLICIT" },
    { key: { namespace: "TRIGGER", schema, name }, mode: "EXCLUSIVE", duration: "TRANSACTION" },
  ]);
  if (outcome !== "granted") failMdl(outcome);
  try {
    yield* lockTable(execution, { schema, name: trigger.table });
  } finally {
    owner.mdl.releaseOneExplicit(schemaKey(schema));
  }
  const rest = catalog.triggersOf(schema, trigger.table).filter((one) => one !== trigger);
  catalog.setTriggers(schema, trigger.table, rest);
  closeTable(execution, { schema, name: trigger.table });
  return done();
}

function placeOf(
  { owner }: StatementExecution,
  { schema, name }: CreateTrigger["table"],
): TablePlace {
  return { schema: schemaOf(owner, schema?.text ?? null), name: name.text };
}

/** SHARED_NO_WRITE while it is opened, then EXCLUSIVE. Throws 1146. */
function* lockTable(execution: StatementExecution, place: TablePlace): Exec<CatalogTable> {
  const { server, owner } = execution;
  if (owner.lockedTables !== null) requireWriteLocked(owner, place);
  else yield* lockTableNames(owner, [place], "SHARED_NO_WRITE");
  const table = server.catalog.table(place.schema, place.name);
  if (table === null) throw noSuchTable(place.schema, place.name);
  yield* upgradeToExclusive(owner, place);
  return table;
}

/** Whoever opens it next reads its definition anew; under LOCK TABLES that is done at once, and the lock lasts on. */
function closeTable({ server, owner }: StatementExecution, { schema, name }: TablePlace): void {
  if (owner.lockedTables === null) server.catalog.forgetDefinition(schema, name);
  else owner.mdl.downgrade(tableKey(schema, name), "SHARED_NO_READ_WRITE");
}

/** Behind those of its kind, or where FOLLOWS or PRECEDES puts it. Throws 3011. */
function withTrigger(before: readonly Trigger[], trigger: Trigger): readonly Trigger[] {
  const { place, timing, event } = trigger.definition;
  if (place === null) return [...before, trigger];
  const at = before.findIndex(
    ({ name, definition }) =>
      name.toLowerCase() === place.name.toLowerCase() &&
      definition.timing === timing &&
      definition.event === event,
  );
  if (at < 0) throw mysqlError("ER_REFERENCED_TRG_DOES_NOT_EXIST", place.name);
  return before.toSpliced(place.follows ? at + 1 : at, 0, trigger);
}
