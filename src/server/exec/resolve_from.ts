/**
 * FROM of one query block: its tables become `ScopeTable`s with slots, its joins a `JoinNode` tree.
 *
 * MySQL: setup_tables, setup_natural_join_row_types, setup_conds.
 */

import { append } from "../../base/lists.ts";
import type { Row } from "../../innodb/api.ts";
import type { Identifier } from "../../sql/ast.ts";
import type { Expression } from "../../sql/ast_expression.ts";
import type {
  DerivedTable,
  Join,
  BaseTable as TableNode,
  TableReference,
} from "../../sql/ast_query.ts";
import type { BaseTable, ColumnOrigin, Exec, StatementContext } from "../context.ts";
import { mysqlError, notSupported } from "../errors.ts";
import { compareItem } from "../expr/comparison.ts";
import type { Item } from "../expr/item.ts";
import { andItem } from "../expr/logic.ts";
import {
  addTable,
  columnItem,
  columnsInOrder,
  type JoinedColumn,
  type Scope,
  type ScopeColumn,
  type ScopeTable,
} from "../expr/scope.ts";
import { originOf } from "../net/column_definitions.ts";
import { type IndexHints, NO_HINTS } from "../optimizer/plan_table.ts";
import { defaultItem } from "./default_item.ts";
import type { TakeCondition } from "./derived_pushdown.ts";
import type { BlockHints } from "./hints/block_hints.ts";
import { checkHints } from "./hints/found_tables.ts";
import { choosesIndexes, hintedIndexes } from "./hints/index_hints.ts";
import { indexChoice } from "./index_choice.ts";
import type { JoinNode, JoinTable, MadeSize, ReadLock } from "./join/join_types.ts";
import type { Lateral } from "./join/lateral.ts";
import { sessionSwitches } from "./session_switches.ts";
import type { StatementEnv } from "./statement_env.ts";

/** Rows that are made when the block runs: a derived table or a common table. */
export interface MadeTable {
  readonly columns: readonly MadeColumn[];
  readonly rows: () => Exec<readonly Row[]>;
  readonly estimate: number;
  /** Known to have one row at most. */
  readonly isOneRow?: boolean;
  readonly plan?: () => Exec<MadeSize>;
  readonly take?: TakeCondition;
  /** The number of its query's first block, for EXPLAIN. */
  readonly block?: number;
  /** A UNION without ALL, which has a key of its own. */
  readonly isDistinctUnion?: boolean;
  /** It reads other tables of the block. */
  readonly lateral?: Lateral;
}

export type MadeColumn = ScopeColumn & { readonly origin?: () => ColumnOrigin };

export interface FromEnv {
  readonly statement: StatementEnv;
  readonly scope: Scope;
  readonly lockOf: (alias: string) => ReadLock;
  /** A derived table by its syntax, a common table by its name: merged into the block, or made when it runs. */
  readonly derived: (node: DerivedTable, from: FromEnv) => MadeTable | Merged;
  readonly commonTable: (name: string, alias: string, from: FromEnv) => MadeTable | Merged | null;
  /** Binds the condition of ON with the tables that are visible then. */
  readonly bindOn: (expression: Expression) => Item;
  /** Optimizer hints of the block; null without any. */
  readonly hints: BlockHints | null;
  /** On the inner side of an outer join. */
  readonly isNullable?: boolean;
}

/** A derived table whose tables joined those of the block; its name is visible there. */
export interface Merged {
  readonly node: JoinNode;
  /** Its WHERE, for the block's or for the ON of the outer join that it is the inner side of. */
  readonly where: Item | null;
}

/** Null without FROM. Afterwards every table of the block is visible. */
export function resolveFrom(references: readonly TableReference[], from: FromEnv): JoinNode | null {
  let node: JoinNode | null = null;
  for (const reference of references) {
    const next = resolveReference(reference, from);
    node =
      node === null ? next : { kind: "join", type: "inner", left: node, right: next, on: null };
  }
  if (from.hints !== null) checkHints(from.hints, node, from.scope, from.statement.ctx);
  return node;
}

function resolveReference(reference: TableReference, from: FromEnv): JoinNode {
  switch (reference.kind) {
    case "table":
      return resolveTable(reference, from);
    case "derivedTable":
      return resolveDerived(reference, from);
    case "join":
      return resolveJoin(reference, from);
    case "unsupportedTable":
      throw notSupported(reference.feature);
  }
}

function resolveTable(node: TableNode, from: FromEnv): JoinNode {
  const { ctx } = from.statement;
  const { schema, name } = node.name;
  const alias = node.alias?.text ?? name.text;
  const made = schema === null ? from.commonTable(name.text, alias, from) : null;
  if (made !== null) return mergedOrMade(made, alias, from);
  if (node.partitions.length > 0) throw notSupported("partition selection");
  const table = ctx.table(schema?.text ?? null, name.text, alias);
  checkAlias(alias, schema?.text ?? ctx.database, from.scope);
  const scope = addTable(from.scope, {
    alias,
    schema: table.schema,
    columns: table.columns,
    defaultOf:
      table.kind === "base" ? (column) => defaultItem(from.statement, table, column) : null,
    originOf: (column) => originOf(table, alias, column),
    isNullable: from.isNullable ?? false,
  });
  if (table.kind === "virtual") {
    if (table.warning) ctx.warn(table.warning);
    const rows = () => plainRows(table.rows);
    const source = { kind: "rows", rows, estimate: 10 } as const;
    return { kind: "table", table: { scope, source, hints: from.hints } };
  }
  const source: JoinTable["source"] = {
    kind: "base",
    table,
    hints: indexHints(node, alias, table, from),
    lock: from.lockOf(alias),
  };
  return { kind: "table", table: { scope, source, hints: from.hints } };
}

// biome-ignore lint/correctness/useYield: the rows are there at once
function* plainRows(rows: () => readonly Row[]): Exec<readonly Row[]> {
  return rows();
}

function resolveDerived(node: DerivedTable, from: FromEnv): JoinNode {
  if (node.alias === null) throw mysqlError("ER_DERIVED_MUST_HAVE_ALIAS");
  return mergedOrMade(from.derived(node, from), node.alias.text, from);
}

function mergedOrMade(made: MadeTable | Merged, alias: string, from: FromEnv): JoinNode {
  if ("node" in made) {
    if (made.where !== null) from.scope.mergedWhere.push(made.where);
    return made.node;
  }
  checkAlias(alias, "", from.scope);
  const { columns, rows, estimate, isOneRow = false, plan, take, block, lateral } = made;
  const { isDistinctUnion = false } = made;
  const scope = addTable(from.scope, {
    alias,
    schema: null,
    columns,
    originOf: (column) => madeOrigin(columns[column], alias),
    isNullable: from.isNullable ?? false,
  });
  const known = { kind: "rows", rows, estimate, isOneRow, isDistinctUnion } as const;
  const source: JoinTable["source"] = {
    ...known,
    ...(plan === undefined ? {} : { plan }),
    ...(take === undefined ? {} : { take }),
    ...(block === undefined ? {} : { block }),
    ...(lateral === undefined ? {} : { lateral }),
  };
  return { kind: "table", table: { scope, source, hints: from.hints } };
}

/** A column of a derived table keeps the table it comes from and takes the names of the query inside. */
export function madeOrigin(column: MadeColumn | undefined, alias: string): ColumnOrigin {
  const inside = column?.origin?.();
  const orgName = column?.name ?? "";
  return inside === undefined || inside.orgTable === ""
    ? { schema: "", table: alias, orgTable: "", orgName, flags: 0 }
    : { ...inside, table: alias, orgName };
}

export function checkAlias(alias: string, schema: string, scope: Scope): void {
  const isTaken = scope.visible.some(
    (table) => table.alias === alias && (table.schema ?? "") === schema,
  );
  if (isTaken) throw mysqlError("ER_NONUNIQ_TABLE", alias);
}

/** MySQL: TABLE_SHARE::usable_indexes: invisible ones are used where optimizer_switch says so. */
function hiddenKeys({ invisibleKeys }: BaseTable, ctx: StatementContext): readonly string[] {
  if (invisibleKeys.length === 0) return invisibleKeys;
  const flags = String(ctx.systemVariable("session", "optimizer_switch"));
  return flags.includes("use_invisible_indexes=on") ? [] : invisibleKeys;
}

function indexHints(node: TableNode, alias: string, table: BaseTable, from: FromEnv): IndexHints {
  const { ctx } = from.statement;
  const hidden = hiddenKeys(table, ctx);
  const off = sessionSwitches(ctx);
  const isPlain = node.hints.length === 0 && hidden.length === 0;
  if (isPlain && from.hints === null) return off.size === 0 ? NO_HINTS : { ...NO_HINTS, off };
  const isMoot = from.hints !== null && choosesIndexes(from.hints, alias);
  const written = indexChoice(isMoot ? [] : node.hints, alias, table, hidden, off);
  if (from.hints === null) return written;
  const names = table.info.indexes.map(({ name }) => name);
  const visible = names.filter((name) => !hidden.includes(name));
  return hintedIndexes(from.hints, alias, visible, hidden, written);
}

function resolveJoin(node: Join, from: FromEnv): JoinNode {
  const { scope } = from;
  const inner = { ...from, isNullable: true };
  const first = scope.visible.length;
  const outside = scope.mergedWhere.splice(0);
  const left = resolveReference(node.left, node.type === "right" ? inner : from);
  const middle = scope.visible.length;
  const ofLeft = scope.mergedWhere.splice(0);
  const right = resolveRight(node, node.type === "left" ? inner : from, first);
  const ofRight = scope.mergedWhere.splice(0);
  const [leftTables, rightTables] = [
    scope.visible.slice(first, middle),
    scope.visible.slice(middle),
  ];
  const ofInner = node.type === "left" ? ofRight : node.type === "right" ? ofLeft : [];
  for (const where of [...outside, ...ofLeft, ...ofRight])
    if (!ofInner.includes(where)) scope.mergedWhere.push(where);
  const conditions = commonColumns(node, leftTables, rightTables).map((name) =>
    equality(name, node, leftTables, rightTables, from),
  );
  if (node.natural || node.using.length > 0) {
    const [one, other] =
      node.type === "right" ? [rightTables, leftTables] : [leftTables, rightTables];
    noteJoined(scope, one, other);
  }
  if (node.on !== null) {
    const whole = scope.visible;
    scope.visible = [...leftTables, ...rightTables];
    conditions.push(from.bindOn(node.on));
    scope.visible = whole;
  }
  append(conditions, ofInner);
  const on =
    conditions.length === 0
      ? null
      : conditions.length === 1
        ? (conditions[0] as Item)
        : andItem(conditions, from.statement.env);
  if (node.type === "right") return { kind: "join", type: "left", left: right, right: left, on };
  return { kind: "join", type: node.type, left, right, on };
}

/** What stands on the right of RIGHT JOIN does not see the tables on its left, which are those from `first`. */
function resolveRight(node: Join, from: FromEnv, first: number): JoinNode {
  const { scope } = from;
  if (node.type !== "right" || node.right.kind !== "derivedTable" || !node.right.lateral)
    return resolveReference(node.right, from);
  const whole = scope.visible;
  scope.visible = whole.slice(0, first);
  const right = resolveReference(node.right, from);
  scope.visible = [...whole, ...scope.visible.slice(first)];
  return right;
}

/** `*` shows the columns joined to one first, once, then the others of each side (RIGHT JOIN: of the right one first). */
function noteJoined(scope: Scope, one: readonly ScopeTable[], other: readonly ScopeTable[]): void {
  const nameOf = ({ table, column }: JoinedColumn) => table.columns[column]?.name.toLowerCase();
  const isLost = (from: JoinedColumn) => from.table.joinedAway.has(nameOf(from) ?? "");
  const ofOne = columnsInOrder(scope, one);
  const ofOther = columnsInOrder(scope, other);
  const names = new Set(ofOther.filter(isLost).map(nameOf));
  const isCommon = (from: JoinedColumn) => names.has(nameOf(from));
  const columns = [
    ...ofOne.filter(isCommon),
    ...ofOne.filter((from) => !isCommon(from)),
    ...ofOther.filter((from) => !isLost(from)),
  ];
  const tables = scope.visible.filter((table) => one.includes(table) || other.includes(table));
  scope.joined = [
    ...scope.joined.filter((join) => !join.tables.some((table) => tables.includes(table))),
    { tables, columns },
  ];
}

function commonColumns(
  node: Join,
  left: readonly ScopeTable[],
  right: readonly ScopeTable[],
): readonly string[] {
  if (!node.natural) return node.using.map((name: Identifier) => name.text);
  const visible = (table: ScopeTable) => table.columns.filter(({ isInvisible }) => !isInvisible);
  const names = left.flatMap((table) => visible(table).map((column) => column.name));
  const onRight = new Set(
    right.flatMap((table) => visible(table).map((column) => column.name.toLowerCase())),
  );
  return names.filter((name, at) => onRight.has(name.toLowerCase()) && names.indexOf(name) === at);
}

/** USING and NATURAL: the bare name afterwards means the left table's column (RIGHT JOIN: the right one's). */
function equality(
  name: string,
  node: Join,
  left: readonly ScopeTable[],
  right: readonly ScopeTable[],
  from: FromEnv,
): Item {
  const one = columnNamed(name, left);
  const other = columnNamed(name, right);
  const { table } = node.type === "right" ? one : other;
  table.joinedAway = new Set([...table.joinedAway, name.toLowerCase()]);
  for (const { table, column } of [one, other]) table.used.add(column);
  return compareItem(
    "=",
    columnItem(one.table, one.column),
    columnItem(other.table, other.column),
    from.statement.env,
  );
}

/** Throws 1052 and 1054. */
function columnNamed(
  name: string,
  tables: readonly ScopeTable[],
): { readonly table: ScopeTable; readonly column: number } {
  const key = name.toLowerCase();
  const found = tables.flatMap((table) => {
    if (table.joinedAway.has(key)) return [];
    const column = table.columns.findIndex((candidate) => candidate.name.toLowerCase() === key);
    return column < 0 ? [] : [{ table, column }];
  });
  const [first] = found;
  if (first === undefined) throw mysqlError("ER_BAD_FIELD_ERROR", name, "from clause");
  if (found.length > 1) throw mysqlError("ER_NON_UNIQ_ERROR", name, "from clause");
  return first;
}
