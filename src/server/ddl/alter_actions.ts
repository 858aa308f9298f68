/**
 * The actions of ALTER TABLE, applied to a draft of the table in MySQL's order: drops first, then columns, then keys.
 *
 * MySQL: sql/sql_table.cc: mysql_prepare_alter_table, prepare_fields_and_keys.
 */
import { unreachable } from "../../base/assert.ts";
import type { AlterAction, Check, ColumnDefinition, ColumnPosition } from "../../sql/ast_table.ts";
import type { CatalogTable } from "../catalog/catalog.ts";
import type { ServerColumn, StatementContext } from "../context.ts";
import { mysqlError, notSupported } from "../errors.ts";
import type { Server } from "../server.ts";
import { literalDefault, serverColumn } from "./column_definition.ts";
import { collationOfOptions } from "./column_type.ts";
import { addColumnKeys, applyOptions } from "./draft.ts";
import { isNeededByForeignKey } from "./foreign_keys.ts";
import { addCheck, addForeignKey, addKey, type DraftTable, sameName } from "./table_definition.ts";

export interface Alteration {
  /** For each new column the position of the old one that it comes from; -1 for a new one. */
  readonly sources: readonly number[];
  readonly addedKeys: readonly string[];
  readonly droppedKeys: readonly string[];
  /** More than secondary keys changes. */
  readonly rebuilds: boolean;
  readonly losesPrimaryKey: boolean;
  /** Only the COPY algorithm can do it, whatever the columns say. */
  readonly copies: boolean;
}

interface Work {
  readonly server: Server;
  readonly context: StatementContext;
  readonly draft: DraftTable;
  /** Old name in lower case of each draft column, null for a new one. */
  readonly origins: Map<string, number>;
  rebuilds: boolean;
  copies: boolean;
  droppedPrimary: boolean;
}

export function applyActions(
  server: Server,
  context: StatementContext,
  table: CatalogTable,
  draft: DraftTable,
  actions: readonly AlterAction[],
): Alteration {
  const work: Work = {
    server,
    context,
    draft,
    origins: new Map(table.columns.map((column, at) => [column.name.toLowerCase(), at])),
    rebuilds: false,
    copies: false,
    droppedPrimary: false,
  };
  const keysBefore = draft.keys.map((key) => JSON.stringify(key));
  const namesBefore = draft.keys.map((key) => key.name);
  const drops = actions.filter((action) => isDrop(action));
  for (const action of drops) apply(work, action);
  for (const action of actions) if (!isDrop(action)) apply(work, action);
  const needed = isNeededByForeignKey(draft, server);
  if (needed !== null) {
    const gone = namesBefore.find((name) => !draft.keys.some((key) => key.name === name));
    throw mysqlError("ER_DROP_INDEX_FK", gone ?? needed);
  }
  const hasPrimary = draft.keys.some((key) => key.name === "PRIMARY");
  const changedPrimary = work.droppedPrimary || (hasPrimary && !namesBefore.includes("PRIMARY"));
  const keysAfter = draft.keys.map((key) => JSON.stringify(key));
  return {
    sources: draft.columns.map((column) => work.origins.get(column.name.toLowerCase()) ?? -1),
    addedKeys: draft.keys
      .filter((key) => !keysBefore.includes(JSON.stringify(key)))
      .map((key) => key.name),
    droppedKeys: namesBefore.filter((_name, at) => !keysAfter.includes(keysBefore[at] ?? "")),
    rebuilds: work.rebuilds || changedPrimary || changesClusterKey(draft, namesBefore, keysBefore),
    losesPrimaryKey: work.droppedPrimary && !hasPrimary,
    copies: work.copies,
  };
}

/** Without a primary key a unique key may be the clustered index: then adding or dropping one moves every row. */
function changesClusterKey(
  draft: DraftTable,
  namesBefore: readonly string[],
  keysBefore: readonly string[],
): boolean {
  if (draft.keys.some((key) => key.name === "PRIMARY")) return false;
  const isNew = draft.keys.some((key) => key.unique && !keysBefore.includes(JSON.stringify(key)));
  const isGone = namesBefore.some((name) => !draft.keys.some((key) => key.name === name));
  return isNew || isGone;
}

function isDrop(action: AlterAction): boolean {
  return action.kind === "dropColumn" || action.kind === "dropKey";
}

function apply(work: Work, action: AlterAction): void {
  const { draft, context } = work;
  switch (action.kind) {
    case "addColumn":
      work.rebuilds = true;
      addColumn(work, action.column, action.position);
      return;
    case "addElement":
      addElement(work, action.element);
      return;
    case "dropColumn":
      work.rebuilds = true;
      dropColumn(work, action.name.text);
      return;
    case "modifyColumn":
      work.rebuilds = true;
      changeColumn(work, action.column.name.text, action.column, action.position);
      return;
    case "changeColumn":
      work.rebuilds = true;
      changeColumn(work, action.old.text, action.column, action.position);
      return;
    case "renameColumn":
      work.rebuilds = true;
      renameColumn(work, action.old.text, action.name.text);
      return;
    case "alterColumnDefault": {
      const column = oldColumn(draft, action.name.text);
      work.rebuilds = true;
      replaceColumn(draft, column.name, {
        ...column,
        default:
          action.default === null
            ? { kind: "none" }
            : literalDefault(context, column, action.default.value),
      });
      return;
    }
    case "dropKey":
      dropKey(work, action);
      return;
    case "renameKey":
      work.rebuilds = true;
      renameKey(draft, action.old.text, action.name.text);
      return;
    case "alterConstraint": {
      const name = action.name.text;
      if (!draft.checks.some((check) => sameName(check.name, name))) {
        throw mysqlError("ER_CHECK_CONSTRAINT_NOT_FOUND", name);
      }
      work.copies ||= action.enforced;
      draft.checks = draft.checks.map((check) =>
        sameName(check.name, name) ? { ...check, enforced: action.enforced } : check,
      );
      return;
    }
    case "setTableOption":
      work.rebuilds = true;
      applyOptions(draft, [action.option]);
      return;
    case "convertCharset":
      work.rebuilds = true;
      work.copies = true;
      draft.collation = collationOfOptions(action.charset, action.collation) ?? draft.collation;
      draft.columns = draft.columns.map((column) =>
        "collation" in column.type && column.type.collation !== "binary"
          ? { ...column, type: { ...column.type, collation: draft.collation } }
          : column,
      );
      return;
    case "orderRows":
      work.rebuilds = true;
      work.copies = true;
      return;
    case "simpleAlter":
      work.rebuilds ||= action.action === "force";
      return;
    case "renameTo":
      return;
    case "alterColumnVisibility":
      throw notSupported("invisible columns");
    case "alterIndexVisibility":
      throw notSupported("invisible indexes");
    case "unsupportedAlter":
      throw notSupported(action.feature);
    default:
      unreachable(action);
  }
}

function addElement(
  work: Work,
  element: Extract<AlterAction, { kind: "addElement" }>["element"],
): void {
  const { draft } = work;
  switch (element.kind) {
    case "key":
      addKey(draft, element);
      return;
    case "foreignKey":
      work.rebuilds = true;
      addForeignKey(draft, element, nextNumber(draft.foreignKeys, `${draft.name}_ibfk_`));
      return;
    case "check":
      addNewCheck(work, element);
      return;
    default:
      unreachable(element);
  }
}

function addColumn(work: Work, definition: ColumnDefinition, position: ColumnPosition): void {
  const { draft, context } = work;
  const name = definition.name.text;
  if (draft.columns.some((column) => sameName(column.name, name))) {
    throw mysqlError("ER_DUP_FIELDNAME", name);
  }
  const { collation } = draft;
  insertColumn(
    draft,
    serverColumn(context, definition, { collation, inPrimaryKey: false }),
    position,
  );
  work.origins.delete(name.toLowerCase());
  addColumnKeys(draft, definition);
  for (const check of definition.checks) addNewCheck(work, check);
}

/** Every row has to pass a new check, so every row is copied. */
function addNewCheck(work: Work, check: Check): void {
  const { draft } = work;
  addCheck(draft, check, nextNumber(draft.checks, `${draft.name}_chk_`));
  work.copies ||= check.enforced;
}

function changeColumn(
  work: Work,
  oldName: string,
  definition: ColumnDefinition,
  position: ColumnPosition,
): void {
  const { draft, context, origins } = work;
  const before = oldColumn(draft, oldName);
  const inPrimaryKey = draft.keys.some(
    (key) => key.name === "PRIMARY" && key.parts.some((part) => sameName(part.column, oldName)),
  );
  const { collation } = draft;
  const column = serverColumn(context, definition, { collation, inPrimaryKey });
  const origin = origins.get(oldName.toLowerCase());
  if (!sameName(column.name, oldName)) {
    if (draft.columns.some((other) => sameName(other.name, column.name))) {
      throw mysqlError("ER_DUP_FIELDNAME", column.name);
    }
    origins.delete(oldName.toLowerCase());
  }
  if (origin !== undefined) origins.set(column.name.toLowerCase(), origin);
  replaceColumn(draft, before.name, column);
  renameInKeys(draft, before.name, column.name);
  if (position !== null) {
    draft.columns = draft.columns.filter((other) => other.name !== column.name);
    insertColumn(draft, column, position);
  }
  addColumnKeys(draft, definition);
}

function renameColumn(work: Work, oldName: string, name: string): void {
  const { draft, origins } = work;
  const before = oldColumn(draft, oldName);
  if (!sameName(oldName, name) && draft.columns.some((column) => sameName(column.name, name))) {
    throw mysqlError("ER_DUP_FIELDNAME", name);
  }
  const origin = origins.get(oldName.toLowerCase());
  origins.delete(oldName.toLowerCase());
  if (origin !== undefined) origins.set(name.toLowerCase(), origin);
  replaceColumn(draft, before.name, { ...before, name });
  renameInKeys(draft, before.name, name);
}

function dropColumn(work: Work, name: string): void {
  const { draft, server } = work;
  const column = draft.columns.find((known) => sameName(known.name, name));
  if (column === undefined) throw mysqlError("ER_CANT_DROP_FIELD_OR_KEY", name);
  if (draft.columns.length === 1) throw mysqlError("ER_CANT_REMOVE_ALL_FIELDS");
  const own = draft.foreignKeys.find((key) => key.columns.some((part) => sameName(part, name)));
  if (own !== undefined) throw mysqlError("ER_FK_COLUMN_CANNOT_DROP", column.name, own.name);
  for (const { child, foreignKey } of server.catalog.referencing(draft.schema, draft.name)) {
    if (foreignKey.refColumns.some((part) => sameName(part, name))) {
      throw mysqlError("ER_FK_COLUMN_CANNOT_DROP_CHILD", column.name, foreignKey.name, child.name);
    }
  }
  draft.columns = draft.columns.filter((other) => other !== column);
  draft.keys = draft.keys.flatMap((key) => {
    const parts = key.parts.filter((part) => !sameName(part.column, name));
    return parts.length === 0 ? [] : [{ ...key, parts }];
  });
}

function dropKey(work: Work, action: Extract<AlterAction, { kind: "dropKey" }>): void {
  const { draft } = work;
  const name = action.name?.text ?? "PRIMARY";
  const keys = draft.keys.filter((key) => !sameName(key.name, name));
  const foreignKeys = draft.foreignKeys.filter((key) => !sameName(key.name, name));
  const checks = draft.checks.filter((check) => !sameName(check.name, name));
  const isKey = keys.length < draft.keys.length;
  const isForeignKey = foreignKeys.length < draft.foreignKeys.length;
  const isCheck = checks.length < draft.checks.length;
  switch (action.type) {
    case "primary":
    case "index":
      if (!isKey) throw mysqlError("ER_CANT_DROP_FIELD_OR_KEY", name);
      work.droppedPrimary ||= name === "PRIMARY";
      draft.keys = keys;
      return;
    case "foreignKey":
      if (!isForeignKey) throw mysqlError("ER_CANT_DROP_FIELD_OR_KEY", name);
      work.rebuilds = true;
      draft.foreignKeys = foreignKeys;
      return;
    case "check":
      if (!isCheck) throw mysqlError("ER_CHECK_CONSTRAINT_NOT_FOUND", name);
      draft.checks = checks;
      return;
    case "constraint":
      if (isForeignKey) {
        work.rebuilds = true;
        draft.foreignKeys = foreignKeys;
      } else if (isCheck) draft.checks = checks;
      else if (isKey) draft.keys = keys;
      else throw mysqlError("ER_CONSTRAINT_NOT_FOUND", name);
      return;
    default:
      unreachable(action.type);
  }
}

function renameKey(draft: DraftTable, oldName: string, name: string): void {
  if (!draft.keys.some((key) => sameName(key.name, oldName))) {
    throw mysqlError("ER_KEY_DOES_NOT_EXITS", oldName, draft.name);
  }
  if (draft.keys.some((key) => sameName(key.name, name))) throw mysqlError("ER_DUP_KEYNAME", name);
  draft.keys = draft.keys.map((key) => (sameName(key.name, oldName) ? { ...key, name } : key));
}

/** Throws 1054. */
function oldColumn(draft: DraftTable, name: string): ServerColumn {
  const column = draft.columns.find((known) => sameName(known.name, name));
  if (column === undefined) throw mysqlError("ER_BAD_FIELD_ERROR", name, draft.name);
  return column;
}

function replaceColumn(draft: DraftTable, name: string, column: ServerColumn): void {
  draft.columns = draft.columns.map((other) => (other.name === name ? column : other));
}

function renameInKeys(draft: DraftTable, from: string, to: string): void {
  if (from === to) return;
  draft.keys = draft.keys.map((key) => ({
    ...key,
    parts: key.parts.map((part) => (sameName(part.column, from) ? { ...part, column: to } : part)),
  }));
  draft.foreignKeys = draft.foreignKeys.map((key) => ({
    ...key,
    columns: key.columns.map((column) => (sameName(column, from) ? to : column)),
  }));
}

function insertColumn(draft: DraftTable, column: ServerColumn, position: ColumnPosition): void {
  if (position === null) draft.columns = [...draft.columns, column];
  else if (position === "first") draft.columns = [column, ...draft.columns];
  else {
    const after = oldColumn(draft, position.text);
    draft.columns = draft.columns.flatMap((other) => (other === after ? [other, column] : [other]));
  }
}

/** One more than the largest number that a made-up name has. */
function nextNumber(named: readonly { readonly name: string }[], prefix: string): number {
  const numbers = named.map(({ name }) =>
    name.startsWith(prefix) ? Number(name.slice(prefix.length)) || 0 : 0,
  );
  return Math.max(0, ...numbers) + 1;
}
