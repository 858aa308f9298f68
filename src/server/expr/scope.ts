/**
 * Names: the tables of one query block and of those around it, and which column a name means.
 *
 * MySQL: Name_resolution_context, find_field_in_tables, Item_field::fix_fields (sql/item.cc, sql/sql_base.cc).
 */

import type { ColumnReference } from "../../sql/ast_expression.ts";
import type { OfView, QuerySpecification } from "../../sql/ast_query.ts";
import type { ColumnType } from "../../trace/values.ts";
import type { ColumnOrigin, Exec, ServerColumn } from "../context.ts";
import { mysqlError } from "../errors.ts";
import { type Item, OUTER_ROWS, type Slot } from "./item.ts";

/** A clause as MySQL names it in messages. */
export type Clause =
  | "field list"
  | "where clause"
  | "on clause"
  | "group statement"
  | "having clause"
  | "order clause"
  | "limit clause"
  | "window order by"
  | "window partition by";

export interface ScopeColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** Of a base table's column, which CREATE TABLE ... SELECT takes over, as the comment. */
  readonly default?: ServerColumn["default"];
  readonly comment?: string;
  readonly isInvisible?: boolean;
  readonly autoIncrement?: boolean;
  /** Of a view: its heading is the view's, however the statement writes it. */
  readonly isOfView?: boolean;
}

/** One table of a block's FROM, or the row that INSERT makes. */
export interface ScopeTable {
  /** Its alias, or its name. */
  readonly alias: string;
  readonly schema: string | null;
  readonly columns: readonly ScopeColumn[];
  readonly slot: Slot;
  /** Position among the block's tables; bit 2 ** position stands for it in masks. */
  readonly position: number;
  /** Columns that the statement reads. */
  readonly used: Set<number>;
  /** The inner side of an outer join: all its columns may be NULL. */
  isNullable: boolean;
  /** DEFAULT(column), of a base table. */
  readonly defaultOf: ((column: number) => Item) | null;
  /** What the client is told of a column that is selected. */
  readonly originOf: ((column: number) => ColumnOrigin) | null;
  /** Columns that USING or NATURAL joined to one on the left: a bare name means the left one. */
  joinedAway: ReadonlySet<string>;
  /** Of a derived table that was merged into the block: what its columns stand for. Null for a table of the block's own. */
  readonly merged: readonly MergedColumn[] | null;
  /** Of a view among these. */
  readonly view: MergedView | null;
}

/** A view whose tables joined those of the block: a change through it changes one of them. */
export interface MergedView extends Omit<OfView, "check"> {
  /** Those of its tables that can be changed. */
  readonly tables: readonly ScopeTable[];
  readonly isJoin: boolean;
  /** Its query, without what it reads from. */
  readonly spec: QuerySpecification;
  /** What CHECK OPTION asks of a changed row; `isCascaded`: whatever the view says. */
  readonly check: (isCascaded: boolean) => readonly Item[];
}

export interface MergedColumn {
  readonly item: Item;
  /** The columns of tables that it reads. */
  readonly reads: readonly { readonly table: ScopeTable; readonly column: number }[];
}

/** The columns of a join by USING or NATURAL, those joined to one first. MySQL: TABLE_LIST::join_columns. */
export interface JoinedColumns {
  readonly tables: readonly ScopeTable[];
  readonly columns: readonly JoinedColumn[];
}

export interface JoinedColumn {
  readonly table: ScopeTable;
  readonly column: number;
}

/** The names that one query block sees. */
export interface Scope {
  readonly tables: ScopeTable[];
  readonly parent: Scope | null;
  /** True for a subquery whose tables are joined to its parent's: they share `tables` and its numbering. */
  readonly isJoinedToParent: boolean;
  /** The tables that are visible now; ON sees fewer than WHERE. */
  visible: readonly ScopeTable[];
  /** What `*` stands for where USING or NATURAL joined tables, outermost joins only. */
  joined: readonly JoinedColumns[];
  /** What it reads of the enclosing block: bits of that block's tables, OUTER_ROWS for blocks further out. */
  outerTables: number;
  /** Conditions of derived tables that were merged into the block, for its WHERE. */
  readonly mergedWhere: Item[];
  /** ORDER BY of the derived table that was merged last. */
  mergedOrder: readonly { readonly item: Item; readonly desc: boolean }[];
  /** Once the block is planned: how many rows its conditions are expected to be looked at for. */
  rowsLookedAt: number;
  /** Subqueries that are planned when the block is, before it reads a row. */
  readonly toPlan: (() => Exec<unknown>)[];
}

const NO_JOINED: readonly JoinedColumns[] = [];

export function newScope(parent: Scope | null): Scope {
  return {
    tables: [],
    parent,
    isJoinedToParent: false,
    visible: [],
    joined: NO_JOINED,
    outerTables: 0,
    mergedWhere: [],
    mergedOrder: [],
    rowsLookedAt: 1,
    toPlan: [],
  };
}

/** The names of a derived table that is merged into a block: it sees what the block sees around itself. */
export function mergedScope(block: Scope): Scope {
  const { parent, tables, isJoinedToParent } = block;
  return { ...newScope(parent), tables, isJoinedToParent };
}

/** The names of a subquery whose tables join those of the block around it. */
export function joinedScope(parent: Scope): Scope {
  return { ...newScope(parent), tables: parent.tables, isJoinedToParent: true };
}

/** The scope that a joined subquery's tables are numbered in. */
export function blockOf(scope: Scope): Scope {
  return scope.isJoinedToParent && scope.parent !== null ? blockOf(scope.parent) : scope;
}

/** Those of tables in the order of `*`, invisible ones left out. */
export function columnsInOrder(scope: Scope, tables: readonly ScopeTable[]): JoinedColumn[] {
  return tables.flatMap((table) => {
    const join = scope.joined.find((known) => known.tables.includes(table));
    if (join !== undefined) return join.tables[0] === table ? join.columns : [];
    return table.columns.flatMap(({ isInvisible }, column) =>
      isInvisible === true ? [] : [{ table, column }],
    );
  });
}

const NO_NAMES: ReadonlySet<string> = new Set();

export function addTable(
  scope: Scope,
  table: Pick<ScopeTable, "alias" | "schema" | "columns"> &
    Partial<Pick<ScopeTable, "defaultOf" | "originOf" | "isNullable">>,
): ScopeTable {
  const added: ScopeTable = {
    alias: table.alias,
    schema: table.schema,
    columns: table.columns,
    slot: { row: [] },
    position: scope.tables.length,
    used: new Set(),
    isNullable: table.isNullable ?? false,
    defaultOf: table.defaultOf ?? null,
    originOf: table.originOf ?? null,
    joinedAway: NO_NAMES,
    merged: null,
    view: null,
  };
  if (added.position >= 30) throw mysqlError("ER_TOO_MANY_TABLES", 30);
  scope.tables.push(added);
  scope.visible = [...scope.visible, added];
  return added;
}

/** A derived table that was merged: a name for columns of other tables. */
export function addMerged(
  scope: Scope,
  table: Pick<ScopeTable, "alias" | "columns" | "originOf" | "view"> & {
    readonly merged: readonly MergedColumn[];
  },
): ScopeTable {
  const added: ScopeTable = {
    ...table,
    schema: null,
    slot: { row: [] },
    position: NO_POSITION,
    used: new Set(),
    isNullable: false,
    defaultOf: null,
    joinedAway: NO_NAMES,
  };
  scope.visible = [...scope.visible, added];
  return added;
}

const NO_POSITION = -1;

/** The column a reference means: in this block, else in an enclosing one. Throws 1054 and 1052. */
export function resolveColumn(
  scope: Scope,
  reference: ColumnReference,
  clause: Clause,
  defaultSchema: string,
): Item {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const found = findIn(at.visible, reference, clause, defaultSchema);
    if (found === null) continue;
    const [table, column] = found;
    table.used.add(column);
    return blockOf(at) === blockOf(scope)
      ? columnItem(table, column)
      : outerColumn(scope, at, table, column);
  }
  const { table } = reference;
  const isBare = scope.parent === null && scope.visible.length === 0;
  if (table !== null && isBare && clause !== "having clause") {
    throw mysqlError("ER_UNKNOWN_TABLE", table.text, clause);
  }
  throw mysqlError("ER_BAD_FIELD_ERROR", referenceText(reference), clause);
}

/** Whether the block itself has such a column. */
export function findColumn(
  scope: Scope,
  reference: ColumnReference,
  clause: Clause,
  defaultSchema: string,
): Item | null {
  const found = findIn(scope.visible, reference, clause, defaultSchema);
  if (found === null) return null;
  found[0].used.add(found[1]);
  return columnItem(found[0], found[1]);
}

export function columnItem(table: ScopeTable, column: number): Item {
  const { slot, position, merged } = table;
  if (merged !== null) return mergedItem(merged[column] as MergedColumn);
  const info = table.columns[column] as ScopeColumn;
  const read = () => slot.row[column] as ReturnType<NonNullable<Item["eval"]>>;
  return {
    type: info.type,
    nullable: info.nullable || table.isNullable,
    tables: 2 ** position,
    isConst: false,
    shape: { kind: "column", slot, column, table: position, read, isNotNull: !info.nullable },
    text: () => columnText(table, info.name),
    eval: read,
    steps: null,
  };
}

function mergedItem({ item, reads }: MergedColumn): Item {
  for (const { table, column } of reads) table.used.add(column);
  return item;
}

function columnText(table: ScopeTable, name: string): string {
  const schema = table.schema === null ? "" : `\`${table.schema}\`.`;
  return `${schema}\`${table.alias}\`.\`${name}\``;
}

function outerColumn(scope: Scope, owner: Scope, table: ScopeTable, column: number): Item {
  const item = columnItem(table, column);
  if (item.tables === 0) return item;
  for (let at: Scope = scope; at !== owner && at.parent !== null; at = at.parent) {
    if (at.isJoinedToParent) continue;
    at.outerTables |= blockOf(at.parent) === blockOf(owner) ? item.tables : OUTER_ROWS;
  }
  // Inside, the tables of an expression are nobody's.
  const shape: Item["shape"] =
    item.shape.kind === "column" ? item.shape : { kind: "other", args: [] };
  return { ...item, tables: OUTER_ROWS, shape };
}

/** The table whose column is named, and which; null for none. Throws 1052. */
export function findIn(
  tables: readonly ScopeTable[],
  reference: ColumnReference,
  clause: Clause,
  defaultSchema: string,
): readonly [ScopeTable, number] | null {
  const name = reference.name.text.toLowerCase();
  const isBare = reference.table === null;
  let found: readonly [ScopeTable, number] | null = null;
  for (const table of tables) {
    if (!isTableMeant(table, reference, defaultSchema)) continue;
    if (isBare && table.joinedAway.has(name)) continue;
    const column = columnPosition(table.columns, name);
    if (column < 0) continue;
    if (found !== null) {
      throw mysqlError("ER_NON_UNIQ_ERROR", referenceText(reference), clause);
    }
    found = [table, column];
  }
  return found;
}

function columnPosition(columns: readonly ScopeColumn[], lowerName: string): number {
  for (let at = 0; at < columns.length; at += 1) {
    const { name } = columns[at] as ScopeColumn;
    if (name === lowerName || name.toLowerCase() === lowerName) return at;
  }
  return -1;
}

/** Table names compare with regard to case, as on Linux; information_schema's do not. */
function isTableMeant(
  table: ScopeTable,
  reference: ColumnReference,
  defaultSchema: string,
): boolean {
  if (reference.table === null) return true;
  if (reference.table.text !== table.alias && !isSystemAlias(table, reference.table.text)) {
    return false;
  }
  if (reference.schema === null) return true;
  return reference.schema.text.toLowerCase() === (table.schema ?? defaultSchema).toLowerCase();
}

function isSystemAlias(table: ScopeTable, name: string): boolean {
  return table.schema === "information_schema" && name.toLowerCase() === table.alias.toLowerCase();
}

export function referenceText(reference: ColumnReference): string {
  return [reference.schema, reference.table, reference.name]
    .flatMap((part) => (part === null ? [] : [part.text]))
    .join(".");
}
