/**
 * Foreign keys at DDL time: the parent table, its columns and the key on them that a foreign key needs.
 *
 * MySQL: sql/sql_table.cc: prepare_fk, prepare_fk_parent_key, check_fk_children_after_parent_drop, fk_truncate_illegal_if_parent.
 */
import type { ColumnType } from "../../trace/values.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import { sameName } from "../catalog/names.ts";
import { mysqlError } from "../errors.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";
import { draftOfTable } from "./draft.ts";
import { columnsIn } from "./stored_expression.ts";
import {
  beginsWith,
  columnNamed,
  type DraftForeignKey,
  type DraftTable,
  tableDef,
} from "./table_definition.ts";

/** Fills in the parents' columns and checks them. Throws 1824, 1822, 3780 and the like. */
export function resolveForeignKeys(server: Server, session: Session, draft: DraftTable): void {
  if (draft.engine !== "InnoDB") {
    draft.foreignKeys = [];
    return;
  }
  draft.foreignKeys = draft.foreignKeys.map((key) => {
    refuseGenerated(draft, key);
    const isSelf = key.refSchema === draft.schema && key.refTable === draft.name;
    const parent = isSelf ? draft : parentDraft(server, key);
    if (parent === null) {
      if (session.variables.isOn("foreign_key_checks")) {
        throw mysqlError("ER_FK_CANNOT_OPEN_PARENT", key.refTable);
      }
      return key;
    }
    const refColumns = key.refColumns.length > 0 ? key.refColumns : primaryColumns(parent);
    const isRestricted = session.variables.isOn("restrict_fk_on_non_standard_key");
    return checked(draft, parent, { ...key, refColumns }, isRestricted);
  });
}

/** Throws 3733, 3104, 1215: a change of a parent would have to write what is generated, or what was made from the child's column. */
function refuseGenerated({ columns }: DraftTable, key: DraftForeignKey): void {
  const [onDelete, onUpdate] = [
    key.onDelete === "SET NULL",
    /^(CASCADE|SET NULL)$/.test(key.onUpdate),
  ];
  for (const { name, default: given } of columns) {
    if (given.kind !== "generated") continue;
    const isOwn = key.columns.some((column) => sameName(column, name));
    if (isOwn && !given.stored) throw mysqlError("ER_FK_CANNOT_USE_VIRTUAL_COLUMN", key.name, name);
    if (isOwn && (onDelete || onUpdate)) {
      const clause = onUpdate ? `ON UPDATE ${key.onUpdate}` : "ON DELETE SET NULL";
      throw mysqlError("ER_WRONG_FK_OPTION_FOR_GENERATED_COLUMN", clause);
    }
    const isBase = columnsIn(given.expr).some((base) =>
      key.columns.some((column) => sameName(column, base.name.text)),
    );
    const changes = onUpdate || (key.onDelete !== "NO ACTION" && key.onDelete !== "RESTRICT");
    if (given.stored && isBase && changes) throw mysqlError("ER_CANNOT_ADD_FOREIGN");
  }
}

/** Throws 3730 when another table's foreign key needs the table that goes. `going` are the tables dropped together. */
export function refuseToDropParent(
  server: Server,
  session: Session,
  table: CatalogTable,
  going: readonly CatalogTable[],
): void {
  if (!session.variables.isOn("foreign_key_checks")) return;
  for (const { child, foreignKey } of server.catalog.referencing(table.schema, table.name)) {
    if (going.includes(child)) continue;
    throw mysqlError("ER_FK_CANNOT_DROP_PARENT", table.name, foreignKey.name, child.name);
  }
}

/** Throws 1701 when another table's foreign key points at the table. */
export function refuseToTruncateParent(
  server: Server,
  session: Session,
  table: CatalogTable,
): void {
  if (!session.variables.isOn("foreign_key_checks")) return;
  for (const { child, foreignKey } of server.catalog.referencing(table.schema, table.name)) {
    if (child === table) continue;
    server.catalog.forgetDefinition(table.schema, table.name);
    throw mysqlError(
      "ER_TRUNCATE_ILLEGAL_FK",
      `\`${child.schema}\`.\`${child.name}\`, CONSTRAINT \`${foreignKey.name}\``,
    );
  }
}

function parentDraft(server: Server, key: DraftForeignKey): DraftTable | null {
  const table = server.catalog.table(key.refSchema, key.refTable);
  if (table === null || table.engine !== "InnoDB") return null;
  const { schema, name } = table;
  return draftOfTable(table, { schema, name, withForeignKeys: false });
}

function primaryColumns(parent: DraftTable): string[] {
  return parent.keys.find((key) => key.name === "PRIMARY")?.parts.map((part) => part.column) ?? [];
}

function checked(
  draft: DraftTable,
  parent: DraftTable,
  key: DraftForeignKey,
  isRestricted: boolean,
): DraftForeignKey {
  const refColumns = key.refColumns.map((name) => {
    const column = parent.columns.find((known) => sameName(known.name, name));
    if (column === undefined) {
      throw mysqlError("ER_FK_NO_COLUMN_PARENT", name, key.name, key.refTable);
    }
    return column;
  });
  for (const [at, name] of key.columns.entries()) {
    const own = columnNamed(draft, name);
    const theirs = refColumns[at];
    if (theirs !== undefined && !fitsTogether(own.type, theirs.type)) {
      throw mysqlError("ER_FK_INCOMPATIBLE_COLUMNS", own.name, theirs.name, key.name);
    }
  }
  const names = refColumns.map((column) => column.name);
  const fitting = parent.keys.filter((candidate) => beginsWith(candidate, names));
  if (fitting.length === 0 && !isRestricted) {
    throw mysqlError("ER_FK_NO_INDEX_PARENT", key.name, key.refTable);
  }
  const isUnique = fitting.some(
    (candidate) => candidate.unique && candidate.parts.length === names.length,
  );
  if (!isUnique && isRestricted) {
    throw mysqlError("ER_FK_NO_UNIQUE_INDEX_PARENT", key.name, key.refTable);
  }
  return { ...key, refColumns: names };
}

function fitsTogether(a: ColumnType, b: ColumnType): boolean {
  const isText = (type: ColumnType) => "collation" in type && type.kind !== "enum";
  if (isText(a) && isText(b)) {
    return (a as { collation: string }).collation === (b as { collation: string }).collation;
  }
  if (a.kind === "int" && b.kind === "int") {
    return a.bytes === b.bytes && a.unsigned === b.unsigned;
  }
  return a.kind === b.kind;
}

/** CREATE TABLE of a parent that children waited for (foreign_key_checks=0). Throws 1215. */
export function acceptChildren(server: Server, session: Session, draft: DraftTable): void {
  if (!session.variables.isOn("foreign_key_checks")) return;
  for (const { child, foreignKey } of server.catalog.referencing(draft.schema, draft.name)) {
    for (const [at, name] of foreignKey.refColumns.entries()) {
      const theirs = child.columns[foreignKey.columns[at] ?? -1];
      const own = draft.columns.find((column) => sameName(column.name, name));
      const fits = own !== undefined && theirs !== undefined && fitsTogether(own.type, theirs.type);
      if (!fits) throw mysqlError("ER_CANNOT_ADD_FOREIGN");
    }
  }
}

/** ALTER TABLE of a parent: its columns still have to fit those of its children. Throws 3780 and 1830. */
export function refuseForChildren(
  server: Server,
  draft: DraftTable,
  renamed: (name: string) => string,
): void {
  for (const key of draft.foreignKeys) {
    if (key.onDelete !== "SET NULL" && key.onUpdate !== "SET NULL") continue;
    const column = key.columns.map((name) => columnNamed(draft, name)).find((c) => !c.nullable);
    if (column !== undefined) throw mysqlError("ER_FK_COLUMN_NOT_NULL", column.name, key.name);
  }
  for (const { child, foreignKey } of server.catalog.referencing(draft.schema, draft.name)) {
    if (child.schema === draft.schema && child.name === draft.name) continue;
    for (const [at, name] of foreignKey.refColumns.entries()) {
      const theirs = child.columns[foreignKey.columns[at] ?? -1];
      const own = draft.columns.find((column) => sameName(column.name, renamed(name)));
      if (theirs === undefined || own === undefined || fitsTogether(own.type, theirs.type))
        continue;
      throw mysqlError("ER_FK_INCOMPATIBLE_COLUMNS", theirs.name, own.name, foreignKey.name);
    }
  }
}

/** ALTER TABLE renamed columns of a parent: the children's foreign keys follow. */
export function renameInChildren(
  server: Server,
  place: { readonly schema: string; readonly name: string },
  renamed: (name: string) => string,
): void {
  for (const { child } of server.catalog.referencing(place.schema, place.name)) {
    if (child.schema === place.schema && child.name === place.name) continue;
    const { schema, name } = child;
    const draft = draftOfTable(child, { schema, name, withForeignKeys: true });
    const isTie = (key: DraftForeignKey) =>
      key.refSchema === place.schema && key.refTable === place.name;
    const before = JSON.stringify(draft.foreignKeys);
    draft.foreignKeys = draft.foreignKeys.map((key) =>
      isTie(key) ? { ...key, refColumns: key.refColumns.map(renamed) } : key,
    );
    if (JSON.stringify(draft.foreignKeys) === before) continue;
    server.engine.changeDefinition(child.info.id, tableDef(draft), {
      indexNames: new Map(),
      autoIncrement: null,
    });
    server.catalog.put({ ...child, info: server.engine.tableInfo(child.info.id) });
  }
}

/** True when an index is the last one that a foreign key of the table can use (error 1553 when it is dropped). */
export function isNeededByForeignKey(
  draft: DraftTable,
  server: Server,
  renamed: (name: string) => string,
): string | null {
  for (const key of draft.foreignKeys) {
    if (!draft.keys.some((candidate) => beginsWith(candidate, key.columns))) return key.name;
  }
  for (const { foreignKey } of server.catalog.referencing(draft.schema, draft.name)) {
    const names = foreignKey.refColumns.map(renamed);
    const isServed = draft.keys.some((candidate) => beginsWith(candidate, names));
    if (!isServed) return foreignKey.name;
  }
  return null;
}
