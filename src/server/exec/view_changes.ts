/**
 * INSERT, UPDATE and DELETE through a view of one table: the statement about the view becomes one about the table, with the
 * view's columns as what they stand for and its WHERE beside the statement's own.
 *
 *     UPDATE v SET a = a + 1 WHERE a > 3   ─▶   UPDATE t v SET v.id = v.id + 1 WHERE v.id > 3 AND (v.b > 7)
 *
 * MySQL: Table_ref::updatable_view, Query_block::merge_derived, check_view_insertability (sql_insert.cc).
 * Departure: views of several tables are not changed through (1288).
 */
import type { Delete, Insert, Update } from "../../sql/ast.ts";
import type { ColumnReference, Expression } from "../../sql/ast_expression.ts";
import type { BaseTable, SelectItem } from "../../sql/ast_query.ts";
import type { StoredView } from "../catalog/catalog.ts";
import { mysqlError } from "../errors.ts";
import type { TableUse } from "../session/table_use.ts";
import { type ViewPlace, viewNamed } from "./expand_views.ts";
import { mergeableBlock } from "./merge_derived.ts";

/** A view as a table with other names for its columns. */
interface Underlying {
  readonly table: BaseTable["name"];
  /** By name in lower case; columns in them have the alias for a table. */
  readonly columns: ReadonlyMap<string, Expression>;
  readonly where: Expression | null;
  /** The view, and those that it is a view of. */
  readonly views: readonly StoredView[];
}

export interface Changed<T> {
  readonly statement: T;
  readonly uses: readonly TableUse[];
}

/** Null where the target is no view. Throws 1054, 1288, 1348, 1423, 1471 and 3059. */
export function changeOfTable<T extends Insert | Update | Delete>(
  place: ViewPlace,
  statement: T,
): Changed<T> | null {
  const target = targetOf(statement);
  const view = target === null ? null : viewNamed(place, target.name);
  if (target === null || view === null) return null;
  const alias = target.alias?.text ?? target.name.name.text;
  const found = underlying(place, view, alias);
  if (found === null) {
    const verb = statement.kind === "insert" ? statement.verb : statement.kind;
    const error =
      statement.kind === "insert" ? "ER_NON_INSERTABLE_TABLE" : "ER_NON_UPDATABLE_TABLE";
    throw mysqlError(error, alias, verb.toUpperCase());
  }
  const uses = found.views.map(
    ({ schema, name }): TableUse => ({ schema, name, alias: name, lock: "write", changes: [] }),
  );
  return { statement: rewritten(place, statement, { view, found, alias }) as T, uses };
}

function targetOf(statement: Insert | Update | Delete): BaseTable | null {
  switch (statement.kind) {
    case "insert": {
      const { table, span } = statement;
      return { kind: "table", span, name: table, alias: null, partitions: [], hints: [] };
    }
    case "update":
      return single(statement.tables);
    case "delete":
      return statement.targets === null ? single(statement.from) : null;
  }
}

function single(references: Update["tables"]): BaseTable | null {
  const [first] = references;
  return references.length === 1 && first?.kind === "table" ? first : null;
}

/** Null for a view whose rows are no rows of one table. */
function underlying(place: ViewPlace, view: StoredView, alias: string): Underlying | null {
  const block = mergeableBlock(view.query);
  const inner = block === null ? null : single(block.from);
  if (block === null || inner === null) return null;
  const below = viewNamed(place, inner.name);
  const base = below === null ? null : underlying(place, below, alias);
  if (below !== null && base === null) return null;
  const innerAlias = inner.alias?.text ?? inner.name.name.text;
  const through = (node: Expression): Expression =>
    replaced(node, (column) => {
      const isOwn = column.table === null || column.table.text === innerAlias;
      if (!isOwn) return null;
      const meant = base?.columns.get(column.name.text.toLowerCase());
      return meant ?? { ...column, schema: null, table: named(alias, column) };
    });
  const items = block.items.filter(isExpression);
  if (items.length !== block.items.length || items.length !== view.columns.length) return null;
  const columns = new Map(
    items.map(({ expression }, at) => [
      (view.columns[at] as string).toLowerCase(),
      through(expression),
    ]),
  );
  const own = block.where === null ? null : through(block.where);
  return {
    table: base?.table ?? inner.name,
    columns,
    where: both(own, base?.where ?? null),
    views: [view, ...(base?.views ?? [])],
  };
}

function isExpression(item: SelectItem): item is Extract<SelectItem, { kind: "selectExpression" }> {
  return item.kind === "selectExpression";
}

interface Through {
  readonly view: StoredView;
  readonly found: Underlying;
  readonly alias: string;
}

function rewritten(
  place: ViewPlace,
  statement: Insert | Update | Delete,
  through: Through,
): Insert | Update | Delete {
  const { found, alias } = through;
  const { span } = statement;
  const table: BaseTable = {
    kind: "table",
    span,
    name: found.table,
    alias: named(alias, statement),
    partitions: [],
    hints: [],
  };
  if (statement.kind === "insert") return inserted(place, statement, through);
  const orderBy = meant(statement.orderBy, through, "order clause");
  if (statement.kind === "delete") {
    const where = both(meant(statement.where, through, "where clause"), found.where);
    return { ...statement, from: [table], where, orderBy };
  }
  const assignments = statement.assignments.map((one) => ({
    ...one,
    column: plainColumn(one.column, through),
    value: meant(one.value, through, "field list"),
  }));
  const where = both(meant(statement.where, through, "where clause"), found.where);
  return { ...statement, tables: [table], assignments, where, orderBy };
}

function inserted(place: ViewPlace, statement: Insert, through: Through): Insert {
  const { view, found } = through;
  const { span } = statement;
  if (statement.verb === "replace" && found.where !== null) {
    throw mysqlError("ER_REPLACE_INACCESSIBLE_ROWS");
  }
  const hasNoList = statement.columns === null || statement.columns.length === 0;
  const given: readonly ColumnReference[] = hasNoList
    ? view.columns.map((text) => columnNamed(named(text, statement)))
    : (statement.columns ?? []);
  const columns = given.map((column) => {
    const { name } = plainColumn(column, through);
    return { ...columnNamed(name), span };
  });
  refuseMissing(place, through, columns);
  const update = statement.onDuplicateKeyUpdate;
  const onDuplicateKeyUpdate =
    update === null
      ? null
      : update.map((one) => ({
          ...one,
          column: columnNamed(plainColumn(one.column, through).name),
          value: meant(one.value, through, "field list"),
        }));
  return { ...statement, table: found.table, columns, onDuplicateKeyUpdate };
}

/** A column of the table that has no default and that the view does not give. */
function refuseMissing(
  { catalog, database }: ViewPlace,
  { view, found }: Through,
  given: readonly ColumnReference[],
): void {
  const { schema, name } = found.table;
  const names = new Set(given.map((column) => column.name.text.toLowerCase()));
  const isMissing = catalog
    .table(schema?.text ?? database, name.text)
    ?.columns.some(
      (column) =>
        column.default.kind === "none" &&
        !column.autoIncrement &&
        !names.has(column.name.toLowerCase()),
    );
  if (isMissing) throw mysqlError("ER_NO_DEFAULT_FOR_VIEW_FIELD", view.schema, view.name);
}

/** The table's column that is assigned to. Throws 1054 and 1348. */
function plainColumn(column: ColumnReference, { found, alias }: Through): ColumnReference {
  const { text } = column.name;
  if (column.table !== null && column.table.text !== alias) return column;
  const expression = found.columns.get(text.toLowerCase());
  if (expression === undefined) throw mysqlError("ER_BAD_FIELD_ERROR", text, "field list");
  if (expression.kind !== "column") throw mysqlError("ER_NONUPDATEABLE_COLUMN", text);
  return expression;
}

/** The view's columns as what they stand for; within subqueries only those that name the view. */
function meant<T>(node: T, { found, alias }: Through, clause: string): T {
  return replaced(node, (column, isInner) => {
    const isBare = column.table === null;
    if (isBare ? isInner : column.table?.text !== alias) return null;
    const expression = found.columns.get(column.name.text.toLowerCase());
    if (expression === undefined) {
      const { text } = column.name;
      throw mysqlError("ER_BAD_FIELD_ERROR", isBare ? text : `${alias}.${text}`, clause);
    }
    return expression;
  });
}

function replaced<T>(
  node: T,
  by: (column: ColumnReference, isInner: boolean) => Expression | null,
  isInner = false,
): T {
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map((part) => replaced(part, by, isInner)) as T;
  const { kind } = node as { readonly kind?: string };
  if (kind === "column") return (by(node as unknown as ColumnReference, isInner) ?? node) as T;
  const within = isInner || kind === "query";
  const entries = Object.entries(node).map(([key, part]) => [
    key,
    key === "span" ? part : replaced(part, by, within),
  ]);
  return Object.fromEntries(entries) as T;
}

function both(one: Expression | null, other: Expression | null): Expression | null {
  if (one === null || other === null) return one ?? other;
  return { kind: "logical", span: one.span, operator: "and", operands: [one, other] };
}

function named(text: string, { span }: { readonly span: ColumnReference["span"] }) {
  return { kind: "identifier", span, text } as const;
}

function columnNamed(name: ColumnReference["name"]): ColumnReference {
  return { kind: "column", span: name.span, schema: null, table: null, name };
}
