/**
 * The select list of a query block: stars spelled out, every item bound and named.
 *
 * MySQL: setup_wild, insert_fields, setup_fields (sql/sql_base.cc).
 */
import { append } from "../../base/lists.ts";
import type { SelectItem, SelectStar } from "../../sql/ast_query.ts";
import type { ColumnType } from "../../trace/values.ts";
import { mysqlError } from "../errors.ts";
import { bindExpression } from "../expr/bind.ts";
import type { Binder } from "../expr/binder.ts";
import { isImplicit } from "../expr/collation_for.ts";
import type { Item } from "../expr/item.ts";
import {
  columnItem,
  columnsInOrder,
  type Scope,
  type ScopeColumn,
  type ScopeTable,
} from "../expr/scope.ts";
import { NULL_TYPE, type SqlType, varchar } from "../types/sql_type.ts";
import type { QueryColumn } from "./query_types.ts";

export interface SelectedItem {
  readonly item: Item;
  /** The result column's name; what ORDER BY and HAVING may call it. */
  readonly name: string;
  /** An aggregate is in it: nothing can be grouped by it. */
  readonly isAggregated?: boolean;
}

export function bindSelectList(items: readonly SelectItem[], binder: Binder): SelectedItem[] {
  const { aggregate } = binder;
  const selected: SelectedItem[] = [];
  for (const node of items) {
    if (node.kind === "selectStar") {
      append(selected, starItems(node, binder));
      continue;
    }
    let isAggregated = false;
    const noting: NonNullable<Binder["aggregate"]> = (call, inner) => {
      isAggregated = true;
      if (aggregate === null) throw mysqlError("ER_INVALID_GROUP_FUNC_USE");
      return aggregate(call, inner);
    };
    const item = bindExpression(node.expression, {
      ...binder,
      aggregate: aggregate === null ? null : noting,
      named: { expression: node.expression, name: node.columnName },
    });
    const name = viewColumnName(node, item, binder.scope) ?? node.columnName;
    selected.push({ item, name, isAggregated });
  }
  return selected;
}

/** A heading of a merged table's column is that table's, however it is written. */
function viewColumnName(
  node: Exclude<SelectItem, SelectStar>,
  item: Item,
  scope: Scope,
): string | null {
  const found = node.alias === null ? tableColumn(item, scope) : null;
  const isItsOwn = found?.column.isOfView === true || (found?.table.merged ?? null) !== null;
  return isItsOwn ? (found?.column.name ?? null) : null;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export function columnsOf(selected: readonly SelectedItem[], scope: Scope): QueryColumn[] {
  return selected.map(({ item, name, isAggregated }) => {
    const found = tableColumn(item, scope);
    const originOf = found?.table.originOf ?? null;
    const given = found?.column;
    const keeps = given !== undefined && given.nullable === item.nullable;
    const column: Writable<QueryColumn> = {
      name,
      type: resultType(item.type),
      nullable: item.nullable,
    };
    if (found !== null && originOf !== null) {
      // Not in one line: V8 takes a function that is assigned to a property for a method, and puts it into the old space.
      const origin = () => originOf(found.at);
      column.origin = origin;
    }
    if (isAggregated || isImplicit(item)) column.isImplicit = true;
    if (found === null && isComputed(item)) column.isComputed = true;
    if (keeps && given.default !== undefined && given.autoIncrement !== true)
      column.default = given.default;
    if (given?.comment) column.comment = given.comment;
    return column;
  });
}

/** The table's column that an item is, if it is nothing else; of a merged table its own. */
function tableColumn(
  item: Item,
  scope: Scope,
): {
  readonly table: ScopeTable;
  readonly column: ScopeColumn;
  readonly at: number;
} | null {
  const { shape } = item;
  for (const table of scope.visible) {
    const at = table.merged?.findIndex((one) => one.item === item) ?? -1;
    const column = table.columns[at];
    if (column !== undefined) return { table, column, at };
  }
  if (shape.kind !== "column") return null;
  const table = scope.tables.find(({ slot }) => slot === shape.slot);
  const column = table?.columns[shape.column];
  return table === undefined || column === undefined ? null : { table, column, at: shape.column };
}

/** Made from columns alone; what has an aggregate in it is computed behind a temporary table. */
function isComputed(item: Item): boolean {
  return item.tables !== 0 && !item.isConst;
}

/** A bare NULL is an empty binary text. */
export function resultType(type: SqlType): ColumnType {
  return type.kind === "null" ? NULL_COLUMN : type;
}

/** The way back: in a UNION a column of bare NULLs takes the other side's type. */
export function operandType(type: ColumnType): SqlType {
  return type === NULL_COLUMN ? NULL_TYPE : type;
}

const NULL_COLUMN = varchar(0, "binary");

function starItems(node: SelectStar, binder: Binder): SelectedItem[] {
  const { scope } = binder;
  if (node.table !== null) return tableStar(node, binder);
  if (scope.visible.length === 0) throw mysqlError("ER_NO_TABLES_USED");
  return columnsInOrder(scope, scope.visible).map(({ table, column }) => {
    table.used.add(column);
    return { item: columnItem(table, column), name: table.columns[column]?.name ?? "" };
  });
}

function tableStar(node: SelectStar, binder: Binder): SelectedItem[] {
  const wanted = node.table?.name.text;
  const schema = node.table?.schema?.text ?? null;
  const found = binder.scope.visible.filter(
    (table) => table.alias === wanted && (schema === null || table.schema === schema),
  );
  const [table] = found;
  if (table === undefined) {
    throw mysqlError(
      "ER_BAD_TABLE_ERROR",
      schema === null ? (wanted ?? "") : `${schema}.${wanted}`,
    );
  }
  return allColumns(table);
}

function allColumns(table: ScopeTable): SelectedItem[] {
  const items: SelectedItem[] = [];
  for (const [column, { name, isInvisible }] of table.columns.entries()) {
    if (isInvisible === true) continue;
    table.used.add(column);
    items.push({ item: columnItem(table, column), name });
  }
  return items;
}
