/**
 * INSERT, UPDATE and DELETE through a view: the statement about the view becomes one about its table, with the view's columns
 * as what they stand for and its WHERE beside the statement's own. An UPDATE through a view of several tables becomes one
 * of several tables (`multi/`); an INSERT names columns of one of them.
 *
 *     UPDATE v SET a = a + 1 WHERE a > 3   ─▶   UPDATE t v SET v.id = v.id + 1 WHERE v.id > 3 AND (v.b > 7)
 *
 * MySQL: Table_ref::updatable_view, Query_block::merge_derived, check_view_insertability, check_view_single_update (sql_insert.cc).
 */
import type { Delete, Insert, Update } from "../../sql/ast.ts";
import type { ColumnReference, Expression } from "../../sql/ast_expression.ts";
import type { BaseTable } from "../../sql/ast_query.ts";
import type { StoredView } from "../catalog/catalog.ts";
import { mysqlError } from "../errors.ts";
import type { TableUse } from "../session/table_use.ts";
import { onlyTable } from "./executable.ts";
import { type ViewPlace, viewNamed } from "./expand_views.ts";
import { allOf, replaced, type ViewShape, viewShape } from "./view_shape.ts";

export interface Changed<T> {
  readonly statement: T;
  readonly uses: readonly TableUse[];
}

/** Null where the target is no view, or one of several tables. Throws 1054, 1288, 1348, 1393 to 1395, 1423, 1471. */
export function changeOfTable<T extends Insert | Update | Delete>(
  place: ViewPlace,
  statement: T,
): Changed<T> | null {
  const target = targetOf(statement);
  const view = target === null ? null : viewNamed(place, target.name);
  if (target === null || view === null) return null;
  const alias = target.alias?.text ?? target.name.name.text;
  const shape = viewShape(place, view);
  const { isUpdatable } = view;
  if (shape === null && isUpdatable) {
    if (statement.kind === "update") return null;
    if (statement.kind === "delete" && joinsSome(place, view)) {
      throw mysqlError("ER_VIEW_DELETE_MERGE_VIEW", view.schema, view.name);
    }
  }
  if (shape === null || (statement.kind !== "insert" && !isUpdatable)) {
    const verb = statement.kind === "insert" ? statement.verb : statement.kind;
    const error =
      statement.kind === "insert" ? "ER_NON_INSERTABLE_TABLE" : "ER_NON_UPDATABLE_TABLE";
    throw mysqlError(error, alias, verb.toUpperCase());
  }
  const isJoin = shape.tables.length > 1;
  if (isJoin && statement.kind === "update") return null;
  if (isJoin && statement.kind === "delete") {
    throw mysqlError("ER_VIEW_DELETE_MERGE_VIEW", view.schema, view.name);
  }
  const uses = shape.views.map(
    ({ schema, name }): TableUse => ({ schema, name, alias: name, lock: "write", changes: [] }),
  );
  const changed =
    statement.kind === "insert"
      ? inserted(place, statement, { view, shape, alias })
      : rewritten(place, statement, through(view, shape, alias, 0, alias));
  return { statement: changed as T, uses };
}

/** Whether the view, or the only view that it is a view of, joins tables. */
function joinsSome(place: ViewPlace, { query: { body } }: StoredView): boolean {
  const from = body.kind === "querySpecification" ? body.from : [];
  const [only] = from;
  if (from.length > 1 || only?.kind === "join") return true;
  const below = only?.kind === "table" ? viewNamed(place, only.name) : null;
  return below !== null && joinsSome(place, below);
}

function targetOf(statement: Insert | Update | Delete): BaseTable | null {
  switch (statement.kind) {
    case "insert": {
      const { table, span } = statement;
      return { kind: "table", span, name: table, alias: null, partitions: [], hints: [] };
    }
    case "update":
      return onlyTable(statement.tables);
    case "delete":
      return statement.targets === null ? onlyTable(statement.from) : null;
  }
}

/** A view as one table. */
interface Through {
  readonly view: StoredView;
  /** What the statement calls the view. */
  readonly alias: string;
  readonly table: BaseTable["name"];
  /** By name in lower case. */
  readonly columns: ReadonlyMap<string, Expression>;
  readonly where: Expression | null;
  readonly check: Expression | null;
}

/** The view as its table of number `at`, which is called `name`; the columns of others are NULL. */
function through(
  view: StoredView,
  shape: ViewShape,
  alias: string,
  at: number,
  name: string,
): Through {
  const renamed = <T>(node: T): T =>
    replaced(node, (column) => {
      const number = column.table === null ? Number.NaN : Number(column.table.text);
      if (!(number < shape.tables.length)) return null;
      if (number !== at) return { kind: "null", span: column.span };
      return { ...column, table: named(name, column) };
    });
  const entries = [...shape.columns].map(([key, node]) => [key, renamed(node)] as const);
  return {
    view,
    alias,
    table: shape.tables[at] as BaseTable["name"],
    columns: new Map(entries),
    where: renamed(shape.where),
    check: renamed(shape.check),
  };
}

function rewritten(
  place: ViewPlace,
  statement: Update | Delete,
  through: Through,
): Update | Delete {
  const { alias } = through;
  const { span } = statement;
  const table: BaseTable = {
    kind: "table",
    span,
    name: through.table,
    alias: named(alias, statement),
    partitions: [],
    hints: [],
  };
  const { view, check } = through;
  const lacksKey = statement.limit !== null && lacksKeyOf(place, through);
  const asked = { schema: view.schema, name: view.name, check, shown: null, lacksKey };
  const orderBy = meant(statement.orderBy, through, "order clause");
  if (statement.kind === "delete") {
    const where = allOf([meant(statement.where, through, "where clause"), through.where]);
    return { ...statement, from: [table], where, orderBy, through: asked };
  }
  const assignments = statement.assignments.map((one) => ({
    ...one,
    column: plainColumn(one.column, through),
    value: meant(one.value, through, "field list"),
  }));
  const where = allOf([meant(statement.where, through, "where clause"), through.where]);
  return { ...statement, tables: [table], assignments, where, orderBy, through: asked };
}

interface Inserting {
  readonly view: StoredView;
  readonly shape: ViewShape;
  readonly alias: string;
}

function inserted(place: ViewPlace, statement: Insert, { view, shape, alias }: Inserting): Insert {
  const { span } = statement;
  const hasNoList = statement.columns === null || statement.columns.length === 0;
  const isJoin = shape.tables.length > 1;
  if (isJoin && hasNoList) throw mysqlError("ER_VIEW_NO_INSERT_FIELD_LIST", view.schema, view.name);
  const given: readonly ColumnReference[] = hasNoList
    ? view.columns.map((text) => columnNamed(named(text, statement)))
    : (statement.columns ?? []);
  const numbers = given.map((column) => {
    const found = plainColumn(column, { columns: shape.columns, alias });
    return found === column ? 0 : Number(found.table?.text);
  });
  const [at = 0] = numbers;
  if (numbers.some((number) => number !== at)) {
    throw mysqlError("ER_VIEW_MULTIUPDATE", view.schema, view.name);
  }
  if (isJoin && statement.verb === "replace") {
    throw mysqlError("ER_VIEW_DELETE_MERGE_VIEW", view.schema, view.name);
  }
  if (!isInsertable(shape, at)) {
    throw mysqlError("ER_NON_INSERTABLE_TABLE", alias, statement.verb.toUpperCase());
  }
  const table = shape.tables[at] as BaseTable["name"];
  const one = through(view, shape, alias, at, table.name.text);
  const columns = given.map((column) => {
    const { name } = plainColumn(column, one);
    return { ...columnNamed(name), span };
  });
  refuseMissing(place, one, columns);
  const update = statement.onDuplicateKeyUpdate;
  const onDuplicateKeyUpdate =
    update === null
      ? null
      : update.map((assignment) => ({
          ...assignment,
          column: columnNamed(plainColumn(assignment.column, one).name),
          value: meant(assignment.value, one, "field list"),
        }));
  const shown = statement.verb === "replace" ? one.where : null;
  const asked = { schema: view.schema, name: view.name, check: one.check, shown, lacksKey: false };
  return { ...statement, table, columns, onDuplicateKeyUpdate, through: asked };
}

/** Every column of the view is a column, and none of the table's stands in it twice. */
function isInsertable({ columns }: ViewShape, at: number): boolean {
  const own = [...columns.values()].map((node) =>
    node.kind === "column" ? [node.table?.text, node.name.text.toLowerCase()] : null,
  );
  const names = own.flatMap((one) => (one?.[0] === String(at) ? [one[1]] : []));
  return own.every((one) => one !== null) && new Set(names).size === names.length;
}

/** MySQL: check_key_in_view. */
function lacksKeyOf({ catalog, database }: ViewPlace, { table, columns }: Through): boolean {
  const base = catalog.table(table.schema?.text ?? database, table.name.text);
  if (base === null) return false;
  const shown = new Set(
    [...columns.values()].flatMap((one) =>
      one.kind === "column" ? [one.name.text.toLowerCase()] : [],
    ),
  );
  const isShown = (column: number) => shown.has(base.columns[column]?.name.toLowerCase() ?? "");
  const isKey = ({ unique, parts, name }: (typeof base.info.indexes)[number]) =>
    unique &&
    name !== "GEN_CLUST_INDEX" &&
    parts.every(({ column }) => base.columns[column]?.nullable === false);
  const keys = base.info.indexes.filter(isKey);
  if (keys.some(({ parts }) => parts.every(({ column }) => isShown(column)))) return false;
  return !base.columns.every((_, at) => isShown(at));
}

/** A column of the table that has no default and that the view does not give. */
function refuseMissing(
  { catalog, database }: ViewPlace,
  { view, table }: Through,
  given: readonly ColumnReference[],
): void {
  const { schema, name } = table;
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
function plainColumn(
  column: ColumnReference,
  { columns, alias }: Pick<Through, "columns" | "alias">,
): ColumnReference {
  const { text } = column.name;
  if (column.table !== null && column.table.text !== alias) return column;
  const expression = columns.get(text.toLowerCase());
  if (expression === undefined) throw mysqlError("ER_BAD_FIELD_ERROR", text, "field list");
  if (expression.kind !== "column") throw mysqlError("ER_NONUPDATEABLE_COLUMN", text);
  return expression;
}

/** The view's columns as what they stand for; within subqueries only those that name the view. */
function meant<T>(node: T, { columns, alias }: Through, clause: string): T {
  return replaced(node, (column, isInner) => {
    const isBare = column.table === null;
    if (isBare ? isInner : column.table?.text !== alias) return null;
    const expression = columns.get(column.name.text.toLowerCase());
    if (expression === undefined) {
      const { text } = column.name;
      throw mysqlError("ER_BAD_FIELD_ERROR", isBare ? text : `${alias}.${text}`, clause);
    }
    return expression;
  });
}

function named(text: string, { span }: { readonly span: ColumnReference["span"] }) {
  return { kind: "identifier", span, text } as const;
}

function columnNamed(name: ColumnReference["name"]): ColumnReference {
  return { kind: "column", span: name.span, schema: null, table: null, name };
}
