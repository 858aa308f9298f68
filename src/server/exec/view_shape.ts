/**
 * Views as tables with other names for their columns: which tables rows of a view are rows of, what its columns stand for,
 * and what a row has to meet to be seen in it.
 *
 * MySQL: mysql_register_view (updatable_view), Table_ref::setup_underlying, merge_where, prepare_check_option.
 * Departure: views of derived tables, and of tables joined by USING, are not changed through.
 */
import { append } from "../../base/lists.ts";
import type { ColumnReference, Expression } from "../../sql/ast_expression.ts";
import type {
  BaseTable,
  Query,
  QuerySpecification,
  SelectItem,
  TableReference,
} from "../../sql/ast_query.ts";
import type { StoredView } from "../catalog/catalog.ts";
import { type ViewPlace, viewNamed } from "./expand_views.ts";
import { holdsKind } from "./merge_derived.ts";

/** A view as a join of tables; columns in its expressions have the number of their table for a table's name. */
export interface ViewShape {
  readonly tables: readonly BaseTable["name"][];
  /** By name in lower case. */
  readonly columns: ReadonlyMap<string, Expression>;
  readonly where: Expression | null;
  /** What CHECK OPTION asks of a new row. */
  readonly check: Expression | null;
  /** The view, and those that it is a view of. */
  readonly views: readonly StoredView[];
}

/** Null for a view whose rows are no rows of tables. */
export function viewShape(place: ViewPlace, view: StoredView): ViewShape | null {
  return shapeOf(place, view, false, 0);
}

function shapeOf(
  place: ViewPlace,
  view: StoredView,
  isCascaded: boolean,
  first: number,
): ViewShape | null {
  const { query, columns: names, how } = view;
  const block = how.algorithm === "temptable" ? null : changeableBlock(query);
  const from = block === null ? null : flattened(block.from);
  if (block === null || from === null || block.items.length !== names.length) return null;
  const cascades = isCascaded || how.check === "cascaded";
  const parts: Part[] = [];
  let next = first;
  for (const { name, alias } of from.tables) {
    const below = viewNamed(place, name);
    const shape = below === null ? null : shapeOf(place, below, cascades, next);
    if (below !== null && shape === null) return null;
    parts.push({ alias: alias?.text ?? name.name.text, name, shape, number: next });
    next += shape?.tables.length ?? 1;
  }
  const through = (node: Expression): Expression =>
    replaced(node, (column, isInner) => meaning(place, parts, column, isInner));
  const items = block.items.filter(isExpression);
  if (items.length !== names.length) return null;
  const shapes = parts.flatMap(({ shape }) => (shape === null ? [] : [shape]));
  const own = allOf(
    [block.where, ...from.on].map((node) => (node === null ? null : through(node))),
  );
  const asksOwn = isCascaded || how.check !== "none" ? own : null;
  return {
    tables: parts.flatMap(({ shape, name }) => shape?.tables ?? [name]),
    columns: new Map(
      items.map(({ expression }, at) => [(names[at] as string).toLowerCase(), through(expression)]),
    ),
    where: allOf([own, ...shapes.map(({ where }) => where)]),
    check: allOf([asksOwn, ...shapes.map(({ check }) => check)]),
    views: [view, ...shapes.flatMap(({ views }) => views)],
  };
}

/** A table or view in a view's FROM. */
interface Part {
  readonly alias: string;
  readonly name: BaseTable["name"];
  /** Of a view. */
  readonly shape: ViewShape | null;
  readonly number: number;
}

/** Null for a column that is no column of the view's own tables. */
function meaning(
  place: ViewPlace,
  parts: readonly Part[],
  column: ColumnReference,
  isInner: boolean,
): Expression | null {
  const bare = column.table === null;
  if (bare && isInner) return null;
  const key = column.name.text.toLowerCase();
  const part = parts.find(({ alias, shape, name }) => {
    if (!bare) return column.table?.text === alias;
    return shape === null
      ? parts.length === 1 || hasColumn(place, name, key)
      : shape.columns.has(key);
  });
  if (part === undefined) return null;
  if (part.shape !== null) return part.shape.columns.get(key) ?? null;
  const table = { kind: "identifier", span: column.span, text: String(part.number) } as const;
  return { ...column, schema: null, table };
}

function hasColumn(
  { catalog, database }: ViewPlace,
  { schema, name }: BaseTable["name"],
  key: string,
): boolean {
  const table = catalog.table(schema?.text ?? database, name.text);
  return table?.columns.some((column) => column.name.toLowerCase() === key) ?? false;
}

/** A block whose rows are rows of what it reads from. MySQL: LEX::can_be_merged. */
export function changeableBlock(query: Query): QuerySpecification | null {
  const { body } = query;
  if (body.kind !== "querySpecification" || query.with !== null || query.limit !== null)
    return null;
  if (body.distinct || body.groupBy !== null || body.having !== null) return null;
  if (body.from.length === 0 || body.windows.length > 0) return null;
  return holdsKind([body.items, query.orderBy], SUMMING) ? null : body;
}

const SUMMING: ReadonlySet<string> = new Set(["aggregate", "windowFunction"]);

interface Flattened {
  readonly tables: readonly BaseTable[];
  readonly on: readonly Expression[];
}

/** The tables of inner joins, and their conditions; null where there is another join, or a derived table. */
function flattened(references: readonly TableReference[]): Flattened | null {
  const tables: BaseTable[] = [];
  const on: Expression[] = [];
  for (const reference of references) {
    if (reference.kind === "table") {
      tables.push(reference);
      continue;
    }
    if (reference.kind !== "join" || reference.natural || reference.using.length > 0) return null;
    if (reference.type === "left" || reference.type === "right") return null;
    const inner = flattened([reference.left, reference.right]);
    if (inner === null) return null;
    append(tables, inner.tables);
    append(on, inner.on);
    if (reference.on !== null) on.push(reference.on);
  }
  return { tables, on };
}

/** Whether the dictionary calls a view updatable; `database`: where it is made. */
export function isUpdatable(
  place: ViewPlace,
  { query, how }: Pick<StoredView, "query" | "how">,
): boolean {
  const block = how.algorithm === "temptable" ? null : changeableBlock(query);
  const tables = block === null ? null : tablesIn(block.from);
  if (block === null || tables === null) return false;
  const [only] = tables;
  const readsItself =
    tables.length === 1 &&
    only?.kind === "table" &&
    namesTable(
      [block.items, block.where, query.orderBy],
      { schema: only.name.schema?.text ?? place.database, name: only.name.name.text },
      place.database,
    );
  if (readsItself) return false;
  return block.items.some((item) => {
    if (item.kind === "selectStar") return true;
    const { expression } = item;
    if (expression.kind !== "column") return false;
    return tables.some((table) => isChangeable(place, table, expression, tables.length === 1));
  });
}

/** Whether `column` may be one of the table's, and one that can be changed there. */
function isChangeable(
  place: ViewPlace,
  reference: TableReference,
  { table, name: { text } }: ColumnReference,
  isAlone: boolean,
): boolean {
  if (reference.kind !== "table") return true;
  const { name, alias } = reference;
  if (table !== null && table.text !== (alias?.text ?? name.name.text)) return false;
  if (SYSTEM_SCHEMAS.has((name.schema?.text ?? place.database).toLowerCase())) return false;
  const view = viewNamed(place, name);
  if (view !== null) {
    const isOwn = view.columns.some((one) => one.toLowerCase() === text.toLowerCase());
    return isOwn && view.isUpdatable;
  }
  return isAlone || table !== null || hasColumn(place, name, text.toLowerCase());
}

const SYSTEM_SCHEMAS: ReadonlySet<string> = new Set(["information_schema", "performance_schema"]);

/** Null where one of the joins is an outer join. */
function tablesIn(references: readonly TableReference[]): readonly TableReference[] | null {
  const found: TableReference[] = [];
  for (const reference of references) {
    if (reference.kind !== "join") {
      found.push(reference);
      continue;
    }
    if (reference.type === "left" || reference.type === "right") return null;
    const inner = tablesIn([reference.left, reference.right]);
    if (inner === null) return null;
    append(found, inner);
  }
  return found;
}

/** Whether a query in `node` reads the table. */
export function namesTable(
  node: unknown,
  table: { readonly schema: string; readonly name: string },
  database: string,
): boolean {
  if (typeof node !== "object" || node === null) return false;
  if (Array.isArray(node)) return node.some((part) => namesTable(part, table, database));
  if ("kind" in node && node.kind === "table") {
    const { name, schema } = (node as BaseTable).name;
    return name.text === table.name && (schema?.text ?? database) === table.schema;
  }
  return Object.values(node).some((part) => namesTable(part, table, database));
}

function isExpression(item: SelectItem): item is Extract<SelectItem, { kind: "selectExpression" }> {
  return item.kind === "selectExpression";
}

/** `node` with other columns; `isInner`: within a subquery. */
export function replaced<T>(
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

export function allOf(conditions: readonly (Expression | null)[]): Expression | null {
  const given = conditions.filter((one) => one !== null);
  const [first] = given;
  if (first === undefined || given.length === 1) return first ?? null;
  return { kind: "logical", span: first.span, operator: "and", operands: given };
}
