/**
 * Foreign keys at DDL time: the parent table, its columns and the key on them that a foreign key needs.
 *
 * MySQL: sql/sql_table.cc: prepare_fk, prepare_fk_parent_key, check_fk_children_after_parent_drop, fk_truncate_illegal_if_parent.
 */
import { fixedLength } from "../../innodb/stored_length.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { CatalogTable, Referencing } from "../catalog/catalog.ts";
import { sameName } from "../catalog/names.ts";
import type { ServerColumn } from "../context.ts";
import { mysqlError } from "../errors.ts";
import type { Server } from "../server.ts";
import type { Session } from "../session/session.ts";
import { shownCollation } from "../types/character_sets.ts";
import { draftOfTable } from "./draft.ts";
import type { TablePlace } from "./name_locks.ts";
import { columnsIn } from "./stored_expression.ts";
import {
  beginsWith,
  columnNamed,
  type DraftForeignKey,
  type DraftKey,
  type DraftTable,
  tableDef,
} from "./table_definition.ts";

/** Fills in the parents' columns and checks them; `had` are keys that the table has already. Throws 1215, 1824, 1822, 3780 and the like. */
export function resolveForeignKeys(
  server: Server,
  session: Session,
  draft: DraftTable,
  had: readonly { readonly name: string }[] = [],
): void {
  const isOld = ({ name }: DraftForeignKey) => had.some((key) => key.name === name);
  if (draft.temporary && !draft.foreignKeys.every(isOld)) throw mysqlError("ER_CANNOT_ADD_FOREIGN");
  if (draft.engine !== "InnoDB") {
    draft.foreignKeys = [];
    return;
  }
  draft.foreignKeys = draft.foreignKeys.map((key) =>
    resolved(server, session, draft, key, isOld(key)),
  );
}

function resolved(
  server: Server,
  session: Session,
  draft: DraftTable,
  key: DraftForeignKey,
  isOld: boolean,
): DraftForeignKey {
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
  const own = key.columns.map((name) => columnNamed(draft, name));
  const names = checkedColumns(parent, { ...key, refColumns }, own, {
    isRestricted: session.variables.isOn("restrict_fk_on_non_standard_key"),
    ignoresCollations: isOld && !session.variables.isOn("foreign_key_checks"),
  });
  return { ...key, refColumns: names };
}

/** Throws 3733 and 3104: a change of a parent would have to write what is generated. */
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
  }
}

/**
 * Throws 1215, and in place 3192 for new keys: InnoDB would have to change what a stored column was made from.
 *
 * InnoDB: innobase_check_foreigns, row_create_table's foreign_keys_check.
 */
export function refuseBaseOfStored(
  { foreignKeys, columns }: DraftTable,
  had: readonly { readonly name: string }[],
  copies: boolean,
): void {
  for (const key of foreignKeys) refuseStored(columns, key, had, copies);
}

function refuseStored(
  columns: DraftTable["columns"],
  key: DraftForeignKey,
  had: readonly { readonly name: string }[],
  copies: boolean,
): void {
  if (/^(NO ACTION|RESTRICT)$/.test(key.onUpdate) && /^(NO ACTION|RESTRICT)$/.test(key.onDelete))
    return;
  const isNew = had.every(({ name }) => name !== key.name);
  for (const { default: given } of columns) {
    if (given.kind !== "generated" || !given.stored) continue;
    const isBase = columnsIn(given.expr).some((base) =>
      key.columns.some((column) => sameName(column, base.name.text)),
    );
    if (!isBase) continue;
    throw mysqlError(
      copies || !isNew ? "ER_CANNOT_ADD_FOREIGN" : "ER_CANNOT_ADD_FOREIGN_BASE_COL_STORED",
    );
  }
}

/** Throws 1846: a copy of the table cannot take foreign keys along whose columns have other names. */
export function refuseToCopyRenamed(
  server: Server,
  table: CatalogTable,
  renamed: (name: string) => string,
): void {
  const own = table.info.foreignKeys.flatMap((key) =>
    key.columns.map((at) => table.columns[at]?.name ?? ""),
  );
  const children = server.catalog.referencing(table.schema, table.name);
  const theirs = children.flatMap(({ foreignKey }) => foreignKey.refColumns);
  if ([...own, ...theirs].every((name) => sameName(renamed(name), name))) return;
  throw mysqlError(
    "ER_ALTER_OPERATION_NOT_SUPPORTED_REASON",
    "ALGORITHM=COPY",
    "Columns participating in a foreign key are renamed",
    "ALGORITHM=INPLACE",
  );
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

interface ParentRules {
  /** The key on the parent's columns has to be unique and of just these. */
  readonly isRestricted: boolean;
  readonly ignoresCollations: boolean;
}

/** The parent's columns by their names there. Throws 3734, 3733, 3780, 1822 and 6125. */
function checkedColumns(
  parent: DraftTable,
  key: Pick<DraftForeignKey, "name" | "refTable" | "refColumns">,
  own: readonly ColumnKind[],
  { isRestricted, ignoresCollations }: ParentRules,
): readonly string[] {
  const names = key.refColumns.map((name, at) => {
    const column = columnOf(parent, name);
    if (column === undefined) {
      throw mysqlError("ER_FK_NO_COLUMN_PARENT", name, key.name, key.refTable);
    }
    if (column.default.kind === "generated" && !column.default.stored) {
      throw mysqlError("ER_FK_CANNOT_USE_VIRTUAL_COLUMN", key.name, name);
    }
    const child = own[at];
    if (child !== undefined && !fitsTogether(child.type, column.type, ignoresCollations)) {
      throw mysqlError("ER_FK_INCOMPATIBLE_COLUMNS", child.name, column.name, key.name);
    }
    return column.name;
  });
  const fitting = parent.keys.filter((candidate) => beginsWith(candidate, names));
  if (fitting.length === 0 && !isRestricted) {
    throw mysqlError("ER_FK_NO_INDEX_PARENT", key.name, key.refTable);
  }
  const isUnique = fitting.some((candidate) => isExactly(candidate, names));
  if (!isUnique && isRestricted) {
    throw mysqlError("ER_FK_NO_UNIQUE_INDEX_PARENT", key.name, key.refTable);
  }
  return names;
}

function columnOf({ columns }: DraftTable, name: string): ServerColumn | undefined {
  return columns.find((known) => sameName(known.name, name));
}

interface ColumnKind {
  readonly name: string;
  readonly type: ColumnType;
}

function fitsTogether(a: ColumnType, b: ColumnType, ignoresCollations = false): boolean {
  const isText = (type: ColumnType) => "collation" in type && type.kind !== "enum";
  // VARBINARY and BINARY, and what else InnoDB keeps as bytes of a fixed length, go together.
  const isBytes = (type: ColumnType) => "collation" in type && type.collation === "binary";
  if (isBytes(a) !== isBytes(b))
    return [a, b].every((one) => isBytes(one) || storedAs(one) === "fixed");
  if (isText(a) && isText(b)) {
    const nameOf = (type: ColumnType) => ("collation" in type ? shownCollation(type) : null);
    return ignoresCollations || nameOf(a) === nameOf(b);
  }
  return storedAs(a) === storedAs(b);
}

/** InnoDB's main type, with the bytes and the sign of whole numbers. InnoDB: get_innobase_type_from_mysql_type. */
function storedAs(type: ColumnType): string {
  switch (type.kind) {
    case "int":
      return `${type.bytes} ${type.unsigned}`;
    case "year":
      return "1 true";
    case "date":
      return "3 false";
    case "enum":
      return `${fixedLength(type)} true`;
    case "time":
    case "datetime":
    case "timestamp":
    case "decimal":
    case "bit":
      return "fixed";
    default:
      return type.kind;
  }
}

/** How a table gets a name that foreign keys of others, made with foreign_key_checks=0, have been waiting for. */
export type Adoption = "create" | "rename" | "alter";

/**
 * The table becomes the parent of foreign keys without one. InnoDB looks first, unless it is told not to (1215, 1025), then
 * the server: 3734, 3733, 3780, 1822, 6125.
 *
 * InnoDB: dd_table_check_for_child. MySQL: adjust_fk_child_after_parent_def_change.
 */
export function adoptChildren(
  server: Server,
  session: Session,
  draft: DraftTable,
  how: Adoption,
  from: TablePlace = draft,
): void {
  for (const waiting of server.catalog.referencing(draft.schema, draft.name))
    adoptChild(session, draft, how, from, waiting);
}

function adoptChild(
  { variables }: Session,
  draft: DraftTable,
  how: Adoption,
  from: TablePlace,
  { child, foreignKey }: Referencing,
): void {
  const engineLooks = variables.isOn("foreign_key_checks") && how !== "alter";
  // A rare variable: asked for only where somebody refers to the table, so that its list comes late.
  const isRestricted = variables.isOn("restrict_fk_on_non_standard_key");
  const own = foreignKey.columns.flatMap((at) => child.columns[at] ?? []);
  if (engineLooks && !engineAccepts(draft, foreignKey.refColumns, own)) {
    throw how === "create"
      ? mysqlError("ER_CANNOT_ADD_FOREIGN")
      : mysqlError("ER_ERROR_ON_RENAME", pathOf(from), pathOf(draft), 150, MALFORMED);
  }
  const key = { ...foreignKey, refTable: draft.name };
  checkedColumns(draft, key, own, { isRestricted, ignoresCollations: false });
}

/** InnoDB's words for its error 150. */
const MALFORMED = "Foreign key constraint is incorrectly formed";

function pathOf({ schema, name }: TablePlace): string {
  return `./${schema}/${name}`;
}

function engineAccepts(
  parent: DraftTable,
  names: readonly string[],
  own: readonly ColumnKind[],
): boolean {
  const fits = names.every((name, at) => {
    const [theirs, child] = [columnOf(parent, name), own[at]];
    return theirs !== undefined && (child === undefined || fitsTogether(child.type, theirs.type));
  });
  return fits && parent.keys.some((candidate) => beginsWith(candidate, names));
}

/** ALTER TABLE of a parent: its columns still have to fit those of its children. Throws 3780 and 1830. */
export function refuseForChildren(
  server: Server,
  session: Session,
  draft: DraftTable,
  renamed: (name: string) => string,
): void {
  const ignoresCollations = !session.variables.isOn("foreign_key_checks");
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
      if (theirs === undefined || own === undefined) continue;
      if (fitsTogether(own.type, theirs.type, ignoresCollations)) continue;
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

/** Which keys would serve a foreign key, of the table or to it, that none of the table's serves any more. */
export function neededByForeignKey(
  draft: DraftTable,
  server: Server,
  { variables }: Session,
  renamed: (name: string) => string,
): ((key: DraftKey) => boolean) | null {
  const own = draft.foreignKeys.map(
    ({ columns }) =>
      (key: DraftKey) =>
        beginsWith(key, columns),
  );
  const others = server.catalog.referencing(draft.schema, draft.name).map(({ foreignKey }) => {
    const names = foreignKey.refColumns.map(renamed);
    const isRestricted = variables.isOn("restrict_fk_on_non_standard_key");
    return (key: DraftKey) => beginsWith(key, names) && (!isRestricted || isExactly(key, names));
  });
  return [...own, ...others].find((serves) => !draft.keys.some(serves)) ?? null;
}

/** Unique, and of just these columns: what restrict_fk_on_non_standard_key wants. */
function isExactly({ unique, parts }: DraftKey, names: readonly string[]): boolean {
  return unique && parts.length === names.length;
}
