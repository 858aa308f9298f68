/**
 * ALTER TABLE, CREATE INDEX, DROP INDEX.
 *
 *     SHARED_UPGRADABLE on the table, EXCLUSIVE on a name #sql-...  ─▶  COPY: SHARED_NO_WRITE ─▶ EXCLUSIVE ─▶ done
 *
 * Reads and changes go on under SHARED_UPGRADABLE, so what stops an ALTER are transactions that have used the table, and
 * what stops later statements is the pending EXCLUSIVE.
 *
 * MySQL: sql/sql_table.cc: mysql_alter_table, mysql_inplace_alter_table, simple_rename_or_index_change.
 * Departure: the table is changed at one moment, under EXCLUSIVE; INSTANT and INPLACE differ from COPY in locks and in the
 * rows counted only.
 */

import type { Row } from "../../innodb/api.ts";
import type { AlterAction, AlterTable, CreateIndex, DropIndex } from "../../sql/ast_table.ts";
import { baseTable, type CatalogTable } from "../catalog/catalog.ts";
import { engineOf, moveToEngine } from "../catalog/engine_tables.ts";
import type { Exec, ExecResult } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { dbFailure } from "../exec/db_failure.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { protectCopy, schemaOf, tableKey } from "../session/open_tables.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { type Alteration, applyActions } from "./alter_actions.ts";
import { convertRow, needsCopy } from "./alter_rows.ts";
import { catalogTable, draftOfTable } from "./draft.ts";
import { renameTable } from "./drop_table.ts";
import { resolveForeignKeys } from "./foreign_keys.ts";
import {
  lockTableNames,
  requireWriteLocked,
  type TablePlace,
  upgradeToExclusive,
} from "./name_locks.ts";
import { lockForChange, lockForLooking } from "./related_tables.ts";
import { done } from "./result.ts";
import { checkWhole, type DraftKey, type DraftTable, tableDef } from "./table_definition.ts";
import { addTemporaryTable, temporaryTable } from "./temporary.ts";

export function* alterTable(
  execution: StatementExecution,
  statement: AlterTable,
): Exec<ExecResult> {
  const { owner, server } = execution;
  const place = {
    schema: schemaOf(owner, statement.name.schema?.text ?? null),
    name: statement.name.name.text,
  };
  const temporary = temporaryTable(owner, place.schema, place.name);
  if (temporary === null) yield* lockForAlter(execution, place);
  const table = temporary ?? server.catalog.table(place.schema, place.name);
  if (table === null) throw mysqlError("ER_NO_SUCH_TABLE", place.schema, place.name);
  const newPlace = renamedPlace(execution, place, statement.actions);
  if (newPlace !== null) yield* lockNewName(execution, newPlace);
  const changes = statement.actions.filter((action) => action.kind !== "renameTo");
  if (changes.length === 0) {
    if (newPlace !== null) {
      yield* upgradeToExclusive(owner, place);
      renameTable(execution, table, newPlace);
    }
    return done();
  }
  const result = yield* carryOut(execution, table, statement, changes);
  if (newPlace !== null) {
    const altered = server.catalog.table(place.schema, place.name);
    if (altered !== null) renameTable(execution, altered, newPlace);
  }
  if (owner.lockedTables !== null) {
    owner.mdl.downgrade(tableKey(place.schema, place.name), "SHARED_NO_READ_WRITE");
  }
  return result;
}

export function createIndex(
  execution: StatementExecution,
  statement: CreateIndex,
): Exec<ExecResult> {
  const { span, algorithm, lock } = statement;
  return alterTable(execution, {
    kind: "alterTable",
    span,
    name: statement.table,
    algorithm,
    lock,
    actions: [
      {
        kind: "addElement",
        span,
        element: {
          kind: "key",
          span,
          type: statement.type,
          name: statement.name,
          parts: statement.parts,
          options: statement.options,
        },
      },
    ],
  });
}

export function dropIndex(execution: StatementExecution, statement: DropIndex): Exec<ExecResult> {
  const { span, algorithm, lock, name } = statement;
  const isPrimary = name.text.toUpperCase() === "PRIMARY";
  return alterTable(execution, {
    kind: "alterTable",
    span,
    name: statement.table,
    algorithm,
    lock,
    actions: [
      {
        kind: "dropKey",
        span,
        type: isPrimary ? "primary" : "index",
        name: isPrimary ? null : name,
      },
    ],
  });
}

function* carryOut(
  execution: StatementExecution,
  table: CatalogTable,
  statement: AlterTable,
  changes: readonly AlterAction[],
): Exec<ExecResult> {
  const { server, owner } = execution;
  const { schema, name } = table;
  const draft = draftOfTable(table, { schema, name, withForeignKeys: true });
  const alteration = applyActions(server, execution, table, draft, changes);
  checkWhole(draft);
  resolveForeignKeys(server, owner, draft);
  const addsForeignKey = draft.foreignKeys.length > table.info.foreignKeys.length;
  const copies =
    statement.algorithm === "copy" ||
    table.temporary ||
    needsCopy(table, draft, alteration) ||
    (addsForeignKey && owner.variables.isOn("foreign_key_checks")) ||
    table.engine !== "InnoDB";
  checkAlgorithm(statement, copies);
  if (!table.temporary) {
    yield* lockForLooking(execution, draft, table);
    yield* lockShadowName(execution, table);
    if (copies && owner.lockedTables === null) {
      const outcome = yield* owner.mdl.upgrade(tableKey(schema, name), "SHARED_NO_WRITE");
      if (outcome !== "granted") failMdl(owner, outcome);
    }
    if (copies) yield* protectCopy(owner);
    yield* upgradeToExclusive(owner, table);
    yield* lockForChange(execution, draft, table);
  }
  const { info, rowsRead } = changeInEngine(execution, table, draft, {
    ...alteration,
    rebuilds: alteration.rebuilds || copies,
  });
  const rows = copies ? rowsRead : 0;
  const { createdMs, temporary } = table;
  const altered = catalogTable(draft, info, { createdMs, temporary });
  if (temporary) addTemporaryTable(owner, altered);
  else server.catalog.put(altered);
  return done(rows, `Records: ${rows}  Duplicates: 0  Warnings: ${owner.warnings.length}`);
}

/** Indexes alone are added and dropped one by one; anything else makes the table anew. */
function changeInEngine(
  execution: StatementExecution,
  table: CatalogTable,
  draft: DraftTable,
  alteration: Alteration,
): { readonly info: CatalogTable["info"]; readonly rowsRead: number } {
  const { server } = execution;
  const engine = engineOf(server, table);
  const def = tableDef(draft);
  const added = draft.keys.filter((key) => alteration.addedKeys.includes(key.name));
  refuseDuplicates(execution, table, draft, alteration, added);
  if (!alteration.rebuilds) {
    let info = table.info;
    for (const name of alteration.droppedKeys) info = engine.dropIndex(info.id, name);
    for (const index of def.indexes.filter((index) => alteration.addedKeys.includes(index.name))) {
      const result = engine.addIndex(info.id, index);
      if ("err" in result) throw dbFailure(result, baseTable(table, engine, noCursor));
      info = result;
    }
    return { info, rowsRead: 0 };
  }
  let rowsRead = 0;
  const convertOne = convertRow(execution, table, draft, alteration);
  const convert = (row: Row) => {
    rowsRead += 1;
    return convertOne(row);
  };
  const info =
    draft.engine === table.engine
      ? engine.rebuildTable(table.info.id, def, convert)
      : moveToEngine(server, table, draft, convert);
  return { info, rowsRead };
}

/** No user can give a key this name. */
const TRIAL_KEY = "#trial ";

/** New unique keys of columns that stay as they are: tried out on the old table first. */
function refuseDuplicates(
  execution: StatementExecution,
  table: CatalogTable,
  draft: DraftTable,
  alteration: Alteration,
  added: readonly DraftKey[],
): void {
  if (!alteration.rebuilds) return;
  const engine = engineOf(execution.server, table);
  for (const key of added.filter((candidate) => candidate.unique)) {
    const parts = key.parts.map((part) => {
      const position = draft.columns.findIndex((column) => column.name === part.column);
      return { column: alteration.sources[position] ?? -1, prefix: part.prefix, desc: part.desc };
    });
    if (parts.some((part) => part.column < 0)) continue;
    const result = engine.addIndex(table.info.id, { name: TRIAL_KEY, unique: true, parts });
    if ("err" in result) {
      const error = { ...result, indexName: key.name };
      throw dbFailure(error, baseTable(table, engine, noCursor));
    }
    engine.dropIndex(table.info.id, TRIAL_KEY);
  }
}

function* lockForAlter(execution: StatementExecution, place: TablePlace): Exec<void> {
  const { owner } = execution;
  if (owner.lockedTables === null) yield* lockTableNames(owner, [place], "SHARED_UPGRADABLE");
  else requireWriteLocked(owner, place);
}

/** The name under which the altered table is built. */
function* lockShadowName(execution: StatementExecution, table: CatalogTable): Exec<void> {
  const { owner } = execution;
  const outcome = yield* owner.mdl.acquire({
    key: tableKey(table.schema, `#sql-1_${owner.connectionId.toString(16)}`),
    mode: "EXCLUSIVE",
    duration: "STATEMENT",
  });
  if (outcome !== "granted") failMdl(owner, outcome);
}

function renamedPlace(
  execution: StatementExecution,
  place: TablePlace,
  actions: readonly AlterAction[],
): TablePlace | null {
  const rename = actions.findLast((action) => action.kind === "renameTo");
  if (rename === undefined) return null;
  const schema = rename.name.schema?.text ?? place.schema;
  const name = rename.name.name.text;
  if (schema === place.schema && name === place.name) return null;
  if (execution.server.catalog.table(schema, name) !== null) {
    throw mysqlError("ER_TABLE_EXISTS_ERROR", name);
  }
  return { schema, name };
}

function* lockNewName(execution: StatementExecution, place: TablePlace): Exec<void> {
  const { owner } = execution;
  const outcome = yield* owner.mdl.acquire({
    key: tableKey(place.schema, place.name),
    mode: "EXCLUSIVE",
    duration: "TRANSACTION",
  });
  if (outcome !== "granted") failMdl(owner, outcome);
}

function checkAlgorithm(statement: AlterTable, copies: boolean): void {
  const { algorithm, lock } = statement;
  if (copies && (algorithm === "inplace" || algorithm === "instant")) {
    throw mysqlError(
      "ER_ALTER_OPERATION_NOT_SUPPORTED_REASON",
      `ALGORITHM=${algorithm.toUpperCase()}`,
      "Cannot change column type INPLACE",
      "ALGORITHM=COPY",
    );
  }
  if (copies && lock === "none") {
    throw mysqlError(
      "ER_ALTER_OPERATION_NOT_SUPPORTED_REASON",
      "LOCK=NONE",
      "COPY algorithm requires a lock",
      "LOCK=SHARED",
    );
  }
}

function noCursor(): never {
  throw new Error("DDL opens no cursor");
}
