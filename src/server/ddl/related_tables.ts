/**
 * Tables that foreign keys tie to one that DDL changes: their definitions change along, so they are locked too.
 *
 * MySQL: sql/sql_table.cc: collect_fk_parents_for_new_fks, collect_fk_parents_for_all_fks, collect_fk_children.
 */
import type { MdlMode } from "../../trace/state.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { Exec } from "../context.ts";
import { failMdl } from "../session/mdl_failure.ts";
import { tableKey } from "../session/open_tables.ts";
import type { StatementExecution } from "../session/statement_execution.ts";
import type { TablePlace } from "./name_locks.ts";
import type { DraftTable } from "./table_definition.ts";

/** ALTER TABLE: the parents of foreign keys that come or go. */
export function* lockRelatedTables(
  execution: StatementExecution,
  draft: DraftTable,
  before: CatalogTable,
  mode: MdlMode,
): Exec<void> {
  const had = new Set(before.info.foreignKeys.map((key) => key.name));
  const has = new Set(draft.foreignKeys.map((key) => key.name));
  const changed = [
    ...draft.foreignKeys.filter((key) => !had.has(key.name)),
    ...before.info.foreignKeys.filter((key) => !has.has(key.name)),
  ];
  yield* lockPlaces(
    execution,
    changed.map((key) => ({ schema: key.refSchema, name: key.refTable })),
    mode,
  );
}

/** CREATE, DROP, RENAME: all parents and children. */
export function* lockFamily(
  execution: StatementExecution,
  tables: readonly (TablePlace & {
    readonly foreignKeys: readonly { readonly refSchema: string; readonly refTable: string }[];
  })[],
): Exec<void> {
  const { catalog } = execution.server;
  const places = tables.flatMap((table) => [
    ...table.foreignKeys.map((key) => ({ schema: key.refSchema, name: key.refTable })),
    ...catalog
      .referencing(table.schema, table.name)
      .map(({ child }) => ({ schema: child.schema, name: child.name })),
  ]);
  yield* lockPlaces(execution, places, "EXCLUSIVE");
}

function* lockPlaces(
  execution: StatementExecution,
  places: readonly TablePlace[],
  mode: MdlMode,
): Exec<void> {
  const { owner } = execution;
  const outcome = yield* owner.mdl.acquireAll(
    places.map(({ schema, name }) => ({
      key: tableKey(schema, name),
      mode,
      duration: "TRANSACTION" as const,
    })),
  );
  if (outcome !== "granted") failMdl(owner, outcome);
}
