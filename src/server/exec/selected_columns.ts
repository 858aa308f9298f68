/**
 * INSERT ... SELECT ... ON DUPLICATE KEY UPDATE: its assignments may name columns of the query's tables, which the query then
 * selects besides what it inserts. A name that the table and the query both have is ambiguous (1052).
 *
 *     INSERT INTO t SELECT a FROM s ON DUPLICATE KEY UPDATE b = s.c + t.b      the query becomes SELECT a, s.c FROM s
 *
 * MySQL: Sql_cmd_insert_select::prepare_inner (the tables of a query that does not group, without UNION, are in reach).
 */
import type { Assignment, Insert } from "../../sql/ast.ts";
import type { ColumnReference } from "../../sql/ast_expression.ts";
import type { Query, QuerySpecification } from "../../sql/ast_query.ts";
import { type BaseTable, MysqlFailure } from "../context.ts";
import { mysqlError } from "../errors.ts";
import type { Slot } from "../expr/item.ts";
import type { ScopeColumn } from "../expr/scope.ts";
import { openQuery, tableBlock } from "./query.ts";
import { hasAggregate } from "./simple_block.ts";
import type { StatementEnv } from "./statement_env.ts";

/** The name under which assignments find what was selected for them; no user can write it. */
export const SELECTED = "\0selected";

export interface SelectedColumns {
  /** The query with the columns added; null where nothing is. */
  readonly query: Query | null;
  readonly count: number;
  readonly tableColumns: readonly ScopeColumn[];
  readonly slot: Slot;
  readonly assignments: readonly Assignment[];
}

export function selectedColumns(
  statement: StatementEnv,
  node: Insert,
  table: BaseTable,
): SelectedColumns {
  const written = node.onDuplicateKeyUpdate ?? [];
  const slot: Slot = { row: [] };
  const nothing = { query: null, count: 0, tableColumns: [], slot, assignments: written };
  const query = node.source.kind === "insertQuery" ? node.source.query : null;
  const body = query === null ? null : tablesInReach(query);
  if (query === null || body === null) return nothing;
  const stray = written.find(({ column }) => !isOfTable(column, table));
  if (stray !== undefined)
    throw mysqlError("ER_BAD_FIELD_ERROR", nameOf(stray.column), "field list");
  const found: { readonly reference: ColumnReference; readonly column: ScopeColumn }[] = [];
  const assignments = written.map((assignment) => ({
    ...assignment,
    value: withColumns(assignment.value, (reference) => {
      const column = columnOfQuery(statement, query, body, reference);
      const isOwn = isOfTable(reference, table);
      if (column === null) return reference;
      if (isOwn) throw mysqlError("ER_NON_UNIQ_ERROR", nameOf(reference), "field list");
      const name = `c${found.length}`;
      found.push({ reference, column: { ...column, name } });
      const { span } = reference;
      const identifier = (text: string) => ({ kind: "identifier" as const, span, text });
      return { ...reference, schema: null, table: identifier(SELECTED), name: identifier(name) };
    }),
  }));
  if (found.length === 0) return nothing;
  return {
    query: withItems(
      query,
      body,
      found.map(({ reference }) => reference),
    ),
    count: found.length,
    tableColumns: found.map(({ column }) => column),
    slot,
    assignments,
  };
}

function tablesInReach(query: Query): QuerySpecification | null {
  const body = query.body.kind === "explicitTable" ? tableBlock(query.body) : query.body;
  if (body.kind !== "querySpecification") return null;
  const isGrouped = body.groupBy !== null || body.items.some(hasAggregate);
  return isGrouped ? null : body;
}

/** What the reference means among the query's tables; null for nothing. */
function columnOfQuery(
  statement: StatementEnv,
  query: Query,
  body: QuerySpecification,
  reference: ColumnReference,
): ScopeColumn | null {
  const probe = withItems(query, { ...body, items: [], where: null, having: null }, [reference]);
  try {
    const plain = { ...probe, orderBy: [], limit: null };
    const [column] = openQuery(plain, null, { statement, ctes: null }).columns;
    return column ?? null;
  } catch (error) {
    if (error instanceof MysqlFailure && error.error.errno === 1054) return null;
    throw error;
  }
}

function withItems(
  query: Query,
  body: QuerySpecification,
  references: readonly ColumnReference[],
): Query {
  const added = references.map((expression) => ({
    kind: "selectExpression" as const,
    span: expression.span,
    expression,
    alias: null,
    text: "",
    columnName: expression.name.text,
  }));
  return { ...query, body: { ...body, items: [...body.items, ...added] } };
}

function isOfTable({ schema, table: alias, name }: ColumnReference, table: BaseTable): boolean {
  if (schema !== null && schema.text !== table.schema) return false;
  if (alias !== null && alias.text.toLowerCase() !== table.name.toLowerCase()) return false;
  const wanted = name.text.toLowerCase();
  return table.columns.some((column) => column.name.toLowerCase() === wanted);
}

function nameOf({ schema, table, name }: ColumnReference): string {
  return [schema, table, name].flatMap((part) => (part === null ? [] : [part.text])).join(".");
}

/** The syntax tree with its column references replaced; subqueries and VALUES(column) keep theirs. */
function withColumns<T>(node: T, replace: (reference: ColumnReference) => ColumnReference): T {
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map((part) => withColumns(part, replace)) as T;
  const { kind } = node as { readonly kind?: unknown };
  if (kind === "column") return replace(node as unknown as ColumnReference) as T;
  if (kind === "query" || kind === "insertedValue" || kind === "default") return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, part]) => [key, withColumns(part, replace)]),
  ) as T;
}
