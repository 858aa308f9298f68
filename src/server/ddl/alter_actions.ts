/**
 * The actions of ALTER TABLE, applied to a draft of the table in MySQL's order: drops first, then columns, then keys.
 *
 * MySQL: sql/sql_table.cc: mysql_prepare_alter_table, prepare_fields_and_keys.
 */

import { unreachable } from "../../base/assert.ts";
import { maxOf } from "../../base/lists.ts";
import type {
  AlterAction,
  Check,
  ColumnDefinition,
  ColumnPosition,
  OrderRows,
  TableOption,
} from "../../sql/ast_table.ts";
import { sameName } from "../catalog/names.ts";
import type { ServerColumn, StatementContext } from "../context.ts";
import { mysqlError, notSupported } from "../errors.ts";
import { isGenerated } from "../exec/generated.ts";
import type { Server } from "../server.ts";
import { dropKey, renameKey, setVisible } from "./alter_keys.ts";
import { warnOfCharset, warnOfCharsetOptions } from "./charset_warnings.ts";
import { declaredCollation } from "./collations.ts";
import { literalDefault, serverColumn } from "./column_definition.ts";
import { collationNamed } from "./column_type.ts";
import { addColumnKeys, applyOptions } from "./draft.ts";
import { columnsIn, refuseDependent } from "./stored_expression.ts";
import { addCheck, addForeignKey, addKey, type DraftTable } from "./table_definition.ts";

/** An ALTER TABLE while its actions are applied. */
export interface Work {
  readonly server: Server;
  readonly context: StatementContext;
  readonly draft: DraftTable;
  /** Position in the old table by name in lower case; nothing for a new column. */
  readonly origins: Map<string, number>;
  /** In lower case: names that an action has changed or given. None is there to be changed once more. */
  readonly changedNames: Set<string>;
  /** Old name of a key that got a new one, by the new one. */
  readonly renamedKeys: Map<string, string>;
  /** Of the old table: those that went with their columns may be dropped too. */
  readonly oldKeys: DraftTable["keys"];
  /** Others may take the place of all that there were. */
  readonly addsColumns: boolean;
  /** The table is made anew whatever its columns and keys say. */
  rebuilds: boolean;
  copies: boolean;
  orderBy: OrderRows["columns"];
  setsAutoIncrement: boolean;
}

export function applyActions(work: Work, actions: readonly AlterAction[]): void {
  for (const action of actions) {
    if (action.kind === "dropColumn") refuseForForeignKeys(work, action.name.text, actions);
  }
  for (const action of actions) if (isDrop(action)) apply(work, action);
  for (const action of actions) {
    if (action.kind === "dropColumn") refuseDependent(work.draft.columns, action.name.text);
  }
  for (const action of actions) if (!isDrop(action)) apply(work, action);
}

function inCollation(type: ServerColumn["type"], name: string): ServerColumn["type"] {
  if (!("collation" in type)) return type;
  const { declared: _before, ...rest } = type;
  return { ...rest, ...collationNamed(name) };
}

function isDrop(action: AlterAction): boolean {
  return action.kind === "dropColumn" || action.kind === "dropKey";
}

function apply(work: Work, action: AlterAction): void {
  const { draft, context } = work;
  switch (action.kind) {
    case "addColumn":
      addColumn(work, action.column, action.position);
      return;
    case "addElement":
      addElement(work, action.element);
      return;
    case "dropColumn":
      dropColumn(work, action.name.text);
      return;
    case "modifyColumn":
      changeColumn(work, action.column.name.text, action.column, action.position);
      return;
    case "changeColumn":
      changeColumn(work, action.old.text, action.column, action.position);
      return;
    case "renameColumn":
      renameColumn(work, action.old.text, action.name.text);
      return;
    case "alterColumnDefault": {
      const column = oldColumn(draft, action.name.text);
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
      renameKey(work, action.old.text, action.name.text);
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
      setOption(work, action.option);
      return;
    case "convertCharset":
      warnOfCharset(context, action.charset, action.collation);
      if (action.charset !== null || action.collation !== null) {
        draft.collation = declaredCollation(action.charset, action.collation);
      }
      draft.columns = draft.columns.map((column) => {
        if (!("collation" in column.type) || column.type.collation === "binary") return column;
        // Nothing is converted where no column is a text.
        work.copies = true;
        return { ...column, type: inCollation(column.type, draft.collation) };
      });
      return;
    case "orderRows":
      work.copies = true;
      work.orderBy = action.columns;
      return;
    case "simpleAlter":
      work.rebuilds ||= action.action === "force";
      work.copies ||= action.action === "withValidation";
      return;
    case "renameTo":
      return;
    case "alterColumnVisibility": {
      const column = oldColumn(draft, action.name.text);
      const { isInvisible: _before, ...visible } = column;
      const changed = action.visible ? visible : { ...visible, isInvisible: true };
      replaceColumn(draft, column.name, changed);
      return;
    }
    case "alterIndexVisibility":
      setVisible(draft, action.name.text, action.visible);
      return;
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
      addForeignKey(draft, element, nextNumber(draft.foreignKeys, `${draft.name}_ibfk_`));
      return;
    case "check":
      addNewCheck(work, element, null);
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
  for (const check of definition.checks) addNewCheck(work, check, name);
}

/** Every row has to pass a new check, so every row is copied. */
function addNewCheck(work: Work, check: Check, column: string | null): void {
  const { draft } = work;
  addCheck(draft, check, { number: nextNumber(draft.checks, `${draft.name}_chk_`), column });
  work.copies ||= check.enforced;
}

function changeColumn(
  work: Work,
  oldName: string,
  definition: ColumnDefinition,
  position: ColumnPosition,
): void {
  const { draft, context, origins } = work;
  const before = unchangedColumn(work, oldName, definition.name.text);
  const inPrimaryKey = draft.keys.some(
    (key) => key.name === "PRIMARY" && key.parts.some((part) => sameName(part.column, oldName)),
  );
  const { collation } = draft;
  const column = serverColumn(context, definition, { collation, inPrimaryKey });
  if (isVirtual(before) !== isVirtual(column) || (!isGenerated(before) && isGenerated(column))) {
    const what = "Changing the STORED status";
    throw mysqlError("ER_UNSUPPORTED_ACTION_ON_GENERATED_COLUMN", what);
  }
  const origin = origins.get(oldName.toLowerCase());
  if (!sameName(column.name, oldName)) {
    refuseRename(draft, before.name);
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
  const before = unchangedColumn(work, oldName, name);
  if (!sameName(oldName, name) && draft.columns.some((column) => sameName(column.name, name))) {
    throw mysqlError("ER_DUP_FIELDNAME", name);
  }
  if (!sameName(oldName, name)) refuseRename(draft, before.name);
  const origin = origins.get(oldName.toLowerCase());
  origins.delete(oldName.toLowerCase());
  if (origin !== undefined) origins.set(name.toLowerCase(), origin);
  replaceColumn(draft, before.name, { ...before, name });
  renameInKeys(draft, before.name, name);
}

/** Throws 1828 and 1829; a foreign key that goes along does not keep the column. */
function refuseForForeignKeys(
  { draft, server, addsColumns }: Work,
  name: string,
  actions: readonly AlterAction[],
): void {
  const goes = (key: string): boolean =>
    actions.some((one) => one.kind === "dropKey" && sameName(one.name?.text ?? "", key));
  const column = draft.columns.find((known) => sameName(known.name, name));
  if (column === undefined || isLastColumn(draft, addsColumns)) return;
  const own = draft.foreignKeys.find(
    (key) => !goes(key.name) && key.columns.some((part) => sameName(part, name)),
  );
  if (own !== undefined) throw mysqlError("ER_FK_COLUMN_CANNOT_DROP", column.name, own.name);
  const isParent = draft.engine === "InnoDB";
  const children = isParent ? server.catalog.referencing(draft.schema, draft.name) : [];
  for (const { child, foreignKey } of children) {
    if (foreignKey.refColumns.some((part) => sameName(part, name))) {
      throw mysqlError("ER_FK_COLUMN_CANNOT_DROP_CHILD", column.name, foreignKey.name, child.name);
    }
  }
}

function isLastColumn({ columns }: DraftTable, addsColumns: boolean): boolean {
  return columns.length === 1 && !addsColumns;
}

function dropColumn(work: Work, name: string): void {
  const { draft } = work;
  const column = draft.columns.find((known) => sameName(known.name, name));
  if (column === undefined) throw mysqlError("ER_CANT_DROP_FIELD_OR_KEY", name);
  if (isLastColumn(draft, work.addsColumns)) throw mysqlError("ER_CANT_REMOVE_ALL_FIELDS");
  dropChecksOf(draft, column.name);
  draft.columns = draft.columns.filter((other) => other !== column);
  draft.keys = draft.keys.flatMap((key) => {
    const parts = key.parts.filter((part) => !sameName(part.column, name));
    return parts.length === 0 ? [] : [{ ...key, parts }];
  });
}

/** A check of this column alone goes with it. Throws 3959 for one that names others as well. */
function dropChecksOf(draft: DraftTable, name: string): void {
  draft.checks = draft.checks.filter((check) => {
    const names = columnsIn(check.expr).map((reference) => reference.name.text);
    if (!names.some((other) => sameName(other, name))) return true;
    if (names.every((other) => sameName(other, name))) return false;
    throw mysqlError("ER_DEPENDENT_BY_CHECK_CONSTRAINT", check.name, name);
  });
}

/** Throws 3108 and 3959: a generated column or a check names the column. */
function refuseRename(draft: DraftTable, name: string): void {
  refuseDependent(draft.columns, name);
  const check = draft.checks.find(({ expr }) =>
    columnsIn(expr).some((reference) => sameName(reference.name.text, name)),
  );
  if (check !== undefined) throw mysqlError("ER_DEPENDENT_BY_CHECK_CONSTRAINT", check.name, name);
}

/** Options that say how rows are stored make the table anew; the others are told to the dictionary only. */
function setOption(work: Work, option: TableOption): void {
  warnOfCharsetOptions(work.context, [option]);
  applyOptions(work.draft, [option]);
  switch (option.name.toLowerCase()) {
    case "auto_increment":
      work.setsAutoIncrement = true;
      return;
    case "engine":
    case "row_format":
    case "key_block_size":
      work.rebuilds = true;
      return;
    default:
      return;
  }
}

/** Throws 1054. */
function unchangedColumn(work: Work, oldName: string, newName: string): ServerColumn {
  const { draft, changedNames } = work;
  if (changedNames.has(oldName.toLowerCase())) {
    throw mysqlError("ER_BAD_FIELD_ERROR", oldName, draft.name);
  }
  const column = oldColumn(draft, oldName);
  changedNames.add(oldName.toLowerCase()).add(newName.toLowerCase());
  return column;
}

function isVirtual({ default: given }: ServerColumn): boolean {
  return given.kind === "generated" && !given.stored;
}

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
    refColumns:
      key.refSchema === draft.schema && key.refTable === draft.name
        ? key.refColumns.map((column) => (sameName(column, from) ? to : column))
        : key.refColumns,
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
  return maxOf(numbers, 0) + 1;
}
