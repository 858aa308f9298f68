/**
 * The tables that changes of a table reach through its foreign keys: parents are looked at, children looked at or changed
 * along, and their children in turn.
 *
 * MySQL: sql/sql_base.cc: process_table_fks, open_and_process_routine (FK_TABLE_ROLE_*).
 */
import { append } from "../../base/lists.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { Server } from "../server.ts";
import type { TableUse } from "./table_use.ts";

/** MySQL: process_table_fks: parents are looked at, children looked at or changed along. */
export function directUses(
  server: Server,
  table: CatalogTable,
  changes: TableUse["changes"],
): TableUse[] {
  const uses: TableUse[] = [];
  const add = (schema: string, name: string, changed: TableUse["changes"]) => {
    const lock = changed.length > 0 ? "write" : "read";
    const isKnown = uses.some(
      (use) => use.schema === schema && use.name === name && use.changes[0] === changed[0],
    );
    if (!isKnown) uses.push({ schema, name, alias: name, lock, changes: changed });
  };
  const children = server.catalog.referencing(table.schema, table.name);
  if (children.length === 0 && table.info.foreignKeys.length === 0) return uses;
  const isUpdate = changes.includes("update");
  const isDelete = changes.includes("delete");
  if (changes.includes("insert") || isUpdate) {
    for (const key of table.info.foreignKeys) add(key.refSchema, key.refTable, []);
  }
  if (!isUpdate && !isDelete) return uses;
  for (const { child, foreignKey } of children) {
    const rules = [
      ...(isUpdate ? [foreignKey.onUpdate] : []),
      ...(isDelete ? [foreignKey.onDelete] : []),
    ];
    const isChecked = rules.some((rule) => rule === "NO ACTION" || rule === "RESTRICT");
    const isUpdated =
      (isUpdate && (foreignKey.onUpdate === "CASCADE" || foreignKey.onUpdate === "SET NULL")) ||
      (isDelete && foreignKey.onDelete === "SET NULL");
    const isDeleted = isDelete && foreignKey.onDelete === "CASCADE";
    if (isChecked) add(child.schema, child.name, []);
    if (isUpdated) add(child.schema, child.name, ["update"]);
    if (isDeleted) add(child.schema, child.name, ["delete"]);
  }
  return uses;
}

/** Also what those changes reach, each table and kind of change once. */
export function usesThroughForeignKeys(
  server: Server,
  table: CatalogTable,
  changes: TableUse["changes"],
): readonly TableUse[] {
  const reached: TableUse[] = [];
  const seen = new Set<string>();
  const queue = directUses(server, table, changes);
  for (let use = queue.shift(); use !== undefined; use = queue.shift()) {
    const key = JSON.stringify([use.schema, use.name, use.changes]);
    if (seen.has(key)) continue;
    seen.add(key);
    reached.push(use);
    const next = server.catalog.table(use.schema ?? "", use.name);
    if (next !== null && use.changes.length > 0)
      append(queue, directUses(server, next, use.changes));
  }
  return reached;
}
