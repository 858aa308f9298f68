/**
 * ALTER TABLE in the storage engine: indexes are added and dropped one by one, anything else makes the table anew.
 *
 * MySQL: storage/innobase/handler/handler0alter.cc: ha_innobase::inplace_alter_table, commit_inplace_alter_table.
 */
import type { Row, StorageEngine } from "../../innodb/api.ts";
import type { AlterTable } from "../../sql/ast_table.ts";
import { baseTable, type CatalogTable } from "../catalog/catalog.ts";
import { engineOf, moveToEngine } from "../catalog/engine_tables.ts";
import { dbFailure } from "../exec/db_failure.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import { isStrictMode, newEnv } from "../types/eval_env.ts";
import { convertRow, refuseNulls } from "./alter_rows.ts";
import type { Alteration } from "./alteration.ts";
import { type DraftKey, type DraftTable, tableDef } from "./table_definition.ts";

/** What an ALTER TABLE is going to do. */
export interface AlterPlan {
  readonly statement: AlterTable;
  readonly draft: DraftTable;
  readonly alteration: Alteration;
  readonly copies: boolean;
  /** Only the dictionary changes. */
  readonly isInstant: boolean;
}

export interface Changed {
  readonly info: CatalogTable["info"];
  /** Rows looked at. */
  readonly rows: number;
}

/** Indexes alone are added and dropped one by one; anything else makes the table anew, at one moment. */
export function changeInEngine(
  execution: StatementExecution,
  table: CatalogTable,
  { draft, alteration, copies, isInstant }: AlterPlan,
): Changed {
  const { server } = execution;
  const engine = engineOf(server, table);
  const def = tableDef(draft);
  const added = draft.keys.filter((key) => alteration.addedKeys.includes(key.name));
  const rebuilds = alteration.rebuilds || copies;
  if (!rebuilds) return { info: changeInPlace(server.engine, table, draft, alteration), rows: 0 };
  refuseDuplicates(execution, table, draft, alteration, added);
  const env = newEnv(execution);
  env.strict = isStrictMode(execution);
  const convertOne = convertRow(execution, table, draft, alteration, env);
  const convert = (row: Row) => {
    if (!copies) refuseNulls(draft, alteration, row);
    return convertOne(row);
  };
  const info =
    draft.engine === table.engine
      ? engine.rebuildTable(table.info.id, def, convert, isInstant ? "instant" : "rebuild")
      : moveToEngine(server, table, draft, convert);
  return { info, rows: env.rowNumber };
}

/** InnoDB only: other engines copy. */
function changeInPlace(
  engine: StorageEngine,
  table: CatalogTable,
  draft: DraftTable,
  alteration: Alteration,
): CatalogTable["info"] {
  const { id } = table.info;
  const { keyNames, addedKeys, setsAutoIncrement } = alteration;
  const def = tableDef(draft);
  for (const name of alteration.droppedKeys) engine.dropIndex(id, name);
  engine.changeDefinition(id, def, {
    indexNames: keyNames,
    autoIncrement: setsAutoIncrement ? draft.autoIncrement : null,
  });
  for (const index of def.indexes.filter((candidate) => addedKeys.includes(candidate.name))) {
    const result = engine.addIndex(id, index);
    if ("err" in result) throw dbFailure(result, baseTable(table, engine, noCursor));
  }
  return engine.tableInfo(id);
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

function noCursor(): never {
  throw new Error("DDL opens no cursor");
}
